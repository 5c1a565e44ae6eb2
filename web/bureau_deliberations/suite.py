"""What an act waits for, and until when: the report before the meeting, then what makes the act executory."""

from datetime import date, timedelta
from typing import Final

import msgspec

from domain.calendrier import jour
from domain.deliberations.regles import AVIS_PREALABLES, ENTREE_EN_VIGUEUR, ETAPES_DE_DELIBERATION, RAPPELS_DES_ACTES
from domain.seances.regles import CONVOCATION
from projections.deliberations import DeliberationRow
from projections.seances import SeanceRow
from web.pages import NBSP, date_longue

FINIES: Final = ("executoire", "rejetee", "retiree")


class Attente(msgspec.Struct, frozen=True):
    """The next thing to do, its term if it has one, the rule that says so; `texte` where more is to be said."""

    mot: str
    regle: str
    terme: date | None = None
    texte: str = ""

    def en_retard(self, le: date) -> bool:
        return self.terme is not None and self.terme < le

    @property
    def quand(self) -> str:
        """« Avant le lundi 4 mai 2026 », then what else is to be known."""
        before = f"Avant le {date_longue(self.terme)}" if self.terme else ""
        return ". ".join(part for part in (before, self.texte) if part)


def suite(
    row: DeliberationRow, seance: SeanceRow | None, manquants: list[str], signee: bool, conseil: bool
) -> Attente | None:
    """What this act waits for; None once nothing is left. `conseil`: its body has the twelve days of the law."""
    if row.etat in FINIES:
        return None
    if row.etat == "adoptee":
        return _apres(row, signee)
    if seance is None or seance.etat == "annulee" or row.etat == "ajournee":
        other = " autre" if row.etat == "ajournee" else ""
        return Attente(f"À inscrire à une{other} séance", ETAPES_DE_DELIBERATION.id, texte=_avis(manquants))
    return _avant(row, seance, manquants, conseil)


def terme_du_rapport(seance: date) -> date:
    """The last day on which the reports go to the members (L3121-19)."""
    return seance - timedelta(days=int(CONVOCATION.parametres["jours"]))


def _avant(row: DeliberationRow, seance: SeanceRow, manquants: list[str], conseil: bool) -> Attente:
    day = jour(seance.prevue_le)
    when = f"Séance du {date_longue(seance.prevue_le)}"
    if row.rapport_le is None and seance.etat in ("planifiee", "convoquee"):
        return Attente(
            "Rapport à adresser", CONVOCATION.id, terme_du_rapport(day) if conseil else day, _avis(manquants)
        )
    if manquants:
        return Attente("Avis exigé avant le vote", AVIS_PREALABLES.id, day, _avis(manquants))
    if seance.etat == "ouverte":
        return Attente("À voter", ETAPES_DE_DELIBERATION.id, day, "La séance est ouverte")
    if seance.etat == "levee":
        return Attente("Vote à constater", ETAPES_DE_DELIBERATION.id, day, when)
    return Attente("Vote à venir", ETAPES_DE_DELIBERATION.id, day, when)


def _apres(row: DeliberationRow, signee: bool) -> Attente | None:
    """After the vote: signature, transmission, receipt, publication."""
    assert row.votee_le is not None
    days = {name: timedelta(days=int(value)) for name, value in RAPPELS_DES_ACTES.parametres.items()}
    if row.transmise_le is None:
        mot = "À transmettre au préfet" if signee else "À signer et à transmettre"
        return Attente(mot, RAPPELS_DES_ACTES.id, row.votee_le + days["transmettre_jours"])
    if row.publiee_le is None:
        return Attente("À publier", ENTREE_EN_VIGUEUR.id, row.votee_le + days["publier_jours"])
    if row.recue_le is None:
        return Attente("Accusé de réception attendu", RAPPELS_DES_ACTES.id, row.transmise_le + days["recevoir_jours"])
    return None


def _avis(manquants: list[str]) -> str:
    if not manquants:
        return ""
    return f"Avis attendu{'s' if len(manquants) > 1 else ''}{NBSP}: {', '.join(manquants)}"
