"""`registre depouiller (REF | FILE.pb)`: count an election under a rule, writing nothing anywhere.

A file starts no database and imports no web framework, so that a recount elsewhere stays one quick command.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.comptage import pabulib
from domain.comptage.election import Election
from domain.comptage.election_pabulib import election as election_du_fichier
from domain.comptage.nombres import decimal
from domain.comptage.recit import Recit, nombre, raconter
from domain.comptage.regles import REGLES, ParametreInvalide, Resultat, compter, lire_parametres

if TYPE_CHECKING:
    SousCommandes = argparse._SubParsersAction[argparse.ArgumentParser]

DEVISES = {"EUR": "€"}
# A .pb file counts in its own unit, so the step of growing shares is one of it unless told otherwise.
DEFAUTS = {"pas": "1"}
REFERENCE = re.compile(r"SC-[0-9]{4}-[0-9]{4,9}", re.IGNORECASE)


def add_parser(subparsers: "SousCommandes") -> None:
    """Declare the command among others; `run` is set as the default of `run`."""
    resume = "dépouille un scrutin du registre ou un fichier .pb, sans rien écrire"
    parser = subparsers.add_parser("depouiller", help=resume, description=resume)
    configure(parser)
    parser.set_defaults(run=run)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = "Règles et paramètres : " + " ; ".join(
        f"{regle} ({', '.join(params) or 'aucun'})" for regle, params in REGLES.items()
    )
    parser.add_argument("source", metavar="REF|FILE.pb", help="numéro d'un scrutin, ou fichier au format Pabulib")
    parser.add_argument(
        "--regle", metavar="RULE", help="règle de dépouillement ; par défaut, celle du scrutin dans le registre"
    )
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="k=v",
        help="score=votes|points, seuil=N, depart=exact|entier, arret=exhaustif|depassement, pas=N",
    )
    parser.add_argument("--json", action="store_true", help="un objet JSON sur la sortie standard")


def run(args: argparse.Namespace) -> int:
    """Count and print; 0, or 2 with the reason on stderr (unreadable file, unknown rule, bad parameter)."""
    try:
        election, devise, regle, donnes = _registre(args) if _est_reference(args.source) else _fichier(args)
        parametres = lire_parametres(regle, donnes, election.type_vote, DEFAUTS)
    except OSError as e:
        return _refus(f"fichier illisible : « {args.source} » ({cause(e)})")
    except pabulib.ErreurPabulib as e:
        return _refus(f"fichier illisible : « {args.source} », {e}")
    except ParametreInvalide as e:
        return _refus(str(e))
    for nul in election.nuls:
        print(f"bulletin nul ({nul.repere}) : {nul.motif}", file=sys.stderr)
    suivi = _Suivi(election.budget) if sys.stderr.isatty() else None
    resultat = compter(election, regle, parametres, suivi)
    if suivi is not None:
        suivi.fin()
    if args.json:
        print(json.dumps(objet(resultat, election)))
    else:
        print("\n".join(_texte(resultat, election, DEVISES.get(devise, devise))))
    return 0


# What to count, the currency of its amounts, the rule and its parameters as they were given.
Demande = tuple[Election, str, str, Mapping[str, str]]


def _est_reference(source: str) -> bool:
    return REFERENCE.fullmatch(source) is not None and not Path(source).exists()


def _fichier(args: argparse.Namespace) -> Demande:
    if args.regle is None:
        raise ParametreInvalide("un fichier se dépouille avec une règle : --regle RULE")
    fichier = pabulib.lire(Path(args.source).read_bytes())
    for avertissement in fichier.avertissements:
        print(f"attention : {avertissement}", file=sys.stderr)
    return election_du_fichier(fichier), fichier.meta.get("currency", ""), args.regle, _couples(args.param)


def _registre(args: argparse.Namespace) -> Demande:
    # Only here: a file needs neither the register nor what reads it.
    from web.comptage.registre import a_compter

    election, devise, regle, parametres = a_compter(args.source)
    if args.regle in (None, regle):
        return election, devise, regle, parametres | _couples(args.param)
    return election, devise, args.regle, _couples(args.param)


def objet(resultat: Resultat, election: Election) -> dict[str, Any]:
    """The count as the JSON object of the contract, with the ballots left out and why."""
    cents = Fraction(resultat.cout_total * 100, resultat.unite)
    return {
        "rule": resultat.regle,
        "params": resultat.parametres_utiles(),
        "winners": list(resultat.gagnants),
        "total_cost": decimal(resultat.cout_total, resultat.unite),
        # A file may count finer than the cent; it is told as it is, not rounded.
        "total_cost_cents": int(cents) if cents.denominator == 1 else float(cents),
        "voters": election.votants,
        "null_ballots": [{"ballot": nul.repere, "reason": nul.motif} for nul in election.nuls],
        "steps": [etape.donnees(resultat.unite) for etape in resultat.etapes],
    }


def _couples(params: Sequence[str]) -> dict[str, str]:
    couples: dict[str, str] = {}
    for param in params:
        cle, egal, valeur = param.partition("=")
        if not egal:
            raise ParametreInvalide(f"--param attend k=v, pas « {param} »")
        if cle in couples:
            raise ParametreInvalide(f"paramètre donné deux fois : « {cle} »")
        couples[cle] = valeur
    return couples


def _refus(message: str) -> int:
    print(f"registre : {message}", file=sys.stderr)
    return 2


def cause(erreur: OSError) -> str:
    """Why a file cannot be read, in French."""
    match erreur:
        case FileNotFoundError():
            return "aucun fichier de ce nom"
        case IsADirectoryError():
            return "c'est un dossier"
        case PermissionError():
            return "lecture refusée"
        case _:
            return erreur.strerror or "erreur de lecture"


def _texte(resultat: Resultat, election: Election, devise: str) -> list[str]:
    recit = Recit({p.id: p.nom for p in election.projets}, election.unite, devise)
    regle = ", ".join(f"{nom}={valeur}" for nom, valeur in resultat.parametres_utiles().items())
    retenus = [f"  {rang}. {recit.nom(p)}" for rang, p in enumerate(resultat.gagnants, start=1)]
    return [
        f"Règle : {resultat.regle}" + (f" ({regle})" if regle else ""),
        f"Bulletins comptés : {nombre(str(election.votants))} ; nuls : {nombre(str(len(election.nuls)))}",
        f"Budget : {recit.montant(election.budget)}",
        "",
        *(f"{rang}. {phrase}" for rang, phrase in enumerate(raconter(resultat, election, devise), start=1)),
        "",
        f"Retenus, dans l'ordre : {len(retenus)}, pour {recit.montant(resultat.cout_total)}",
        *retenus,
    ]


class _Suivi:
    """How far the growing shares are, on the terminal."""

    def __init__(self, budget: int) -> None:
        self.budget, self.tours = budget, 0

    def __call__(self, total: int) -> None:
        self.tours += 1
        part = min(100, total * 100 // self.budget) if self.budget else 100
        print(f"\rpart nº {self.tours} : {part} % du budget", end="", file=sys.stderr, flush=True)

    def fin(self) -> None:
        if self.tours:
            print(file=sys.stderr)
