"""Adopter une répartition : the inputs, the weight, and the split that they give; from a year on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from domain.actes import flux_personne
from domain.enveloppes.actes import flux_deliberation
from domain.enveloppes.enveloppe import ActeSurEnveloppe, flux_enveloppe
from domain.enveloppes.events import DonneeCommune, DonneesArretees, Part, RepartitionAdoptee
from domain.enveloppes.masses import CLE_DE_REPARTITION, NOUVEAU_PARTAGE
from domain.enveloppes.repartition import Beneficiaire, RepartitionImpossible, repartir
from domain.errors import DejaFait, RegleViolee
from domain.instances.events import CommuneInscrite, CommuneRattachee
from domain.ledger.event import Event
from domain.texte import ligne, ligne_ou_rien


class SansCle(RegleViolee):
    fondement = CLE_DE_REPARTITION
    conseil = "Cette enveloppe se partage par décision, compte par compte."


class RepartitionDejaAdoptee(DejaFait):
    fondement = NOUVEAU_PARTAGE
    conseil = "Un nouveau partage vaut pour les années d'après, et dit pourquoi il change."


@dataclass
class AdopterRepartition(ActeSurEnveloppe):
    """`communes` are all of them, `alpha` a decimal as text (`0.6`), `annee` the first year that it rules.

    A second split (a census, a merger) says why, never touches a year that has begun, and shares what the years before
    it were not given: the mandate stays exact.
    """

    DROIT = "adopter_repartition"

    communes: tuple[DonneeCommune, ...]
    population_annee: int
    source: str
    alpha: str
    annee: int
    motif: str | None = None
    inscrites: dict[str, str] = field(default_factory=dict, init=False)
    finies: dict[str, int] = field(default_factory=dict, init=False)

    def reads(self) -> list[str]:
        codes = {line.insee for line in self.communes}
        for code in sorted(codes):
            if not re.fullmatch("[0-9]{5}", code):
                raise RepartitionImpossible(f"« {code} » n'est pas un code de commune.", field="communes")
        streams = (flux_enveloppe(self.enveloppe), flux_deliberation(self.deliberation), flux_personne(self.acteur))
        return [*streams, *(f"communes/{code}" for code in sorted(codes))]

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case CommuneInscrite():
                self.inscrites[event.insee] = event.ctm
            case CommuneRattachee():
                self.finies[event.insee] = event.le.year

    def decide(self) -> Iterable[Event]:
        par = self.par()
        opened = self.connu.connue()
        if opened.enveloppe not in ("fic", "prox", "projets"):
            raise SansCle("Cette enveloppe n'a pas de clé de répartition.", field="enveloppe")
        if not opened.annee_debut <= self.annee <= opened.annee_fin:
            raise RepartitionImpossible("Cette année n'est pas dans l'enveloppe.", field="annee")
        motif = ligne_ou_rien(self.motif, "motif", "La raison")
        if self.connu.repartitions:
            if self.annee <= self.le.year:
                raise RepartitionDejaAdoptee("Un partage est déjà adopté, et cette année a commencé.", field="annee")
            motif = ligne(self.motif, "motif", "La raison du nouveau partage")
        self._connues()
        towns = [Beneficiaire(c.insee, c.ctm, c.population, c.voirie_m2) for c in self.communes]
        years = opened.annee_fin - self.annee + 1
        split = repartir(opened.enveloppe, towns, lire_alpha(self.alpha), self.connu.a_partager(self.annee), years)
        yield DonneesArretees(
            survenu_le=self.le,
            lignes=tuple(sorted(self.communes, key=lambda c: c.insee)),
            population_annee=self.population_annee,
            source=ligne(self.source, "source", "La source"),
            par=par,
        )
        yield RepartitionAdoptee(
            survenu_le=self.le,
            regle=(NOUVEAU_PARTAGE if self.connu.repartitions else CLE_DE_REPARTITION).id,
            alpha=self.alpha,
            deliberation=self.deliberee(),
            annee_debut=self.annee,
            parts=tuple(Part(insee=line.insee, ctm=line.ctm, cents=line.cents) for line in split),
            total_cents=sum(line.cents for line in split),
            motif=motif,
            par=par,
        )

    def _connues(self) -> None:
        """Raises RepartitionImpossible on a commune that the register does not have, or no longer that year."""
        for line in self.communes:
            if self.inscrites.get(line.insee) != line.ctm:
                raise RepartitionImpossible(
                    f"La commune {line.insee} n'est pas dans le registre, ou pas dans cette conférence.",
                    field="communes",
                )
            if self.finies.get(line.insee, self.annee + 1) <= self.annee:
                raise RepartitionImpossible(
                    f"La commune {line.insee} n'existe plus en {self.annee} : elle a rejoint une autre.",
                    field="communes",
                )


def lire_alpha(texte: str) -> Fraction:
    """The weight of population, from a decimal as text. Raises RepartitionImpossible."""
    if not re.fullmatch(r"[0-9](\.[0-9]{1,6})?", texte):  # a fraction may also be `1e999999999`, which never ends
        raise RepartitionImpossible("Le poids de la population (alpha) est un nombre entre 0 et 1.", field="alpha")
    return Fraction(texte)
