"""Créer un scrutin : its whole rule, in one act. A second person confirms it before anything else happens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from domain.actes import ActeDeFonction, flux_personne
from domain.errors import Introuvable, RegleViolee
from domain.identifiers import est_reference, suite_annuelle
from domain.instances.events import InstanceInscrite
from domain.ledger.event import Event
from domain.scrutins import regle_du_vote
from domain.scrutins.acte import empreinte
from domain.scrutins.bulletins import longueur
from domain.scrutins.events import ProjetAuVote, ScrutinCree, TypeVote
from domain.scrutins.regles import DEPARTAGE, ESSAI, K_MIN, RECLAMATIONS, REGLES_DU_VOTE
from domain.texte import SIGNES_TITRE, ligne

JOURS_RECLAMATION = int(RECLAMATIONS.parametres["jours_par_defaut"])


class CollegeInconnu(Introuvable):
    fondement = REGLES_DU_VOTE
    conseil = "Choisissez un collège inscrit dans ce registre, et ouvert ce jour-là."


class DossierIllisible(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Partez de la page du dossier du collège."


class EssaiSansDossier(RegleViolee):
    fondement = ESSAI
    conseil = "Enlevez le dossier, ou créez un vrai vote."


@dataclass
class CreerScrutin(ActeDeFonction):
    """`moment` is now, `le` its day in Paris; `empreinte_page` the sha256 of the voting page's script.

    `points_max`: points to share between projects, for a cumulative ballot only.
    """

    DROIT = "creer_scrutin"

    moment: datetime
    college: str
    titre: str
    projets: tuple[ProjetAuVote, ...]
    budget_cents: int
    type_vote: TypeVote
    choix_max: int
    regle_comptage: str
    parametres: dict[str, str | int]
    ouvre_le: datetime
    ferme_le: datetime
    empreinte_page: str
    k_min: int = K_MIN
    jours_reclamation: int = JOURS_RECLAMATION
    departage: tuple[str, ...] = DEPARTAGE
    points_max: int | None = None
    dossier: str | None = None
    essai: bool = False
    electeurs: int | None = None
    inscrit: InstanceInscrite | None = field(default=None, init=False)

    def series(self) -> str:
        return suite_annuelle("SC", self.le.year)

    def reads(self) -> list[str]:
        return [f"scrutins/{self.reference}", flux_personne(self.acteur), f"instances/{self._slug()}"]

    def know(self, event: Event) -> None:
        super().know(event)
        if isinstance(event, InstanceInscrite):
            self.inscrit = event

    def _slug(self) -> str:
        if not self.college.replace("-", "").isalnum() or not self.college.isascii():
            raise CollegeInconnu("Ce collège n'est pas dans le registre.", field="college")
        return self.college

    def decide(self) -> Iterable[Event]:
        par = self.par(self.college)
        self._du_college()
        projets = regle_du_vote.projets(self.projets, self.budget_cents)
        regle_du_vote.bulletin(self.type_vote, self.choix_max, self.points_max, len(projets))
        parametres = regle_du_vote.comptage(self.regle_comptage, self.parametres, self.type_vote, self.departage)
        regle_du_vote.fenetre(self.ouvre_le, self.ferme_le, self.moment, essai=self.essai)
        regle_du_vote.nombres(self.k_min, self.jours_reclamation, self.electeurs)
        cree = ScrutinCree(
            survenu_le=self.le,
            regle=REGLES_DU_VOTE.id,
            titre=ligne(self.titre, "titre", "Le titre du vote", SIGNES_TITRE),
            projets=projets,
            budget_cents=self.budget_cents,
            type_vote=self.type_vote,
            choix_max=self.choix_max,
            regle_comptage=self.regle_comptage,
            parametres=parametres,
            departage=self.departage,
            ouvre_le=self.ouvre_le,
            ferme_le=self.ferme_le,
            k_min=self.k_min,
            jours_reclamation=self.jours_reclamation,
            longueur=0,
            empreinte_page=empreinte(self.empreinte_page, "empreinte_page"),
            par=par,
            college=self.college,
            dossier=self.dossier,
            points_max=self.points_max,
            essai=self.essai,
            electeurs=self.electeurs,
        )
        yield msgspec.structs.replace(cree, longueur=longueur(cree))

    def _du_college(self) -> None:
        found = self.inscrit
        ended = found is not None and found.au is not None and found.au < self.le
        if found is None or found.type != "college" or self.le < found.du or ended:
            raise CollegeInconnu("Ce collège n'est pas dans le registre ce jour-là.", field="college")
        if self.dossier is None:
            return
        if self.essai:
            raise EssaiSansDossier("Un vote d'essai ne se rattache à aucun dossier.", field="dossier")
        if not (self.dossier.startswith("BPC-") and est_reference(self.dossier)):
            raise DossierIllisible("Ce numéro de dossier n'existe pas.", field="dossier")
