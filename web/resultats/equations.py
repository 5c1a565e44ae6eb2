"""What the counts of a scrutin must satisfy, as sentences that anyone checks: the minutes, the page, the poster."""

from collections.abc import Iterator

import msgspec

from domain.scrutins import events as e
from web.pages import nombre
from web.resultats.lecture import Scrutin


class Equation(msgspec.Struct, frozen=True):
    """« Bulletins dans l'urne = billets utilisés », its numbers written out, and whether they agree."""

    phrase: str
    calcul: str
    juste: bool


def equations(scrutin: Scrutin) -> list[Equation]:
    """Those that this scrutin's events allow, in the order of the count; nothing before it is closed."""
    clos, depouille = scrutin.dernier(e.ScrutinClos), scrutin.depouille
    if clos is None:
        return []
    return [
        *_urne(scrutin, clos),
        *_couches(scrutin, clos),
        *(_depouillement(scrutin, clos, depouille) if depouille else ()),
    ]


def _egale(phrase: str, gauche: int, droite: int, detail: str = "") -> Equation:
    signe = "=" if gauche == droite else "≠"
    return Equation(phrase, f"{nombre(gauche)} {signe} {detail or nombre(droite)}", gauche == droite)


def _somme(*termes: int) -> str:
    return " + ".join(nombre(terme) for terme in termes)


def _urne(scrutin: Scrutin, clos: e.ScrutinClos) -> Iterator[Equation]:
    yield _egale("Bulletins dans l’urne = billets utilisés", clos.n_urne, clos.n_utilises)
    releves = sum(releve.n for releve in scrutin.tous(e.UrneRelevee))
    yield _egale("Empreintes publiées pendant le vote = bulletins dans l’urne", releves, clos.n_urne)
    revenus = clos.n_utilises + clos.n_echanges + clos.n_rendus
    phrase = "Billets utilisés + échangés + rendus : pas plus que de billets remis"
    juste = revenus <= clos.n_remis
    calcul = f"{_somme(clos.n_utilises, clos.n_echanges, clos.n_rendus)} {'≤' if juste else '>'} {nombre(clos.n_remis)}"
    yield Equation(phrase, calcul, juste)


def _couches(scrutin: Scrutin, clos: e.ScrutinClos) -> Iterator[Equation]:
    entrees = clos.n_urne
    for couche in scrutin.tous(e.CoucheOuverte):
        rejets = sum(couche.rejets.values())
        quoi = "Première clé" if couche.couche == "metropole" else "Deuxième clé"
        yield _egale(f"{quoi} : bulletins entrés = bulletins attendus", couche.n_entrees, entrees)
        detail = _somme(couche.n_sorties, rejets)
        yield _egale(f"{quoi} : entrés = ouverts + rejetés", couche.n_entrees, couche.n_sorties + rejets, detail)
        entrees = couche.n_sorties


def _depouillement(scrutin: Scrutin, clos: e.ScrutinClos, depouille: e.ScrutinDepouille) -> Iterator[Equation]:
    couches = scrutin.tous(e.CoucheOuverte)
    sortis = couches[-1].n_sorties if couches else clos.n_urne
    yield _egale(
        "Bulletins dépouillés = ouverts + papier",
        depouille.n, sortis + depouille.n_papier, _somme(sortis, depouille.n_papier),
    )  # fmt: skip
    nuls = sum(depouille.nuls.values())
    yield _egale(
        "Bulletins dépouillés = comptés + nuls",
        depouille.n, depouille.n_bulletins + nuls, _somme(depouille.n_bulletins, nuls),
    )  # fmt: skip
    yield _egale("Bulletins papier = billets échangés", depouille.n_papier, clos.n_echanges)
    if depouille.liste == "publiee":
        yield _egale("Bulletins publiés = bulletins comptés", len(scrutin.bulletins), depouille.n_bulletins)
        numeros = [bulletin.t for bulletin in scrutin.bulletins if bulletin.t]
        yield _egale("Numéros de vérification : tous différents", len(numeros), len(set(numeros)))
