"""Who sits in a body on a day: folded from the events of its stream."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.droits import Titre
from domain.errors import AccesRefuse, Introuvable
from domain.ledger.event import Event
from domain.mandats import events as e
from domain.mandats.regles import MANDATS, PRESIDENCE_ELUE

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


class InstanceSansMembre(Introuvable):
    fondement = MANDATS
    conseil = "Inscrivez d'abord ses sièges et ses membres."


class PresidenceFinie(AccesRefuse):
    fondement = PRESIDENCE_ELUE
    conseil = "L'administration confie la présidence à nouveau après chaque élection."


@dataclass(frozen=True)
class Membre:
    """A member, from `du` to the day before `fin`. `nom` as acts write it; a minor's is empty.

    `civilite` is empty where the seat goes with a function (« Maire de Bron »).
    """

    elu: str
    civilite: str
    nom: str
    du: date
    prenom: str | None = None
    commune: str | None = None
    groupe: str | None = None
    college: str | None = None
    fin: date | None = None

    @property
    def appellation(self) -> str:
        """« Mme Cochet », « Maire de Bron »; a pupil by her collège only."""
        if self.nom:
            return f"{self.civilite}\u00a0{self.nom}".lstrip("\u00a0")
        college = (self.college or "").removeprefix("Collège ").removeprefix("collège ")
        return f"{'Une élue' if self.elu.startswith('elue') else 'Un élu'} du collège {college}"

    def siege(self, le: date) -> bool:
        """Sits on that day."""
        return self.du <= le and (self.fin is None or le < self.fin)


@dataclass
class Composition:
    """The members, the seats and the presidencies of a body, over time."""

    mandats: list[Membre] = field(default_factory=list)
    sieges: list[tuple[date, int]] = field(default_factory=list)
    fonctions: list[tuple[str, str, date, date | None]] = field(default_factory=list)

    def retenir(self, event: Event) -> None:
        """Adds what this event says."""
        match event:
            case e.SiegesFixes():
                self.sieges.append((event.du, event.sieges))
            case e.MandatOuvert():
                self.mandats.append(
                    Membre(
                        event.elu, event.civilite, event.nom, event.du, event.prenom, event.commune, event.groupe
                    )
                )  # fmt: skip
            case e.MandatJeuneOuvert():
                self.mandats.append(Membre(event.elu, "", "", event.du, college=event.college, fin=event.au))
            case e.MandatClos():
                self.mandats = [_clos(m, event) for m in self.mandats]
                self._clore_fonctions(event.elu, event.le)
            case e.FonctionElue():
                self.fonctions.append((event.elu, event.fonction, event.du, None))
            case e.FonctionElueClose():
                self._clore_fonctions(event.elu, event.le, event.fonction)

    def _clore_fonctions(self, elu: str, le: date, fonction: str | None = None) -> None:
        self.fonctions = [
            (who, what, since, le if who == elu and until is None and fonction in (None, what) else until)
            for who, what, since, until in self.fonctions
        ]

    def en_exercice(self, le: date) -> dict[str, Membre]:
        """Who sits on that day, by slug."""
        return {m.elu: m for m in self.mandats if m.siege(le)}

    def nombre_de_sieges(self, le: date) -> int:
        """The seats on that day, 0 before any is fixed."""
        known = [seats for since, seats in sorted(self.sieges, key=lambda line: line[0]) if since <= le]
        return known[-1] if known else 0

    def jours_cles(self, du: date, fin: date | None = None) -> list[date]:
        """The first day of this span, and those on which somebody else begins or the seats change."""
        known = {m.du for m in self.mandats} | {since for since, _ in self.sieges}
        return [du, *sorted(day for day in known if day > du and (fin is None or day < fin))]

    def fonction_de(self, elu: str, le: date) -> str:
        """The presidency or vice-presidency of this member on that day, or nothing."""
        return next((what for what in ("president", "vice_president") if self.tient(elu, what, le)), "")

    def president(self, le: date) -> str | None:
        """The slug of who presides on that day."""
        return next((who for who, what, since, until in self.fonctions if what == "president"
                     and since <= le and (until is None or le < until)), None)  # fmt: skip

    def preside_depuis(self, le: date) -> date | None:
        """Since when the presidency of that day lasts."""
        return next((since for _, what, since, until in self.fonctions if what == "president"
                     and since <= le and (until is None or le < until)), None)  # fmt: skip

    def tient(self, elu: str, fonction: str, le: date) -> bool:
        """Whether this member holds that presidency or vice-presidency on that day."""
        return any(
            who == elu and what == fonction and since <= le and (until is None or le < until)
            for who, what, since, until in self.fonctions
        )


def _clos(membre: Membre, event: e.MandatClos) -> Membre:
    if membre.elu != event.elu or not membre.siege(event.le):
        return membre
    return Membre(**{**membre.__dict__, "fin": event.le})


def verifie_presidence(composition: Composition, titres: Iterable[Titre], par: str, le: date) -> None:
    """Raises PresidenceFinie when `par` is a presidency whose mandate is over, or that was confided for another one."""
    if not par.startswith("presidence:"):
        return
    since = composition.preside_depuis(le)
    confided = max(titre.du for titre in titres if titre.id == par and titre.en_cours(le))
    if since is None or confided < since:
        raise PresidenceFinie("Cette présidence n'est plus celle d'un mandat en cours.")


def flux_assemblee(instance: str) -> str:
    """The stream of the members of a body. Raises InstanceSansMembre on what is no slug."""
    if not _SLUG.fullmatch(instance):
        raise InstanceSansMembre("Cette instance n'est pas dans le registre.", field="instance")
    return f"assemblees/{instance}"
