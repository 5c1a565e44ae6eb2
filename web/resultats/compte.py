"""The count made again from what the register publishes: by the same library as `registre depouiller`."""

from domain.comptage import pabulib
from domain.comptage.election import Election
from domain.comptage.election_pabulib import election as election_du_fichier
from domain.comptage.regles import Resultat, compter, lire_parametres
from domain.scrutins.compte import election as election_du_scrutin
from web.resultats.lecture import Scrutin

# An election and its count.
Compte = tuple[Election, Resultat]


def election_de(scrutin: Scrutin) -> Election | None:
    """What there is to count; None before the count, and under `k_min`."""
    if scrutin.importe is not None:
        return election_du_fichier(pabulib.lire(scrutin.fichier))
    cree, depouille = scrutin.cree, scrutin.depouille
    if cree is None or depouille is None or depouille.liste != "publiee":
        return None
    return election_du_scrutin(cree, scrutin.bulletins)


def regle_de(scrutin: Scrutin) -> tuple[str, dict[str, str]]:
    """The rule that the register names for this scrutin, and its parameters as text."""
    fait = scrutin.cree or scrutin.importe
    assert fait is not None  # a scrutin begins with one or the other
    return fait.regle_comptage, {nom: str(valeur) for nom, valeur in fait.parametres.items()}


def recompte(scrutin: Scrutin) -> Compte | None:
    """The election and its count under the rule of the register, or None while nothing is published."""
    election = election_de(scrutin)
    if election is None:
        return None
    regle, donnes = regle_de(scrutin)
    return election, compter(election, regle, lire_parametres(regle, donnes, election.type_vote))
