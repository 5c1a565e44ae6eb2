"""The count step by step, as data that re-adds to the result.

Amounts are exact, in the smallest unit of the election; `donnees` gives them as decimal strings in the
unit of the file, and fractions as `a/b`.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from domain.comptage.nombres import arrondi, decimal, fraction


@dataclass(frozen=True, slots=True)
class Departage:
    """Projects exactly level with the one chosen, and the criterion that put it before them."""

    ex_aequo: tuple[str, ...]
    critere: str  # cout | votes | identifiant

    def donnees(self) -> dict[str, Any]:
        return {"ex_aequo": list(self.ex_aequo), "critere": self.critere}


@dataclass(frozen=True, slots=True)
class EtapeGlouton:
    """One project examined by score. `reste` is the money left after the step."""

    projet: str
    retenu: bool
    motif: str  # "" | trop_cher | arret | apres_arret | sous_seuil
    score: int
    par_euro: Fraction | None
    cout: int
    reste: int
    departage: Departage | None

    def donnees(self, unite: int) -> dict[str, Any]:
        return {
            "phase": "glouton",
            "projet": self.projet,
            "decision": "retenu" if self.retenu else "ecarte",
            "motif": self.motif,
            "score": self.score,
            "score_par_unite": None if self.par_euro is None else fraction(self.par_euro * unite),
            "cout": decimal(self.cout, unite),
            "reste": decimal(self.reste, unite),
            "departage": self.departage.donnees() if self.departage else None,
        }


@dataclass(frozen=True, slots=True)
class EtapeParts:
    """One project bought by its supporters, or left because they cannot.

    Bought: cout == apport_epuises + prix * utilite_pleine, where the `epuises` supporters gave all they had
    left and the others paid `prix` per unit of utility (per vote for an approval).
    An approval's utility is the cost of the project: its `rho` is `prix / cout`; else they are the same.
    Left: `apport` is what its supporters have left, less than `cout`.
    """

    projet: str
    retenu: bool
    motif: str  # "" | soutiens_insuffisants | aucun_soutien
    cout: int
    soutiens: int
    apport: Fraction
    reste: int
    prix: Fraction | None = None
    approbation: bool = False
    epuises: int = 0
    apport_epuises: Fraction = Fraction(0)
    utilite_pleine: int = 0
    departage: Departage | None = None

    @property
    def rho(self) -> Fraction | None:
        """Price per unit of utility: the smallest is bought first."""
        if self.prix is None or not self.approbation:
            return self.prix
        return self.prix / self.cout if self.cout else Fraction(0)

    def donnees(self, unite: int) -> dict[str, Any]:
        commun = {
            "phase": "parts_egales",
            "projet": self.projet,
            "decision": "retenu" if self.retenu else "ecarte",
            "motif": self.motif,
            "cout": decimal(self.cout, unite),
            "soutiens": self.soutiens,
            "apport": fraction(self.apport / unite),
            "reste": decimal(self.reste, unite),
        }
        if self.rho is None or self.prix is None:
            return commun
        # An approval's rho is money per money, a pure number.
        rho = self.rho if self.approbation else self.rho / unite
        return commun | {
            "rho": fraction(rho),
            "rho_arrondi": arrondi(rho),
            "prix": fraction(self.prix / unite),
            "prix_arrondi": arrondi(self.prix / unite),
            "epuises": self.epuises,
            "apport_epuises": fraction(self.apport_epuises / unite),
            "utilite_pleine": self.utilite_pleine,
            "departage": self.departage.donnees() if self.departage else None,
        }


@dataclass(frozen=True, slots=True)
class EtapeTour:
    """Shares `part` to `part_fin`, a step apart, that all give the same projects; then what follows.

    `suite`: continue | exhaustif (nothing else fits: kept) | complet (nothing else has support: kept) |
    depassement (over the budget: dropped, the tour before is kept).
    """

    part: Fraction
    part_fin: Fraction
    gagnants: tuple[str, ...]
    cout_total: int
    suite: str

    def donnees(self, unite: int) -> dict[str, Any]:
        return {
            "phase": "add1",
            "part": fraction(self.part / unite),
            "part_fin": fraction(self.part_fin / unite),
            "gagnants": list(self.gagnants),
            "cout_total": decimal(self.cout_total, unite),
            "suite": self.suite,
        }


Etape = EtapeGlouton | EtapeParts | EtapeTour
