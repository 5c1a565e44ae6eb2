"""The two majorities of the Conférence métropolitaine: mayors, and population (A:128)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from domain.majorites.suffrages import Sens

Base = Literal["exprimes", "tous"]


@dataclass(frozen=True, slots=True)
class Parametres:
    """What the text leaves open. `base`: mayors who vote for or against, or all; `strictement`: more than half."""

    base: Base = "exprimes"
    strictement: bool = False
    arrondissements_votent: bool = False


@dataclass(frozen=True, slots=True)
class VoixDeMaire:
    """One mayor; `sens` is None when absent. An arrondissement's mayor never brings population."""

    commune: str
    population: int
    sens: Sens | None
    arrondissement: bool = False


@dataclass(frozen=True, slots=True)
class DoubleMajorite:
    """Both bars: mayors for and against among those who count, population for among the whole."""

    maires_pour: int
    maires_contre: int
    maires: int
    population_pour: int
    population: int
    parametres: Parametres

    @property
    def des_maires(self) -> bool:
        """The first majority."""
        if self.parametres.base == "tous":
            return 2 * self.maires_pour > self.maires
        return self.maires_pour > self.maires_contre

    @property
    def de_la_population(self) -> bool:
        """The second one."""
        twice = 2 * self.population_pour
        return twice > self.population if self.parametres.strictement else twice >= self.population

    @property
    def adoptee(self) -> bool:
        """Both are there."""
        return self.des_maires and self.de_la_population

    @property
    def maires_requis(self) -> int:
        """How many mayors for would be enough, the others as they are."""
        return self.maires // 2 + 1 if self.parametres.base == "tous" else self.maires_contre + 1

    @property
    def population_requise(self) -> int:
        """How many inhabitants."""
        return self.population // 2 + 1 if self.parametres.strictement else -(-self.population // 2)

    @property
    def phrase(self) -> str:
        """The arithmetic of both, unfolded."""
        one, two = ("oui" if reached else "non" for reached in (self.des_maires, self.de_la_population))
        verdict = "l'avis est adopté" if self.adoptee else "l'avis n'est pas adopté"
        return (
            f"{nombre(self.maires_pour)} maires pour, il en faut {nombre(self.maires_requis)} : {one}. "
            f"{nombre(self.population_pour)} habitants, il en faut {nombre(self.population_requise)} : {two}. "
            f"{'Les deux majorités y sont' if self.adoptee else 'Il faut les deux majorités'} : {verdict}."
        )


def nombre(valeur: int) -> str:
    """1 398 892, with non-breaking spaces."""
    return f"{valeur:,}".replace(",", "\u00a0")


def double_majorite(voix: Iterable[VoixDeMaire], parametres: Parametres | None = None) -> DoubleMajorite:
    """Counts the mayors and the population of their communes. Raises ValueError on a commune given twice."""
    chosen = parametres or Parametres()
    seen: set[str] = set()
    pour = contre = mayors = people_for = people = 0
    for one in voix:
        if one.arrondissement:
            if not chosen.arrondissements_votent:
                continue
        elif one.commune in seen:
            raise ValueError(f"{one.commune} votes twice")
        else:
            seen.add(one.commune)
            people += one.population
            people_for += one.population if one.sens == "pour" else 0
        mayors += 1
        pour += one.sens == "pour"
        contre += one.sens == "contre"
    return DoubleMajorite(pour, contre, mayors, people_for, people, chosen)
