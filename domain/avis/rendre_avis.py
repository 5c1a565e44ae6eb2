"""Rendre un avis : once, from the vote of a meeting or from an act; deemed favourable where the law says so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.avis.events import AvisRecuEnPrefecture, AvisRendu, AvisReputeFavorable, AvisTardifRecu, Sens
from domain.avis.regles import AVIS_COMMUNAL_MEL, ETAPES_DE_SAISINE
from domain.avis.saisine import ActeSurSaisine, EtapeDejaFaite, EtapeManquante
from domain.choix import verifie_choix
from domain.deliberations.regles import ENTREE_EN_VIGUEUR
from domain.errors import RegleViolee
from domain.identifiers import est_reference
from domain.ledger.event import Event
from domain.seances.events import PointInscrit, SeancePlanifiee, VoteCompte
from domain.texte import SIGNES_MOTIF, propre

SENS_DU_VOTE = {"favorable": "favorable", "defavorable": "defavorable", "sans_avis": "sans_avis"}


class SensContraireAuVote(RegleViolee):
    fondement = ETAPES_DE_SAISINE
    conseil = "Le sens de l'avis est celui du vote ; les réserves s'ajoutent à un avis favorable."


class AvisHorsDelai(RegleViolee):
    fondement = AVIS_COMMUNAL_MEL
    conseil = "Notez-le comme un avis tardif : l'avis est déjà réputé favorable."


class SilencePasUnAccord(RegleViolee):
    fondement = ETAPES_DE_SAISINE
    conseil = "Ici, le silence ne vaut pas avis : relancez l'instance."


@dataclass
class RendreAvis(ActeSurSaisine):
    """`sens` and its reservations, word for word. With a meeting, the item's vote gives the sense and the counts."""

    DROIT = "rendre_avis"
    A_LA_PLACE = "a"

    sens: Sens
    reserves: tuple[str, ...] = ()
    motivation: str = ""
    seance: str | None = None
    rang: int | None = None
    id_actes: str | None = None
    source: str | None = None
    votes: dict[int, VoteCompte] = field(default_factory=dict, init=False)
    points: dict[int, str | None] = field(default_factory=dict, init=False)
    corps: str = field(default="", init=False)

    def reads(self) -> list[str]:
        if self.seance and not (est_reference(self.seance) and self.seance.startswith("SEA-")):
            raise EtapeManquante("Cette séance n'est pas dans le registre.", field="seance")
        return [*super().reads(), *([f"seances/{self.seance}"] if self.seance else [])]

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case SeancePlanifiee():
                self.corps = event.instance
            case PointInscrit():
                self.points[event.rang] = event.dossier
            case VoteCompte():
                self.votes[event.rang] = event

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par, filed = self.agit()
        if self.saisine.rendu:
            raise EtapeDejaFaite("L'avis est déjà rendu : il ne l'est qu'une fois.")
        if filed.regle == AVIS_COMMUNAL_MEL.id and self.saisine.terme and self.le_fait > self.saisine.terme:
            raise AvisHorsDelai("Le terme est passé.", field="le_fait")
        vote = self._vote(filed.a)
        reserves = tuple(propre(text, SIGNES_MOTIF, "reserves", "La réserve") for text in self.reserves)
        sens = self._sens(vote, bool(reserves))
        yield AvisRendu(
            survenu_le=self.le_fait,
            regle=vote.regle if vote else filed.regle,
            sens=sens,
            reserves=reserves,
            motivation=propre(self.motivation, 6_000, "motivation", "La motivation") if self.motivation else "",
            seance=self.seance or None,
            rang=self.rang if self.seance else None,
            pour=vote.pour if vote else None,
            contre=vote.contre if vote else None,
            abstentions=vote.abstentions if vote else None,
            preponderante=bool(vote and vote.preponderante),
            id_actes=self.id_actes or None,
            source=self.source or None,
            par=par,
        )

    def _vote(self, corps: str) -> VoteCompte | None:
        if not self.seance:
            return None
        vote = self.votes.get(self.rang or 0)
        if self.corps != corps or vote is None or self.points.get(self.rang or 0) != self.reference_saisine:
            raise EtapeManquante("Cette séance n'a pas voté cet avis.", field="rang")
        return vote

    def _sens(self, vote: VoteCompte | None, reserves: bool) -> Sens:
        if vote is not None:
            expected = SENS_DU_VOTE[vote.issue]
            if self.sens.split("_avec_")[0] != expected:
                raise SensContraireAuVote("Ce sens n'est pas celui du vote.", field="sens")
        if self.sens == "repute_favorable":
            raise SilencePasUnAccord("Un avis réputé favorable ne se rend pas : il se constate.", field="sens")
        if self.sens == "non_connu" and (self.seance or not self.source):
            raise SensContraireAuVote("Un sens qui n'est pas connu demande une source, sans vote.", field="source")
        if reserves != (self.sens == "favorable_avec_reserves"):
            raise SensContraireAuVote("Un avis a des réserves quand il est favorable avec réserves.", field="reserves")
        return self.sens


@dataclass
class NoterReceptionEnPrefecture(ActeSurSaisine):
    """The stamp of the avis's act: sent on the day `le_fait`, received on `recu_le`."""

    DROIT = "rendre_avis"
    A_LA_PLACE = "a"

    recu_le: date
    affiche_le: date | None = None
    source: str | None = None

    def decide(self) -> Iterable[Event]:
        par, _ = self.agit()
        avis = self.saisine.avis
        if avis is None or not avis.id_actes:
            raise EtapeManquante("L'avis n'a pas d'acte transmis au préfet.")
        if self.saisine.recu_en_prefecture:
            raise EtapeDejaFaite("La réception en préfecture est déjà notée.")
        if not self.le_fait <= self.recu_le <= self.le:
            raise EtapeManquante("L'acte est reçu après son envoi, et avant aujourd'hui.", field="recu_le")
        yield AvisRecuEnPrefecture(
            survenu_le=self.le_fait,
            regle=ENTREE_EN_VIGUEUR.id,
            recu_le=self.recu_le,
            affiche_le=self.affiche_le,
            source=self.source or None,
            par=par,
        )


@dataclass
class ConstaterSilence(ActeSurSaisine):
    """After the term, where silence counts."""

    DROIT = "suivre_saisine"

    def decide(self) -> Iterable[Event]:
        par, filed = self.agit()
        if filed.regle != AVIS_COMMUNAL_MEL.id:
            raise SilencePasUnAccord("Aucun texte ne dit que le silence vaut un avis favorable.")
        if self.saisine.rendu:
            raise EtapeDejaFaite("L'avis est déjà rendu, ou réputé rendu.")
        terme = self.saisine.terme or date.max
        if self.le <= terme:
            raise EtapeManquante("Le terme n'est pas passé.")
        yield AvisReputeFavorable(survenu_le=terme, regle=AVIS_COMMUNAL_MEL.id, terme=terme, par=par)


@dataclass
class RecevoirAvisTardif(ActeSurSaisine):
    """After the deemed avis: recorded, changes nothing."""

    DROIT = "suivre_saisine"

    sens: Sens
    id_actes: str | None = None

    def decide(self) -> Iterable[Event]:
        verifie_choix(self)
        par, filed = self.agit()
        if not self.saisine.repute:
            raise EtapeManquante("L'avis n'est pas réputé rendu : un avis exprès peut encore l'être.")
        yield AvisTardifRecu(
            survenu_le=self.le_fait, regle=filed.regle, sens=self.sens, id_actes=self.id_actes or None, par=par
        )
