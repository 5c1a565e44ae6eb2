"""Method of Equal Shares (Peters, Pierczyński, Skowron, 2021): every voter holds the same share.

Again and again the project with the smallest rho is bought: the price per unit of utility that its
supporters must pay, those who cannot giving all they have. A share only shrinks, so rho only rises during
a count: the last value known is a lower bound, and only the projects at the top of the heap are priced.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

from domain.comptage.glouton import departage
from domain.comptage.partage import MARGE, Bourses, Prix
from domain.comptage.profil import Profil
from domain.comptage.trace import EtapeParts

Noter = Callable[[int, Prix, list[int]], None]


def echelle(profil: Profil, projet: int) -> int:
    """What a price is divided by to make rho: the cost for an approval (its utility), 1 for points."""
    return profil.projets[projet].cout if profil.utilites is None else 1


def par_plancher(profil: Profil, bourses: Bourses) -> tuple[list[int], list[int]]:
    """Projects with a cost and a support, by the least rho that they may ever have; and the free ones."""
    gratuits = [p for p, s in enumerate(profil.soutiens) if s and not profil.projets[p].cout]
    payants = [p for p, s in enumerate(profil.soutiens) if s and profil.projets[p].cout]
    total = bourses.utilites_totales
    payants.sort(key=lambda p: (Fraction(profil.projets[p].cout, total[p] * echelle(profil, p)), p))
    return payants, gratuits


def acheter_au_plancher(bourses: Bourses, ordre: Sequence[int], debut: int, noter: Noter | None) -> int:
    """Buy from `ordre[debut:]` while every supporter can pay the full price; the place reached.

    Such a project has its least rho, below the least rho of those after it: it is bought whatever the
    others cost, and with any larger share too.
    """
    for place in range(debut, len(ordre)):
        prix = bourses.prix(ordre[place])
        if prix is None or prix.epuises:
            return place
        if noter is not None:
            noter(ordre[place], prix, _meme_plancher(bourses, ordre, place))
        bourses.payer(ordre[place], prix)
    return len(ordre)


def _meme_plancher(bourses: Bourses, ordre: Sequence[int], place: int) -> list[int]:
    """Those after `place` in `ordre` whose present rho is exactly the same (none of theirs is worn out)."""
    profil, total = bourses.profil, bourses.utilites_totales

    def plancher(p: int) -> tuple[int, int]:
        return profil.projets[p].cout, total[p] * echelle(profil, p)

    cout, diviseur = plancher(ordre[place])
    egaux = []
    for autre in ordre[place + 1 :]:
        if plancher(autre)[0] * diviseur != cout * plancher(autre)[1]:
            break
        prix = bourses.prix(autre)
        if prix is not None and not prix.epuises:
            egaux.append(autre)
    return egaux


def acheter(bourses: Bourses, candidats: Sequence[int], noter: Noter | None) -> list[int]:
    """Buy the candidate with the smallest rho until nobody can afford any; those bought, in order."""
    profil, total = bourses.profil, bourses.utilites_totales
    diviseurs = [echelle(profil, p) for p in range(len(profil.projets))]
    tas = [(profil.projets[p].cout / (total[p] * diviseurs[p]) * (1 - MARGE), p) for p in candidats]
    heapify(tas)
    choisis: list[int] = []
    while tas:
        connus: list[tuple[float, int, Prix]] = []
        plafond = float("inf")
        while tas and tas[0][0] <= plafond:
            p = heappop(tas)[1]
            prix = bourses.prix(p)
            if prix is None:
                continue  # Purses only shrink: it will never be affordable again.
            rho = prix.numerateur / (bourses.denominateur * prix.pleine * diviseurs[p])
            connus.append((rho * (1 - MARGE), p, prix))
            plafond = min(plafond, rho * (1 + MARGE))
        if not connus:
            break
        proches = [(p, prix) for borne, p, prix in connus if borne <= plafond]
        gagnant, cout = proches[0]
        egaux: list[int] = []
        for p, prix in proches[1:]:
            mien = prix.numerateur * cout.pleine * diviseurs[gagnant]
            sien = cout.numerateur * prix.pleine * diviseurs[p]
            if mien < sien:
                gagnant, cout, egaux = p, prix, []
            elif mien == sien:
                egaux.append(max(p, gagnant))
                if p < gagnant:
                    gagnant, cout = p, prix
        for borne, p, _ in connus:
            if p != gagnant:
                heappush(tas, (borne, p))
        if noter is not None:
            noter(gagnant, cout, egaux)
        bourses.payer(gagnant, cout)
        choisis.append(gagnant)
    return choisis


def parts_egales(profil: Profil, part: Fraction) -> tuple[list[int], list[EtapeParts]]:
    """Projects bought when each voter starts with `part`, in order, and every step."""
    bourses = Bourses(profil, part)
    ordre, gratuits = par_plancher(profil, bourses)
    reste = profil.budget
    etapes: list[EtapeParts] = []

    def noter(p: int, prix: Prix, egaux: list[int]) -> None:
        nonlocal reste
        reste -= profil.projets[p].cout
        d = bourses.denominateur
        etapes.append(
            EtapeParts(
                profil.projets[p].id, True, "", profil.projets[p].cout,
                soutiens=sum(profil.poids[g] for g in profil.soutiens[p]),
                apport=bourses.apport(p),
                reste=reste,
                prix=Fraction(prix.numerateur, d * prix.pleine),
                approbation=profil.utilites is None,
                epuises=sum(profil.poids[g] for g in prix.epuises),
                apport_epuises=Fraction(prix.apport_epuises, d),
                utilite_pleine=prix.pleine,
                departage=departage(profil, p, egaux),
            )
        )  # fmt: skip

    for place, p in enumerate(gratuits):
        noter(p, Prix(0, bourses.utilites_totales[p], [], 0), gratuits[place + 1 :])
    place = acheter_au_plancher(bourses, ordre, 0, noter)
    choisis = gratuits + ordre[:place] + acheter(bourses, ordre[place:], noter)
    for p in sorted(set(range(len(profil.projets))) - set(choisis)):
        projet, soutiens = profil.projets[p], sum(profil.poids[g] for g in profil.soutiens[p])
        motif = "soutiens_insuffisants" if soutiens else "aucun_soutien"
        etapes.append(EtapeParts(projet.id, False, motif, projet.cout, soutiens, bourses.apport(p), reste))
    return choisis, etapes
