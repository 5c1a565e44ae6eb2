"""The proclaimed result of a dossier's scrutin, read as a guard."""

from dataclasses import dataclass, field

from domain.budget_participatif.regles import CANDIDATURE
from domain.errors import RegleViolee
from domain.ledger.event import Event
from domain.scrutins.events import ResultatProclame, ScrutinAnnule


class PasEncoreProclame(RegleViolee):
    fondement = CANDIDATURE
    conseil = "Attendez la proclamation du résultat."


class AutreScrutin(RegleViolee):
    fondement = CANDIDATURE
    conseil = "Rechargez la page du dossier."


@dataclass
class Resultat:
    """`gagnants` once proclaimed; nothing again when the scrutin is annulled."""

    gagnants: tuple[str, ...] | None = field(default=None)
    annule: bool = False

    def know(self, event: Event) -> None:
        match event:
            case ResultatProclame():
                self.gagnants = event.gagnants
            case ScrutinAnnule():
                self.annule = True

    def elus(self, demande: str, rattache: str | None) -> tuple[str, ...]:
        """The winners, of the scrutin that the dossier names. Raises AutreScrutin, PasEncoreProclame."""
        if rattache is None or demande != rattache:
            raise AutreScrutin("Ce vote n'est pas celui de ce dossier.", field="scrutin")
        if self.gagnants is None or self.annule:
            raise PasEncoreProclame("Le résultat du vote n'est pas proclamé.", field="scrutin")
        return self.gagnants
