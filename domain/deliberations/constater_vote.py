"""Constater le vote : what the meeting decided becomes the deliberation's own; its compulsory avis must be there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from domain.composition import Composition, flux_assemblee
from domain.deliberations.deliberation import ActeSurDeliberation, EtapeManquante
from domain.deliberations.events import DeliberationVotee, Issue
from domain.deliberations.regles import ETAPES_DE_DELIBERATION
from domain.identifiers import est_reference
from domain.ledger.event import Event
from domain.prealables import Prealables, flux_saisines
from domain.seances.events import PointInscrit, PointRenvoye, RectificationEnregistree, SeanceOuverte, VoteCompte
from domain.texte import propre

SIGNES_DECIDE = 6_000


@dataclass
class ConstaterVote(ActeSurDeliberation):
    """The count of the item comes from the meeting; `decide` is what the body decides, word for word."""

    DROIT = "constater_vote"

    seance: str
    rang: int
    texte: str
    avis_requis: tuple[str, ...] = ()
    source: str | None = None
    votes: dict[int, VoteCompte] = field(default_factory=dict, init=False)
    dossiers: dict[int, str | None] = field(default_factory=dict, init=False)
    renvoyes: set[int] = field(default_factory=set, init=False)
    composition: Composition = field(default_factory=Composition, init=False)
    prealables: Prealables = field(default_factory=Prealables, init=False)
    ouverture: SeanceOuverte | None = field(default=None, init=False)
    faits: list[Event] = field(default_factory=list, init=False)

    def reads(self) -> list[str]:
        if not est_reference(self.seance) or not self.seance.startswith("SEA-"):
            raise EtapeManquante("Cette séance n'est pas dans le registre.", field="seance")
        own = [*super().reads(), f"seances/{self.seance}", flux_assemblee(self.instance)]
        return [*own, *flux_saisines(self.avis_requis)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.composition.retenir(event)
        self.prealables.retenir(event)
        if type(event).TOPIC.startswith("seances/"):
            self.faits.append(event)

    def _lire_seance(self) -> None:
        wrong = {fact.version for fact in self.faits if isinstance(fact, RectificationEnregistree)}
        for rank, fact in enumerate(self.faits, start=1):
            if rank in wrong:
                continue
            match fact:
                case VoteCompte():
                    self.votes[fact.rang] = fact
                case PointInscrit():
                    self.dossiers[fact.rang] = fact.dossier
                case PointRenvoye():
                    self.renvoyes.add(fact.rang)
                case SeanceOuverte():
                    self.ouverture = fact

    def decide(self) -> Iterable[Event]:
        par = self.agit("ProjetDepose")
        self.une_fois("DeliberationVotee")
        self._lire_seance()
        if self.dossiers.get(self.rang) != self.numero or self.ouverture is None:
            raise EtapeManquante("Cette séance n'a pas examiné cette délibération.", field="rang")
        vote = self.votes.get(self.rang)
        if vote is None and self.rang not in self.renvoyes:
            raise EtapeManquante("Le vote de ce point n'est pas noté dans la séance.", field="rang")
        if vote is not None:
            self.prealables.verifier(self.avis_requis)
        yield DeliberationVotee(
            survenu_le=self.le_fait,
            regle=vote.regle if vote else ETAPES_DE_DELIBERATION.id,
            seance=self.seance,
            rang=self.rang,
            issue=_issue(vote),
            mode=vote.mode if vote else "ordinaire",
            en_exercice=len(self.composition.en_exercice(self.le_fait)),
            presents=vote.presents if vote else 0,
            pouvoirs=vote.pouvoirs if vote else 0,
            detail=vote.detail if vote else "non_porte_a_l_extrait",
            decide=propre(self.texte, SIGNES_DECIDE, "texte", "Ce qui est décidé") if vote else "",
            pour=vote.pour if vote else None,
            contre=vote.contre if vote else None,
            abstentions=vote.abstentions if vote else None,
            nuls=vote.nuls if vote else None,
            preponderante=bool(vote and vote.preponderante),
            source=self.source or None,
            par=par,
        )


def _issue(vote: VoteCompte | None) -> Issue:
    if vote is None:
        return "ajournee"
    found: Literal["adoptee", "rejetee"] = "adoptee" if vote.issue == "favorable" else "rejetee"
    return found
