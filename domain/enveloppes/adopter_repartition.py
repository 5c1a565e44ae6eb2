"""Adopter une répartition : the inputs, the weight, and the split that they give; from a year on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from domain.actes import flux_personne
from domain.enveloppes.actes import flux_deliberation
from domain.enveloppes.enveloppe import ActeSurEnveloppe, flux_enveloppe
from domain.enveloppes.events import DonneeCommune, DonneesArretees, Part, RepartitionAdoptee
from domain.enveloppes.masses import CLE_DE_REPARTITION
from domain.enveloppes.repartition import Beneficiaire, RepartitionImpossible, repartir
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.texte import ligne, ligne_ou_rien


class SansCle(RegleViolee):
    fondement = CLE_DE_REPARTITION
    conseil = "Cette enveloppe se partage par décision, compte par compte."


class RepartitionDejaAdoptee(DejaFait):
    fondement = CLE_DE_REPARTITION
    conseil = "Un nouveau partage vaut pour les années d'après, et dit pourquoi il change."


@dataclass
class AdopterRepartition(ActeSurEnveloppe):
    """`communes` are all of them, `alpha` a decimal as text (`0.6`), `annee` the first year that it rules.

    A second split (a census, a merger) says why, and never touches a year that has begun.
    """

    DROIT = "adopter_repartition"

    communes: tuple[DonneeCommune, ...]
    population_annee: int
    source: str
    alpha: str
    annee: int
    motif: str | None = None

    def reads(self) -> list[str]:
        return [flux_enveloppe(self.enveloppe), flux_deliberation(self.deliberation), flux_personne(self.acteur)]

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
        towns = [Beneficiaire(c.insee, c.ctm, c.population, c.voirie_m2) for c in self.communes]
        split = repartir(opened.enveloppe, towns, _alpha(self.alpha))
        yield DonneesArretees(
            survenu_le=self.le,
            lignes=tuple(sorted(self.communes, key=lambda c: c.insee)),
            population_annee=self.population_annee,
            source=ligne(self.source, "source", "La source"),
            par=par,
        )
        yield RepartitionAdoptee(
            survenu_le=self.le,
            regle=CLE_DE_REPARTITION.id,
            alpha=self.alpha,
            deliberation=self.deliberee(),
            annee_debut=self.annee,
            parts=tuple(Part(insee=line.insee, ctm=line.ctm, cents=line.cents) for line in split),
            total_cents=sum(line.cents for line in split),
            motif=motif,
            par=par,
        )


def _alpha(texte: str) -> Fraction:
    if not re.fullmatch(r"[0-9](\.[0-9]{1,6})?", texte):  # a fraction may also be `1e999999999`, which never ends
        raise RepartitionImpossible("Le poids de la population (alpha) est un nombre entre 0 et 1.", field="alpha")
    return Fraction(texte)
