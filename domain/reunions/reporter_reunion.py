"""Reporter une réunion : another day or another place, with the reason, before its day has passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.errors import DejaFait
from domain.ledger.event import Event
from domain.reunions.events import ReunionReportee
from domain.reunions.regles import REUNIONS
from domain.reunions.reunion import ActeSurReunion
from domain.texte import ligne


class RienNeChange(DejaFait):
    fondement = REUNIONS
    conseil = "Donnez un autre jour, une autre heure ou un autre lieu."


@dataclass
class ReporterReunion(ActeSurReunion):
    """`numero` is the meeting's; `motif` is public."""

    DROIT = "reporter_reunion"

    numero: int
    jour: date
    lieu: str
    motif: str
    heure: str | None = None

    def decide(self) -> Iterable[Event]:
        par = self.agit()
        before = self.annoncee(self.numero)
        jour, heure, lieu = self.rendez_vous(self.jour, self.heure, self.lieu)
        if before == (jour, heure, lieu):
            raise RienNeChange("Cette réunion a déjà ce jour, cette heure et ce lieu.", field="jour")
        yield ReunionReportee(
            survenu_le=self.le,
            regle=REUNIONS.id,
            instance=self.instance,
            numero=self.numero,
            le=jour,
            heure=heure,
            lieu=lieu,
            motif=ligne(self.motif, "motif", "La raison"),
            par=par,
        )
