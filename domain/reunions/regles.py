"""The rule of announced meetings, as dated data."""

from datetime import date

from domain.law import Regle, publish

REUNIONS = publish(
    Regle(
        id="reunions-annoncees-2026",
        titre="Annoncer la prochaine réunion du groupe",
        texte="Le groupe annonce le jour et le lieu de sa prochaine réunion : chacun peut venir. Une réunion reportée "
        "ou annulée le dit avant son jour, avec la raison.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)
