"""The count of a scrutin: its election and rule as the register froze them, its result, the digests that prove it."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from domain.comptage.election import Bulletin, Election, Projet
from domain.comptage.regles import REGLES, Parametres, Resultat, compter, lire_parametres
from domain.scrutins.bulletins import cle
from domain.scrutins.events import BulletinDepouille, ScrutinCree

CENTS: Final = 100


def election(cree: ScrutinCree, bulletins: Iterable[BulletinDepouille]) -> Election:
    """The election to count, amounts in cents; blank ballots count as voters."""
    lots = Counter(Bulletin(bulletin.c, bulletin.p) for bulletin in bulletins)
    projets = tuple(Projet(projet.id, projet.cout_cents, projet.titre) for projet in cree.projets)
    rangs = cree.choix_max if cree.type_vote == "ordinal" else 0
    return Election(projets, cree.budget_cents, cree.type_vote, tuple(lots.items()), CENTS, rangs)


def parametres(cree: ScrutinCree) -> Parametres:
    """Every parameter of its rule. Raises ParametreInvalide, which CreerScrutin lets nobody freeze."""
    donnes = {nom: str(valeur) for nom, valeur in cree.parametres.items()}
    return lire_parametres(cree.regle_comptage, donnes, cree.type_vote)


def compter_scrutin(cree: ScrutinCree, bulletins: Iterable[BulletinDepouille]) -> Resultat:
    """Winners and steps, by the rule of the register; the order of the ballots is irrelevant."""
    return compter(election(cree, bulletins), cree.regle_comptage, parametres(cree))


def voix(cree: ScrutinCree, bulletins: Iterable[BulletinDepouille]) -> dict[str, int]:
    """Score of each project under the rule: ballots where the rule counts votes, else points or ranks (Borda)."""
    compte = dict.fromkeys((projet.id for projet in cree.projets), 0)
    en_points = "score" in REGLES[cree.regle_comptage] and parametres(cree).score == "points"
    for bulletin in bulletins:
        for rang, projet in enumerate(bulletin.c):
            if en_points and cree.type_vote == "cumulative":
                compte[projet] += bulletin.p[rang]
            else:
                compte[projet] += cree.choix_max - rang if en_points and cree.type_vote == "ordinal" else 1
    return compte


def empreinte_bulletins(bulletins: Iterable[BulletinDepouille], sel: bytes = b"") -> str:
    """Digest of the salt, then of the canonical JSON of all ballots, sorted: `[{"c":[…],"p":[…],"t":"…"},…]`.

    Empty fields are left out. The salt is empty where the list is published.
    """
    return hashlib.sha256(sel + canonique([msgspec.to_builtins(b) for b in sorted(bulletins, key=cle)])).hexdigest()


def empreinte_trace(resultat: Resultat) -> str:
    """Digest of the canonical JSON of the steps, as `registre depouiller --json` gives them."""
    return hashlib.sha256(canonique([etape.donnees(resultat.unite) for etape in resultat.etapes])).hexdigest()


def canonique(valeur: object) -> bytes:
    """JSON with sorted keys and no space."""
    return msgspec.json.encode(valeur, order="sorted")
