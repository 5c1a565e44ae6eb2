"""What the counting commands read in the register: one scrutin, through the database alone."""

from domain.comptage.election import Election
from web.cli import WrongUse
from web.commands.opening import opened
from web.resultats.compte import election_de, regle_de
from web.resultats.lecture import Scrutin, read_now


def lire_scrutin(reference: str) -> Scrutin:
    """The scrutin of this number. Raises WrongUse when the register does not have it."""
    with opened() as (_, urls):
        found = read_now(urls.app, reference.upper())
    if found is None:
        raise WrongUse(f"aucun scrutin ne porte le numéro « {reference} »")
    return found


def a_compter(reference: str) -> tuple[Election, str, str, dict[str, str]]:
    """(election, currency, rule of the register, its parameters). Raises WrongUse while no ballot is published."""
    scrutin = lire_scrutin(reference)
    election = election_de(scrutin)
    if election is None:
        raise WrongUse(f"{scrutin.reference} : ses bulletins ne sont pas publiés, il n'y a rien à compter")
    regle, parametres = regle_de(scrutin)
    devise = scrutin.importe.meta.get("currency", "") if scrutin.importe else "EUR"
    return election, devise, regle, parametres
