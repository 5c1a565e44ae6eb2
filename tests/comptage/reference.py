"""Equal shares as in the textbook: one purse per voter, every project priced anew, fractions only."""

from fractions import Fraction

from domain.comptage.election import Bulletin, Election


def utilites(election: Election) -> list[dict[str, Fraction]]:
    """For each voter, the utility of each project that counts for them; approvals are worth the cost."""
    couts = {p.id: p.cout for p in election.projets}
    voix: list[dict[str, Fraction]] = []
    for bulletin, nombre in election.lots:
        voix += [_utilites(election, couts, bulletin)] * nombre
    return voix


def _utilites(election: Election, couts: dict[str, int], bulletin: Bulletin) -> dict[str, Fraction]:
    match election.type_vote:
        case "cumulative":
            paires = dict(zip(bulletin.choix, bulletin.points, strict=True))
        case "ordinal":
            paires = {p: election.longueur_max - rang for rang, p in enumerate(bulletin.choix)}
        case _:
            # A free project has no cost to be worth: any positive number leaves its rho at 0.
            paires = {p: couts[p] or 1 for p in bulletin.choix}
    return {p: Fraction(u) for p, u in paires.items() if u > 0}


def votes(election: Election, projet: str) -> int:
    return sum(nombre for bulletin, nombre in election.lots if projet in bulletin.choix)


def rho(cout: int, soutiens: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Smallest rho with sum of min(purse, rho * utility) == cost, over (purse, utility) pairs."""
    if not soutiens or sum((m for m, _ in soutiens), Fraction(0)) < cout:
        return None
    manque, utilite = Fraction(cout), sum((u for _, u in soutiens), Fraction(0))
    for bourse, u in sorted(soutiens, key=lambda s: s[0] / s[1]):
        if manque / utilite <= bourse / u:
            return manque / utilite
        manque, utilite = manque - bourse, utilite - u
    raise AssertionError("the last supporter can always pay when all together can")


def parts_egales_naif(election: Election, part: Fraction) -> list[str]:
    voix = utilites(election)
    bourses = [part] * len(voix)
    choisis: list[str] = []
    while True:
        offres = []
        for p in election.projets:
            qui = [v for v in range(len(voix)) if p.id in voix[v]]
            r = rho(p.cout, [(bourses[v], voix[v][p.id]) for v in qui])
            if p.id not in choisis and r is not None:
                offres.append((r, p.cout, -votes(election, p.id), p.id, qui))
        if not offres:
            return choisis
        r, _, _, gagnant, qui = min(offres)
        choisis.append(gagnant)
        for v in qui:
            bourses[v] -= min(bourses[v], r * voix[v][gagnant])


def add1_naif(election: Election, part: Fraction, pas: Fraction, exhaustif: bool) -> list[str]:
    """One step after the other, none skipped."""
    couts = {p.id: p.cout for p in election.projets}
    soutenus = {p for voix in utilites(election) for p in voix}
    choisis = parts_egales_naif(election, part)
    while set(choisis) != soutenus:
        reste = election.budget - sum(couts[p] for p in choisis)
        if exhaustif and all(couts[p] > reste for p in couts if p not in choisis):
            break
        part += pas
        suivants = parts_egales_naif(election, part)
        if sum(couts[p] for p in suivants) > election.budget:
            break
        choisis = suivants
    return choisis
