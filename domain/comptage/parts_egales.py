"""Method of Equal Shares (Peters, Pierczyński, Skowron, 2021): every voter holds the same share.

Again and again the project with the smallest rho is bought: the price per unit of utility that its
supporters must pay, those who cannot giving all they have. A share only shrinks, so rho only rises during
a count: the last value known is a lower bound, and only the projects at the top of the heap are priced.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

from domain.comptage.glouton import departage
from domain.comptage.partage import AUCUN, MARGE, Bornes, Bourses, Prix
from domain.comptage.profil import Profil
from domain.comptage.trace import EtapeParts

Noter = Callable[[int, Prix, list[int]], None]


def echelle(profil: Profil, projet: int) -> int:
    """What a price is divided by to make rho: the cost for an approval (its utility), 1 for points."""
    return profil.projets[projet].cout if profil.approbation else 1


def par_plancher(profil: Profil) -> tuple[list[int], list[int]]:
    """Projects with a cost and a support, by the least rho that they may ever have; and the free ones."""
    soutenus = [p for p, soutien in enumerate(profil.soutiens) if soutien.total]
    gratuits = [p for p in soutenus if not profil.projets[p].cout]
    payants = [p for p in soutenus if profil.projets[p].cout]
    payants.sort(key=lambda p: (plancher(profil, p), p))
    return payants, gratuits


def plancher(profil: Profil, projet: int) -> Fraction:
    """The least rho that a project may have: all its supporters pay the full price."""
    return Fraction(profil.projets[projet].cout, profil.soutiens[projet].total * echelle(profil, projet))


def acheter_au_plancher(bourses: Bourses, ordre: Sequence[int], debut: int, noter: Noter | None) -> int:
    """Buy from `ordre[debut:]` while every supporter can pay the full price; the place reached.

    Such a project has its least rho, below the least rho of those after it: it is bought whatever the
    others cost, and with any larger share too.
    """
    for place in range(debut, len(ordre)):
        prix = bourses.prix(ordre[place])
        if prix is None or prix.epuises.size:
            return place
        if noter is not None:
            noter(ordre[place], prix, _meme_plancher(bourses, ordre, place))
        bourses.payer(ordre[place], prix)
    return len(ordre)


def _meme_plancher(bourses: Bourses, ordre: Sequence[int], place: int) -> list[int]:
    """Those after `place` in `ordre` whose present rho is exactly the same (none of theirs is worn out)."""
    profil, egaux = bourses.profil, []
    for autre in ordre[place + 1 :]:
        if plancher(profil, autre) != plancher(profil, ordre[place]):
            break
        prix = bourses.prix(autre)
        if prix is not None and not prix.epuises.size:
            egaux.append(autre)
    return egaux


def acheter(bourses: Bourses, candidats: Sequence[int], noter: Noter | None) -> list[int]:
    """Buy the candidate with the smallest rho until nobody can afford any; those bought, in order."""
    profil = bourses.profil
    tas = [(float(plancher(profil, p)) * (1 - MARGE), p) for p in candidats]
    heapify(tas)
    choisis: list[int] = []
    while tas:
        connus: list[tuple[float, int, Bornes]] = []
        plafond = float("inf")
        while tas and tas[0][0] <= plafond:
            p = heappop(tas)[1]
            bornes = bourses.encadrer(p)
            if bornes is None:
                continue  # Purses only shrink: it will never be affordable again.
            connus.append((bornes[0] / echelle(profil, p) * (1 - MARGE), p, bornes))
            plafond = min(plafond, bornes[1] / echelle(profil, p) * (1 + MARGE))
        if not connus:
            break
        gagnant, prix, egaux = _le_moindre(bourses, [(p, bornes) for rho, p, bornes in connus if rho <= plafond])
        for rho, p, _ in connus:
            if p != gagnant:
                heappush(tas, (rho, p))
        if noter is not None:
            noter(gagnant, prix, egaux)
        bourses.payer(gagnant, prix)
        choisis.append(gagnant)
    return choisis


def _le_moindre(bourses: Bourses, proches: Sequence[tuple[int, Bornes]]) -> tuple[int, Prix, list[int]]:
    """Among projects that can be afforded: the smallest rho, its price, and those exactly level with it."""
    rhos = {}
    for p, bornes in proches:
        prix = bourses.prix(p, bornes)
        assert prix is not None, "encadrer() said that it can be afforded"
        rhos[p] = Fraction(prix.numerateur, prix.pleine * echelle(bourses.profil, p)), prix
    gagnant = min(rhos, key=lambda p: (rhos[p][0], p))
    egaux = [p for p in rhos if p != gagnant and rhos[p][0] == rhos[gagnant][0]]
    return gagnant, rhos[gagnant][1], egaux


def parts_egales(profil: Profil, part: Fraction) -> tuple[list[int], list[EtapeParts]]:
    """Projects bought when each voter starts with `part`, in order, and every step."""
    bourses = Bourses(profil, part)
    ordre, gratuits = par_plancher(profil)
    reste = profil.budget
    etapes: list[EtapeParts] = []

    def noter(p: int, prix: Prix, egaux: list[int]) -> None:
        nonlocal reste
        reste -= profil.projets[p].cout
        d = bourses.denominateur
        etapes.append(
            EtapeParts(
                profil.projets[p].id, True, "", profil.projets[p].cout,
                soutiens=profil.soutiens[p].votants,
                apport=bourses.apport(p),
                reste=reste,
                prix=Fraction(prix.numerateur, d * prix.pleine),
                approbation=profil.approbation,
                epuises=int(profil.poids[prix.epuises].sum()),
                apport_epuises=Fraction(prix.apport_epuises, d),
                utilite_pleine=prix.pleine,
                departage=departage(profil, p, egaux),
            )
        )  # fmt: skip

    for place, p in enumerate(gratuits):
        noter(p, Prix(0, profil.soutiens[p].total, AUCUN, 0), gratuits[place + 1 :])
    place = acheter_au_plancher(bourses, ordre, 0, noter)
    choisis = gratuits + ordre[:place] + acheter(bourses, ordre[place:], noter)
    for p in sorted(set(range(len(profil.projets))) - set(choisis)):
        projet, soutiens = profil.projets[p], profil.soutiens[p].votants
        motif = "soutiens_insuffisants" if soutiens else "aucun_soutien"
        etapes.append(EtapeParts(projet.id, False, motif, projet.cout, soutiens, bourses.apport(p), reste))
    return choisis, etapes
