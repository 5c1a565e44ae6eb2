"""When an expected piece is missing, and when it is only still to come."""

from typing import Literal

from domain.chaines.regles import ATTENTES

Attente = Literal["attendue", "en_retard", "absente"]


def attente(etape_suivante_faite: bool, jours_apres_le_terme: int | None, jours_depuis: int | None) -> Attente:
    """What a missing step is. Days after its own term, where it has one; else days since what it follows."""
    if etape_suivante_faite:
        return "absente"
    if jours_apres_le_terme is not None:
        return "en_retard" if jours_apres_le_terme > 0 else "attendue"
    return "absente" if jours_depuis is not None and jours_depuis > int(ATTENTES.parametres["jours"]) else "attendue"
