"""All that the register says of one meeting: its facts, its body on that day; now or as of `au`."""

from collections import Counter
from datetime import date

import msgspec

from domain.calendrier import jour
from domain.composition import Composition, Membre
from domain.identifiers import est_reference
from domain.jeux_de_regles import Jeux, flux_regles
from domain.law import Regle
from domain.majorites.seuils import Quorum
from domain.seances.quorums import compter_quorum, regle_de_quorum
from domain.seances.seance import Seance
from projections.recherche import fold
from projections.rows import Rows
from projections.seances import SeanceRow, Seances
from web.deliberations.lecture import Fait, jusqu_a, lire
from web.propositions.dossier import PasEncore
from web.propositions.instances import Annuaire, annuaire
from web.services import Services

SEANCES = Seances()
MOTEURS = ("quorum", "pouvoirs", "scrutin_public", "convocation")  # the rules whose numbers a meeting shows
ABSENTE = "Cette séance n’est pas dans le registre."


class Reunion(msgspec.Struct):
    """A meeting whole. `faits` are its own, oldest first; `composition` tells who sits, over time."""

    row: SeanceRow
    seance: Seance
    composition: Composition
    faits: list[Fait]
    annuaire: Annuaire
    jeux: Jeux
    au: int | date | None = None

    @property
    def reference(self) -> str:
        return self.row.reference

    @property
    def type(self) -> str:
        """The kind of its body: conseil, ctm, jeunes…"""
        return self.annuaire.instance(self.row.instance).type

    @property
    def jour(self) -> date:
        """Its day, in Paris."""
        return jour(self.seance.ouverte.heure if self.seance.ouverte else self.row.prevue_le)

    @property
    def membres(self) -> dict[str, Membre]:
        """Who sits on that day, by slug, in alphabetical order."""
        return dict(sorted(self.composition.en_exercice(self.jour).items(), key=lambda item: _rang(item[1])))

    @property
    def ordre(self) -> list[int]:
        """The items in the order of the agenda; an item that was noted by mistake is not there."""
        return [rang for rang in self.seance.ordre if rang in self.seance.points]

    @property
    def a_suivre(self) -> int | None:
        """The item under way; else the next one to call; None when all are dealt with."""
        done = self.seance.votes.keys() | self.seance.renvoyes
        left = [rang for rang in self.ordre if rang not in done]
        return next((rang for rang in left if rang in self.seance.appeles), left[0] if left else None)

    def parametre(self, regle: Regle, moteur: str, nom: str) -> int:
        """A number of a rule, as the set published for that day has it, else as the law has it."""
        published = self.jeux.en_vigueur(moteur, self.type, self.jour)
        return int((published or regle).parametres[nom])

    def nom(self, elu: str) -> str:
        """« Mme Cochet », told apart from another one; a pupil by her collège only."""
        return noms(self.composition, self.jour).get(elu, elu)

    def quorum(self, rang: int | None = None) -> Quorum | None:
        """The threshold, and who counts now (without those who left for the item); None where no text asks for one."""
        rule = None if self.seance.connue().suite_de else regle_de_quorum(self.type, self.jour, self.jeux)
        if rule is None:
            return None
        here, held = self.seance.votants(rang) if rang else (self.seance.presents, self.seance.pouvoirs)
        return compter_quorum(rule, len(self.membres), len(here), len(held))


def noms(composition: Composition, le: date) -> dict[str, str]:
    """How each member is called, by slug; those of that day first, the former ones too."""
    sitting = composition.en_exercice(le)
    known = {membre.elu: membre for membre in composition.mandats} | sitting
    bare = {elu: _nu(membre) for elu, membre in known.items()}
    there = Counter(bare[elu] for elu in sitting)
    return {
        elu: f"{name} ({_distinction(known[elu])})" if known[elu].nom and there[name] > 1 else name
        for elu, name in bare.items()
    }


def _nu(membre: Membre) -> str:
    if membre.nom:
        return f"{membre.civilite}\u00a0{membre.nom}".lstrip("\u00a0")  # some sit by their function, without a name
    college = (membre.college or "").removeprefix("Collège ").removeprefix("collège ")
    return f"{'Une élue' if membre.elu.startswith('elue') else 'Un élu'} du collège {college}"


def _distinction(membre: Membre) -> str:
    return membre.prenom or membre.commune or membre.elu


def _rang(membre: Membre) -> tuple[str, str]:
    return fold(membre.nom or membre.college or ""), membre.elu


async def load(services: Services, reference: str, au: int | date | None = None) -> Reunion | None:
    """The meeting, or None. Raises PasEncore when `au` is before its first event."""
    if not est_reference(reference) or not reference.startswith("SEA-"):
        return None
    faits = await lire(services, [f"seances/{reference}"])
    if not faits:
        return None
    kept = jusqu_a(faits, au)
    if not kept or kept[0].fact.version != 1:
        first = faits[0].fact.position
        raise PasEncore(f"La séance {reference} commence à l’acte n° {first}. Avant, elle n’existe pas.")
    rows, seance = Rows(), Seance()
    for fait in kept:
        SEANCES.apply(fait.fact, rows)
        seance.retenir(fait.event)
    [row] = rows.all(SeanceRow)
    composition, jeux = Composition(), Jeux()
    for fait in await lire(services, [f"assemblees/{row.instance}", *(flux_regles(moteur) for moteur in MOTEURS)]):
        composition.retenir(fait.event)
        jeux.retenir(fait.event)
    return Reunion(row, seance, composition, kept, await annuaire(services), jeux, au)


async def composition_de(services: Services, instance: str) -> Composition:
    """The members of a body, over time; empty when none is known."""
    found = Composition()
    for fait in await lire(services, [f"assemblees/{instance}"]):
        found.retenir(fait.event)
    return found
