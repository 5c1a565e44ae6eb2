"""Splitting an envelope, exactly: integers and fractions only, the sum is always the envelope (COUNTING §3).

A beneficiary is a commune for the FIC, a conférence territoriale des maires for the PROX and the projects. Weights are
`alpha` of population and `1 - alpha` of road surface, each relative to its total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.enveloppes.masses import ANNEES, CLE_DE_REPARTITION, MASSES, PLANCHER_ANNUEL, Enveloppe
from domain.errors import RegleViolee


class RepartitionImpossible(RegleViolee):
    fondement = CLE_DE_REPARTITION
    conseil = "Corrigez les données de départ, puis recommencez le calcul."


@dataclass(frozen=True, slots=True)
class Beneficiaire:
    """Who receives: `code` is the INSEE code of a commune; road surface in square metres, 0 where it does not count."""

    code: str
    ctm: str
    population: int
    voirie: int | Fraction = 0


@dataclass(frozen=True, slots=True)
class Dotation:
    """What one beneficiary receives, in cents. `plancher`: raised to the floor. `insee` is empty for a conférence."""

    insee: str
    ctm: str
    cents: int
    plancher: bool = False


def repartir(
    enveloppe: Enveloppe,
    communes: Sequence[Beneficiaire],
    alpha: Fraction,
    cents: int | None = None,
    annees: int = len(ANNEES),
) -> list[Dotation]:
    """The split: one line per commune for `fic`, per conférence otherwise, sorted. By default of the whole mandate.

    A split in mid-mandate shares `cents` among the `annees` that remain. Raises RepartitionImpossible on inputs that
    cannot be shared.
    """
    cents = MASSES[enveloppe] if cents is None else cents
    verifier(communes, alpha, voirie=enveloppe != "projets")
    if enveloppe == "projets":
        alpha = Fraction(1)
    if enveloppe == "fic":
        towns = sorted(communes, key=lambda c: c.code)
        parts = partager_avec_plancher(cents, towns, alpha, PLANCHER_ANNUEL * annees)
        return [Dotation(c.code, c.ctm, part, au_plancher) for c, part, au_plancher in parts]
    ctm = par_ctm(communes)
    shares = plus_forts_restes(cents, poids(ctm, alpha), ctm)
    return [Dotation("", b.ctm, n) for b, n in zip(ctm, shares, strict=True)]


def verifier(communes: Sequence[Beneficiaire], alpha: Fraction, voirie: bool = True) -> None:
    """Raises RepartitionImpossible: nobody, a code twice, no population, a negative surface, alpha out of 0..1."""
    if not communes:
        raise RepartitionImpossible("Il n'y a aucune commune.")
    if not 0 <= alpha <= 1:
        raise RepartitionImpossible("Le poids de la population (alpha) est entre 0 et 1.", field="alpha")
    seen: set[str] = set()
    for commune in communes:
        if commune.code in seen:
            raise RepartitionImpossible(f"La commune {commune.code} est deux fois dans la liste.")
        seen.add(commune.code)
        if commune.population <= 0:
            raise RepartitionImpossible(f"La population de la commune {commune.code} manque ou est nulle.")
        if commune.voirie < 0:
            raise RepartitionImpossible(f"La surface de voirie de la commune {commune.code} est négative.")
    if voirie and alpha < 1 and not sum(c.voirie for c in communes):
        raise RepartitionImpossible("Les surfaces de voirie manquent, et alpha est inférieur à 1.", field="alpha")


def par_ctm(communes: Sequence[Beneficiaire]) -> list[Beneficiaire]:
    """The conférences, sorted by name, with the sums of their communes. Their code is their name."""
    sums: dict[str, tuple[int, int | Fraction]] = {}
    for c in communes:
        population, voirie = sums.get(c.ctm, (0, 0))
        sums[c.ctm] = (population + c.population, voirie + c.voirie)
    return [Beneficiaire(name, name, *sums[name]) for name in sorted(sums)]


def poids(beneficiaires: Sequence[Beneficiaire], alpha: Fraction) -> list[int | Fraction]:
    """Exact weights, proportional to `alpha * population share + (1 - alpha) * road share`."""
    people = sum(b.population for b in beneficiaires)
    roads = sum(b.voirie for b in beneficiaires) or 1
    p, q = alpha.numerator, alpha.denominator
    return [p * b.population * roads + (q - p) * b.voirie * people for b in beneficiaires]


def plus_forts_restes(
    cents: int, weights: Sequence[int | Fraction], beneficiaires: Sequence[Beneficiaire]
) -> list[int]:
    """`cents` in proportion of the weights, by largest remainder; ties: larger population, then smaller code."""
    whole = sum(weights)
    if whole <= 0:
        raise RepartitionImpossible("Aucun bénéficiaire n'a de poids : il n'y a rien à partager entre eux.")
    shares = [divmod(cents * weight, whole) for weight in weights]
    given = [quotient for quotient, _ in shares]
    order = sorted(
        range(len(shares)), key=lambda i: (-shares[i][1], -beneficiaires[i].population, beneficiaires[i].code)
    )
    for i in order[: cents - sum(given)]:
        given[i] += 1
    return given


def partager_avec_plancher(
    cents: int, communes: Sequence[Beneficiaire], alpha: Fraction, plancher: int
) -> list[tuple[Beneficiaire, int, bool]]:
    """(commune, cents, raised to the floor), in the order given.

    Those under the floor receive it; the others share the rest in proportion, again and again until none falls below.
    """
    if plancher * len(communes) > cents:
        raise RepartitionImpossible("Le minimum garanti à chaque commune dépasse l'enveloppe.")
    weights = poids(communes, alpha)
    free = set(range(len(communes)))
    left = cents
    while True:
        whole = sum(weights[i] for i in free)
        low = [i for i in free if left * weights[i] < plancher * whole]
        if not low:
            break
        free.difference_update(low)
        left -= plancher * len(low)
    rest = sorted(free)
    shared = plus_forts_restes(left, [weights[i] for i in rest], [communes[i] for i in rest]) if rest else []
    given = dict(zip(rest, shared, strict=True))
    return [(c, given.get(i, plancher), i not in free) for i, c in enumerate(communes)]


def annuites(cents: int, annees: int) -> list[int]:
    """A mandate's amount in years: equal to the cent, the earliest years take the cents that remain."""
    quotient, rest = divmod(cents, annees)
    return [quotient + (rang < rest) for rang in range(annees)]
