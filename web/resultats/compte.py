"""The count made again from what the register publishes: by the same library as `registre depouiller`."""

from domain.comptage import pabulib
from domain.comptage.election import Bulletin, Election, Projet, sans_repetition
from domain.comptage.election_pabulib import election as election_du_fichier
from domain.comptage.regles import Resultat, compter, lire_parametres
from domain.scrutins.events import ScrutinCree
from web.resultats.lecture import Scrutin

CENTS = 100


def election_de(scrutin: Scrutin) -> Election | None:
    """What there is to count; None before the count, and under `k_min`."""
    if scrutin.importe is not None:
        return election_du_fichier(pabulib.lire(scrutin.fichier))
    cree, depouille = scrutin.cree, scrutin.depouille
    if cree is None or depouille is None or depouille.liste != "publiee":
        return None
    return election_publiee(scrutin, cree)


def election_publiee(scrutin: Scrutin, cree: ScrutinCree) -> Election:
    """The published ballots of one of our scrutins; amounts in cents."""
    lots: dict[Bulletin, int] = {}
    for b in scrutin.bulletins:
        bulletin = sans_repetition(Bulletin(b.c, b.p))
        lots[bulletin] = lots.get(bulletin, 0) + 1
    projets = tuple(Projet(p.id, p.cout_cents, p.titre) for p in cree.projets)
    rangs = cree.choix_max if cree.type_vote == "ordinal" else 0
    return Election(projets, cree.budget_cents, cree.type_vote, tuple(lots.items()), CENTS, rangs)


def regle_de(scrutin: Scrutin) -> tuple[str, dict[str, str]]:
    """The rule that the register names for this scrutin, and its parameters as text."""
    fait = scrutin.cree or scrutin.importe
    assert fait is not None  # a scrutin begins with one or the other
    return fait.regle_comptage, {nom: str(valeur) for nom, valeur in fait.parametres.items()}


def recompte(scrutin: Scrutin) -> tuple[Election, Resultat] | None:
    """The election and its count under the rule of the register, or None while nothing is published."""
    election = election_de(scrutin)
    if election is None:
        return None
    regle, donnes = regle_de(scrutin)
    return election, compter(election, regle, lire_parametres(regle, donnes, election.type_vote))
