"""The greedy rules: by score, highest first, until the money is spent."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from domain.comptage.profil import Profil
from domain.comptage.trace import Departage, EtapeGlouton


@dataclass(frozen=True, slots=True)
class Reglage:
    """`par_votes`: number of ballots, else points. `seuil`: least score. `arret`: stop at the first refusal."""

    par_votes: bool
    seuil: Fraction | None = None
    arret: bool = False
    par_euro: bool = False


def critere(profil: Profil, gagnant: int, autre: int) -> str:
    """Which rule of the tie-break puts `gagnant` before `autre`."""
    if profil.projets[gagnant].cout != profil.projets[autre].cout:
        return "cout"
    return "votes" if profil.votes[gagnant] != profil.votes[autre] else "identifiant"


def departage(profil: Profil, gagnant: int, autres: Collection[int]) -> Departage | None:
    """How the tie between `gagnant` and the others, exactly level with it, was decided."""
    if not autres:
        return None
    return Departage(tuple(profil.projets[p].id for p in sorted(autres)), critere(profil, gagnant, min(autres)))


def glouton(
    profil: Profil, reglage: Reglage, restant: int, deja: Collection[int] = ()
) -> tuple[list[int], list[EtapeGlouton]]:
    """Projects bought with `restant`, in order, and the steps. `deja` are already funded and not examined.

    Projects are the indices of `profil.projets`, whose order is the tie-break.
    """
    scores = profil.votes if reglage.par_votes else profil.points
    rang = [Fraction(s) for s in scores]
    # No voter at all: nobody asked for anything, and a tie-break is not a vote.
    candidats = [p for p in range(len(scores)) if p not in deja] if profil.votants else []
    if reglage.par_euro:
        # Free and wanted comes first, above any ratio.
        hors = Fraction(max(scores, default=0) + 1)
        rang = [Fraction(s, p.cout) if p.cout else hors * (s > 0) for s, p in zip(scores, profil.projets, strict=True)]
    candidats.sort(key=lambda p: (-rang[p], p))
    choisis: list[int] = []
    etapes: list[EtapeGlouton] = []
    arrete = False
    for _, egaux in groupby(candidats, key=lambda p: rang[p]):
        niveau = list(egaux)
        for place, p in enumerate(niveau):
            cout = profil.projets[p].cout
            motif = ""
            if reglage.seuil is not None and scores[p] < reglage.seuil:
                motif = "sous_seuil"
            elif arrete:
                motif = "apres_arret"
            elif cout > restant:
                motif = "arret" if reglage.arret else "trop_cher"
                arrete = reglage.arret
            else:
                choisis.append(p)
                restant -= cout
            par_euro = Fraction(scores[p], cout) if reglage.par_euro and cout else None
            etapes.append(
                EtapeGlouton(
                    profil.projets[p].id, not motif, motif, scores[p], par_euro, cout, restant,
                    departage(profil, p, niveau[place + 1 :]),
                )
            )  # fmt: skip
    return choisis, etapes
