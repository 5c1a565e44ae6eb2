"""What the commands know of a pupil's idea, and the act on one."""

from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.budget_participatif import events as faits
from domain.budget_participatif.dossier import Budget, DossierIntrouvable, flux_budget
from domain.budget_participatif.regles import IDEES, REGROUPEMENT
from domain.errors import Introuvable, RegleViolee
from domain.identifiers import est_reference
from domain.ledger.event import Event

SERIE = "IDEE"


class IdeeIntrouvable(Introuvable):
    fondement = IDEES


class IdeeDUnAutreDossier(RegleViolee):
    fondement = REGROUPEMENT
    conseil = "Choisissez une idée du même collège et de la même édition."


class IdeePasEncoreLue(RegleViolee):
    fondement = IDEES
    conseil = "Un adulte du collège lit d'abord l'idée, et lui donne un titre."


class IdeeEcartee(RegleViolee):
    fondement = IDEES
    conseil = "Une idée écartée peut être montrée à nouveau : décidez-le d'abord."


class IdeeDejaRegroupee(RegleViolee):
    fondement = REGROUPEMENT
    conseil = "Ouvrez l'idée qui l'accueille."
    status = 409


def flux_idee(idee: str) -> str:
    """Stream of an idea. Raises IdeeIntrouvable on what is not its number."""
    if not est_reference(idee) or not idee.startswith(f"{SERIE}-"):
        raise IdeeIntrouvable("Cette idée n'existe pas.", field="idee")
    return f"idees/{idee}"


@dataclass
class Idee:
    """What the stream of an idea says, its words excepted."""

    depot: faits.IdeeDeposee
    lecture: faits.IdeeModeree | None = None
    regroupement: faits.IdeeRegroupee | None = None
    reponse: faits.FaisabiliteRendue | None = None

    def know(self, event: Event) -> None:
        match event:
            case faits.IdeeModeree():
                self.lecture = event
            case faits.IdeeRegroupee():
                self.regroupement = event
            case faits.FaisabiliteRendue():
                self.reponse = event

    @property
    def montree(self) -> bool:
        """Everybody may read its title and summary."""
        return self.lecture is not None and self.lecture.decision == "publier"

    def vivante(self) -> None:
        """Raises unless it is shown and has joined no other one."""
        if self.lecture is None:
            raise IdeePasEncoreLue("Cette idée n'a pas encore été lue.", field="idee")
        if self.lecture.decision == "ecarter":
            raise IdeeEcartee("Cette idée a été écartée.", field="idee")
        if self.regroupement is not None:
            raise IdeeDejaRegroupee(f"Cette idée a rejoint {self.regroupement.dans}.", field="idee")


@dataclass
class Lecteur:
    """Reads ideas one stream after the other: each filing begins the next one."""

    idees: list[Idee] = field(default_factory=list)

    def know(self, event: Event) -> None:
        if isinstance(event, faits.IdeeDeposee):
            self.idees.append(Idee(event))
        elif self.idees:
            self.idees[-1].know(event)

    def toutes(self, demandees: tuple[str, ...], dossier: str) -> dict[str, Idee]:
        """The ideas that were asked for, in order. Raises IdeeIntrouvable, IdeeDUnAutreDossier."""
        if len(self.idees) != len(demandees):
            raise IdeeIntrouvable("Une de ces idées n'est pas dans le registre.", field="idees")
        for idee in self.idees:
            if idee.depot.dossier != dossier:
                raise IdeeDUnAutreDossier("Cette idée est d'un autre dossier.", field="idees")
        return dict(zip(demandees, self.idees, strict=True))


@dataclass
class ActeSurIdee(ActeDeFonction):
    """An act on the idea of this number, of this dossier.."""

    idee: str
    dossier: str
    budget: Budget = field(default_factory=Budget, init=False)
    lecteur: Lecteur = field(default_factory=Lecteur, init=False)

    def autres(self) -> tuple[str, ...]:
        """The other ideas that it reads, after its own."""
        return ()

    def reads(self) -> list[str]:
        ideas = [flux_idee(idee) for idee in (self.idee, *self.autres())]
        return [*ideas, flux_budget(self.dossier), flux_personne(self.acteur)]

    def know(self, event: Event) -> None:
        super().know(event)
        self.budget.know(event)
        self.lecteur.know(event)

    def agit(self) -> tuple[str, list[Idee]]:
        """The function that acts and the ideas, while the list of their dossier is open."""
        intention = self.budget.intention
        if intention is None:
            raise DossierIntrouvable("Ce dossier n'est pas dans le registre.", field="dossier")
        par = self.par(intention.college)
        found = self.lecteur.toutes((self.idee, *self.autres()), self.dossier)
        self.budget.connu(self.le)
        self.budget.liste_ouverte()
        return par, list(found.values())
