"""Demander un effacement : the data-protection officer decides that values of a dossier go."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.actes import ActeDeFonction, flux_personne
from domain.droits import Titre, retenir
from domain.effacements.events import EffacementDemande, MotifEffacement
from domain.effacements.regles import BASES, DECISION
from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.fonctions.events import FonctionConfiee
from domain.ledger.event import Event

CIBLES_MAXIMUM = 200
_DIGEST = re.compile("[A-Za-z0-9_-]{43}")
_FLUX = re.compile(
    r"(?:(?:propositions/[A-Z]{2,8}|idees/IDEE|scrutins/SC)-[0-9]{4}-[0-9]{4,9}|personnes/[0-9a-f-]{36})"
)


class DossierIntrouvable(Introuvable):
    fondement = DECISION


class RienAEffacer(RegleViolee):
    fondement = DECISION
    conseil = "Choisissez dans le dossier ce qui doit disparaître."


class CibleInconnue(RegleViolee):
    fondement = DECISION
    conseil = "Rechargez la page du dossier, puis choisissez à nouveau."


class TropDeCibles(RegleViolee):
    fondement = DECISION
    conseil = "Faites deux demandes."


class FonctionEncoreTenue(RegleViolee):
    fondement = DECISION
    conseil = "Retirez d'abord la fonction, puis effacez le nom et le courriel."


class EffacementDejaDemande(DejaFait):
    fondement = DECISION


def flux_dossier(dossier: str) -> str:
    """The stream itself, when it is one that holds erasable values. Raises DossierIntrouvable."""
    if not _FLUX.fullmatch(dossier):
        raise DossierIntrouvable("Ce dossier n'existe pas.", field="dossier")
    return dossier


@dataclass
class DemanderEffacement(ActeDeFonction):
    """`dossier` is a stream; `versions` those of its events (from 1), `portees` the scopes that go in them.

    `cibles` are the digests of the fields of those scopes, as the caller found them in the register.
    """

    DROIT = "demander_effacement"

    dossier: str
    versions: tuple[int, ...]
    portees: tuple[str, ...]
    cibles: tuple[str, ...]
    motif: MotifEffacement
    faits: list[type[Event]] = field(default_factory=list, init=False)
    demandees: set[str] = field(default_factory=set, init=False)
    siens: list[Titre] = field(default_factory=list, init=False)
    dossier_lu: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        return list(dict.fromkeys((flux_dossier(self.dossier), flux_personne(self.acteur))))

    def know(self, event: Event) -> None:
        super().know(event)
        if isinstance(event, FonctionConfiee) and self.dossier != f"personnes/{event.personne}":
            self.dossier_lu = True  # streams are read one after the other: the actor's begins here
        if self.dossier_lu:
            return
        self.faits.append(type(event))
        if isinstance(event, EffacementDemande):
            self.demandees.update(event.cibles)
        retenir(self.siens, event)

    def decide(self) -> Iterable[Event]:
        par = self.par()
        if not self.faits:
            raise DossierIntrouvable("Ce dossier n'existe pas.", field="dossier")
        if not (self.versions and self.portees and self.cibles):
            raise RienAEffacer("Rien n'est choisi.", field="cibles")
        if len(self.cibles) > CIBLES_MAXIMUM:
            raise TropDeCibles(f"Une demande efface {CIBLES_MAXIMUM} valeurs au plus.", field="cibles")
        if self.demandees.intersection(self.cibles):
            raise EffacementDejaDemande("Cet effacement est déjà demandé.", field="cibles")
        self._cibles_connues()
        if "titulaire" in self.portees and any(t.au is None or self.le <= t.au for t in self.siens):
            raise FonctionEncoreTenue("Cette personne tient encore une fonction.", field="portees")
        yield EffacementDemande(
            survenu_le=self.le,
            regle=BASES[self.motif].id,
            cibles=sorted(self.cibles),
            versions=sorted(self.versions),
            portees=sorted(self.portees),
            motif=self.motif,
            base=BASES[self.motif].id,
            par=par,
        )

    def _cibles_connues(self) -> None:
        """Each version holds one of the scopes, each scope is held, and there are not more digests than fields."""
        chosen = [self.faits[v - 1].PERSONAL for v in self.versions if 1 <= v <= len(self.faits)]
        held = [[scope for scope in personal.values() if scope in self.portees] for personal in chosen]
        twice = any(len(set(given)) != len(given) for given in (self.versions, self.portees, self.cibles))
        found = {scope for scopes in held for scope in scopes}
        if (
            twice
            or len(chosen) != len(self.versions)
            or not all(held)
            or found != set(self.portees)
            or len(self.cibles) > sum(map(len, held))
            or not all(_DIGEST.fullmatch(digest) for digest in self.cibles)
        ):
            raise CibleInconnue("Ce qui est choisi ne se trouve pas dans ce dossier.", field="cibles")
