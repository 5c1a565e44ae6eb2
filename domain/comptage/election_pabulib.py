"""From a `.pb` file to the election to count, and back.

Limits of the file (`min_length`, `max_sum_cost`…) are told, not applied: the ballots of a published file
were accepted by those who held the vote. Unknown projects and impossible points still void a ballot.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from domain.comptage.election import Bulletin, BulletinNul, Election, Projet, motif_nullite, sans_repetition
from domain.comptage.nombres import decimal, decimales, lire_nombre
from domain.comptage.pabulib import ErreurPabulib, FichierPb, Tableau

# `scoring` is an older word for points given freely to each project.
TYPES: Final = {
    "approval": "approval", "choose-1": "choose-1", "ordinal": "ordinal",
    "cumulative": "cumulative", "scoring": "cumulative",
}  # fmt: skip


def election(fichier: FichierPb) -> Election:
    """The election to count: costs and budget as integers in 10**-d units of the file."""
    type_vote = TYPES.get(fichier.meta.get("vote_type", "").lower())
    if type_vote is None:
        donne, ligne = fichier.meta.get("vote_type", ""), fichier.reperes_meta.get("vote_type", 0)
        raise ErreurPabulib(ligne, f"vote_type inconnu : « {donne} » (admis : {', '.join(TYPES)})")
    if fichier.meta.get("default_score", "0") not in ("", "0", "0.0"):
        raise ErreurPabulib(fichier.reperes_meta.get("default_score", 0), "default_score doit valoir 0")
    budget = _montant(fichier.meta.get("budget", ""), fichier.reperes_meta.get("budget", 0), "budget")
    lus: dict[str, tuple[Fraction, str]] = {}
    colonnes = (fichier.projets.colonne(c) for c in ("project_id", "cost", "name"))
    for projet, ecrit, nom, ligne in zip(*colonnes, fichier.projets.reperes, strict=True):
        if not projet:
            raise ErreurPabulib(ligne, "projet sans identifiant")
        if projet in lus:
            raise ErreurPabulib(ligne, f"deuxième projet « {projet} »")
        lus[projet] = _montant(ecrit, ligne, f"coût du projet « {projet} »"), nom
    unite = 10 ** max(decimales(v) for v in (budget, *(cout for cout, _ in lus.values())))
    projets = tuple(Projet(p, int(cout * unite), nom) for p, (cout, nom) in lus.items())
    lots, nuls = _bulletins(fichier, type_vote, {p.id: p.cout for p in projets})
    longueur = _longueur_max(fichier, len(projets)) if type_vote == "ordinal" else 0
    return Election(projets, int(budget * unite), type_vote, lots, unite, longueur, nuls)


def _montant(texte: str, ligne: int, quoi: str) -> Fraction:
    try:
        montant = lire_nombre(texte)
    except ValueError:
        raise ErreurPabulib(ligne, f"{quoi} : « {texte} » n'est pas un nombre") from None
    if montant < 0:
        raise ErreurPabulib(ligne, f"{quoi} : « {texte} » est négatif")
    return montant


def _longueur_max(fichier: FichierPb, projets: int) -> int:
    texte = fichier.meta.get("max_length", "")
    if not texte:
        return projets
    if not (texte.isascii() and texte.isdigit()):
        raise ErreurPabulib(fichier.reperes_meta["max_length"], f"max_length : « {texte} » n'est pas un entier")
    return int(texte)


Lots = tuple[tuple[Bulletin, int], ...]


def _bulletins(fichier: FichierPb, type_vote: str, couts: dict[str, int]) -> tuple[Lots, tuple[BulletinNul, ...]]:
    if type_vote == "cumulative" and "points" not in fichier.votes.colonnes:
        raise ErreurPabulib(0, "vote_type cumulative : la section VOTES n'a pas de colonne « points »")
    points = fichier.votes.colonne("points") if type_vote == "cumulative" else [""] * len(fichier.votes.lignes)
    ecrits = list(zip(fichier.votes.colonne("vote"), points, strict=True))
    compte: dict[tuple[str, str], int] = {}
    for ecrit in ecrits:
        compte[ecrit] = compte.get(ecrit, 0) + 1
    lots: list[tuple[Bulletin, int]] = []
    motifs: dict[tuple[str, str], str] = {}
    # One string for all the mentions of a project: memory, and a hash computed once.
    ids = {projet: projet for projet in couts}
    for ecrit, nombre in compte.items():
        bulletin = _bulletin(*ecrit, ids)
        motif = (
            "points négatifs ou non entiers" if bulletin is None
            else motif_nullite(bulletin, couts, type_vote)
        )  # fmt: skip
        if bulletin is None or motif:
            motifs[ecrit] = motif or ""
        else:
            lots.append((sans_repetition(bulletin), nombre))
    nuls = [
        BulletinNul(f"ligne {ligne}", motifs[ecrit])
        for ecrit, ligne in zip(ecrits, fichier.votes.reperes, strict=True)
        if ecrit in motifs
    ] if motifs else []  # fmt: skip
    return tuple(lots), tuple(nuls)


def _bulletin(vote: str, points: str, ids: dict[str, str]) -> Bulletin | None:
    """The ballot as written, repetitions included; None when a number of points is not a whole number."""
    choix = tuple([ids.get(mot) or ids.get(mot.strip(), mot.strip()) for mot in vote.split(",")]) if vote else ()
    if not points.strip():
        return Bulletin(choix)
    try:
        if points.isascii() and points.replace(",", "").isdigit():
            return Bulletin(choix, tuple(map(int, points.split(","))))
        valeurs = [lire_nombre(p) for p in points.split(",")]
    except ValueError:
        return None
    if any(v.denominator != 1 for v in valeurs):
        return None
    return Bulletin(choix, tuple(map(int, valeurs)))


def fichier(
    meta: dict[str, str],
    projets: Sequence[Projet],
    bulletins: Iterable[Bulletin],
    *,
    unite: int,
    budget: int,
    type_vote: str,
) -> FichierPb:
    """A file from an election of ours; amounts in the smallest unit, `unite` of them make one in the file.

    `meta` gives description, country, unit, instance, rule, dates, limits; the counts are added here.
    Voters are numbered in the order given: give ballots in an order that tells nothing of the voters.
    """
    points = type_vote == "cumulative"
    votes = Tableau(["voter_id", "vote", "points"] if points else ["voter_id", "vote"])
    for numero, b in enumerate(bulletins, start=1):
        champs = (str(numero), ",".join(b.choix))
        votes.lignes.append((*champs, ",".join(map(str, b.points))) if points else champs)
    lignes: list[tuple[str, ...]] = [(p.id, decimal(p.cout, unite), p.nom) for p in projets]
    comptes = {"num_projects": str(len(lignes)), "num_votes": str(len(votes.lignes))}
    complet = meta | comptes | {"budget": decimal(budget, unite), "vote_type": type_vote}
    return FichierPb(complet, Tableau(["project_id", "cost", "name"], lignes), votes)
