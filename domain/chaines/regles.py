"""The rules of a chain of decision: links are said, holes are shown."""

from datetime import date

from domain.law import Regle, publish

CHAINE = publish(
    Regle(
        id="chaine-de-decision-2026",
        titre="La chaîne d'une décision",
        texte="Un jalon que seul un texte raconte cite ce texte et sa ligne. Un lien entre deux dossiers se voit des "
        "deux côtés. Une pièce qui devrait être là et n'y est pas est montrée comme absente : un trou ne se cache pas.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)
