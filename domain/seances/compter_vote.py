"""Compter le vote d'un point : by counts, or by name. Présents, pouvoirs, votants, exprimés stay four numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from domain.deliberations.regles import AVIS_PREALABLES
from domain.errors import RegleViolee
from domain.identifiers import est_numero
from domain.ledger.event import Event
from domain.majorites.calculs import parametres_de_majorite
from domain.majorites.regles import MAJORITE_CONSEIL, MAJORITE_CTM
from domain.majorites.simple import Resultat, majorite, majorite_conseil, majorite_ctm
from domain.majorites.suffrages import Sens, Suffrages
from domain.prealables import Prealables, flux_saisines
from domain.seances.actes import ActeSurSeance
from domain.seances.appeler_point import PointPasAppele
from domain.seances.events import Mode, SensVote, Voix, VoixNominatives, VoteCompte
from domain.seances.inscrire_point import PointDejaVote
from domain.seances.regles import DEROULEMENT

LOT = 100  # names in one event


class VoixEnTrop(RegleViolee):
    fondement = DEROULEMENT
    conseil = "Chaque membre présent vote une fois, et une fois pour qui lui a donné pouvoir."


class ScrutinSecret(RegleViolee):
    fondement = DEROULEMENT
    conseil = "Au scrutin secret, notez seulement les nombres."


class ProjetNonLu(RegleViolee):
    fondement = AVIS_PREALABLES
    conseil = "Rechargez la page. Si le projet n'est pas dans le registre, déposez-le d'abord."


@dataclass
class ActeDeVote(ActeSurSeance):
    """An act that counts the vote of an item that was called.

    An item that is a deliberation is voted with `projet` (its number) and `avis_requis` (the saisines that its draft
    names): the vote stands on them.
    """

    REGLE = "majorite"

    rang: int
    projet: str = field(default="", kw_only=True)
    avis_requis: tuple[str, ...] = field(default=(), kw_only=True)
    prealables: Prealables = field(default_factory=Prealables, init=False)

    def reads(self) -> list[str]:
        draft = [f"deliberations/{self.projet}"] if est_numero(self.projet) else []
        return [*super().reads(), *draft, *flux_saisines(self.avis_requis)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.prealables.retenir(event)

    def mode(self) -> Mode:
        """How this item is voted. Raises PointPasAppele, PointDejaVote."""
        if self.rang not in self.seance.appeles:
            raise PointPasAppele("Ce point n'est pas appelé.", field="rang")
        if self.rang in self.seance.votes or self.rang in self.seance.renvoyes:
            raise PointDejaVote("Ce point est déjà voté ou renvoyé.")
        self._prealables(self.seance.points[self.rang].dossier or "")
        asked = self.seance.scrutins.get(self.rang)
        return asked.mode if asked else "ordinaire"

    def _prealables(self, dossier: str) -> None:
        if not est_numero(dossier):
            return
        if dossier != self.projet or self.prealables.projet is None:
            raise ProjetNonLu("Ce point est une délibération : son projet n'a pas été lu.", field="rang")
        self.prealables.verifier(self.avis_requis)

    def resultat(self, suffrages: Suffrages, president: Sens | None, mode: Mode) -> tuple[Resultat, str]:
        """What the rule of this body says, and its id. No casting vote in a secret ballot."""
        assert self.inscrite is not None
        if mode == "secret":
            president = None
        if published := self.en_vigueur():
            return majorite(suffrages, president, parametres_de_majorite(published.parametres)), published.id
        if self.inscrite.type == "ctm":
            return majorite_ctm(suffrages, president), MAJORITE_CTM.id
        return majorite_conseil(suffrages, president), MAJORITE_CONSEIL.id

    def compte(self, suffrages: Suffrages, president: Sens | None, mode: Mode, par: str) -> VoteCompte:
        """The event of this count."""
        result, rule = self.resultat(suffrages, president, mode)
        return VoteCompte(
            survenu_le=self.seance.moment,
            regle=rule,
            rang=self.rang,
            mode=mode,
            presents=suffrages.presents,
            pouvoirs=suffrages.pouvoirs,
            issue=result.issue,
            detail="porte",
            pour=suffrages.pour,
            contre=suffrages.contre,
            abstentions=suffrages.abstentions,
            nuls=suffrages.nuls,
            president=result.president if result.preponderante else None,
            preponderante=result.preponderante,
            par=par,
        )


@dataclass
class CompterVote(ActeDeVote):
    """By counts. `president` is how the chair voted: needed only when it is a tie."""

    DROIT = "tenir_seance"

    pour: int
    contre: int
    abstentions: int = 0
    nuls: int = 0
    president: Literal["pour", "contre", "abstention"] | None = None

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        mode = self.mode()
        here, held = self.seance.votants(self.rang)
        suffrages = Suffrages(len(here), len(held), self.pour, self.contre, self.abstentions, self.nuls)
        yield self.compte(suffrages, self.president, mode, par)


@dataclass
class CompterVoixNominatives(ActeDeVote):
    """By name: {member: how}; who is not named takes no part. A proxy's voice is under its giver's name."""

    DROIT = "tenir_seance"

    voix: dict[str, SensVote]

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        mode = self.mode()
        if mode == "secret":
            raise ScrutinSecret("Ce point se vote au scrutin secret.")
        here, held = self.seance.votants(self.rang)
        for elu in self.voix:
            if elu not in here and elu not in held:
                raise VoixEnTrop(f"« {elu[:60]} » n'est ni présent ni représenté sur ce point.", field="voix")
        lots = _lots([
            Voix(elu=held.get(elu, elu), sens=sens, pouvoir_de=elu if elu in held else "")
            for elu, sens in sorted(self.voix.items())
        ])  # fmt: skip
        for rank, names in enumerate(lots, start=1):
            yield VoixNominatives(
                survenu_le=self.seance.moment, rang=self.rang, lot=rank, lots=len(lots), voix=names, par=par
            )
        cast_ = list(self.voix.values())
        counts = {sens: cast_.count(sens) for sens in ("pour", "contre", "abstention", "nul")}
        suffrages = Suffrages(
            len(here), len(held), counts["pour"], counts["contre"], counts["abstention"], counts["nul"]
        )
        yield self.compte(suffrages, self._president(), mode, par)

    def _president(self) -> Sens | None:
        opened = self.seance.ouverte
        said = self.voix.get(opened.president) if opened else None
        return said if said in ("pour", "contre", "abstention") else None


def _lots(voix: Sequence[Voix]) -> list[tuple[Voix, ...]]:
    return [tuple(voix[start : start + LOT]) for start in range(0, len(voix), LOT)]


@dataclass
class NoterIssue(ActeDeVote):
    """The issue alone, where the document that tells it carries no count: nothing is guessed."""

    DROIT = "tenir_seance"

    adoptee: bool

    def decide(self) -> Iterable[Event]:
        par = self.en_seance()
        mode = self.mode()
        here, held = self.seance.votants(self.rang)
        yield VoteCompte(
            survenu_le=self.seance.moment,
            regle=MAJORITE_CONSEIL.id,
            rang=self.rang,
            mode=mode,
            presents=len(here),
            pouvoirs=len(held),
            issue="favorable" if self.adoptee else "defavorable",
            detail="non_porte_a_l_extrait",
            par=par,
        )
