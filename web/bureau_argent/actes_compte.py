"""The acts on one account: a rectification, a carry-over, what the commune adds."""

from collections.abc import Sequence
from typing import Any

from domain.enveloppes.accorder_reconduction import AccorderReconduction
from domain.enveloppes.inscrire_abondement import InscrireAbondement
from domain.enveloppes.rectifier_dotation import RectifierDotation
from domain.ledger.command import Command
from domain.texte import SIGNES_LIGNE
from web.bureau_argent.formulaires import MONTANT, Acte, Demande, Saisie
from web.bureau_argent.lecture import CompteLu, en_saisie

D = Demande[CompteLu]
NUMERO = 40
SENS = (("plus", "En plus"), ("moins", "En moins"))


def deliberation(suggestions: tuple[tuple[str, str], ...], valeur: str = "") -> Saisie:
    """The number of an adopted deliberation, completed while one types."""
    aide = "Elle est adoptée, et inscrite dans ce registre. Exemple : 2026-0042"
    return Saisie(
        "deliberation", "Numéro de la délibération", max=NUMERO, aide=aide, valeur=valeur, suggestions=suggestions
    )


def _rectifier(d: D) -> Sequence[Command]:
    row, cents = d.lu.row, d.montant()
    difference = -cents if d.mot("sens") == "moins" else cents
    account = (row.nom, row.beneficiaire, row.annee)
    return [RectifierDotation(*_deliberee(d), *account, difference, d.mot("motif"))]


def _deliberee(d: D) -> tuple[str, Any, str]:
    return d.acteur.personne, d.acteur.le, d.mot("deliberation")


def _reconduire(d: D) -> Sequence[Command]:
    row = d.lu.row
    return [AccorderReconduction(*d.qui, d.mot("deliberation"), row.nom, row.beneficiaire, row.annee, d.montant())]


def _abonder(d: D) -> Sequence[Command]:
    return [InscrireAbondement(*d.qui, d.lu.row.beneficiaire, d.lu.row.annee, d.montant(), d.mot("acte"))]


ACTES: dict[str, Acte[CompteLu]] = {
    acte.nom: acte
    for acte in (
        Acte(
            "abonder", "Ajouter de l’argent de la commune", "inscrire_abondement", _abonder,
            lambda lu: [
                Saisie(MONTANT, "Somme, en euros", "number"),
                Saisie("acte", "Numéro de l’acte du conseil municipal", max=SIGNES_LIGNE),
            ],
            lambda lu: lu.row.nom == "fic" and lu.row.annee >= lu.annee,
            "Cette somme n’est jamais comptée dans l’enveloppe de la Métropole.",
        ),
        Acte(
            "reconduire", "Reconduire ce qui reste", "accorder_reconduction", _reconduire,
            lambda lu: [
                Saisie(MONTANT, f"Somme pour {lu.row.annee + 1}, en euros", "number",
                       valeur=en_saisie(lu.row.solde_cents)),
                deliberation(lu.deliberations),
            ],
            lambda lu: lu.row.solde_cents > 0 and lu.suivant is not None and not lu.row.sorti_cents,
            "Une seule fois par année : le reste non reconduit demeure sur ce compte.",
        ),
        Acte(
            "rectifier", "Rectifier la dotation", "rectifier_dotation", _rectifier,
            lambda lu: [
                Saisie("sens", "Dans quel sens", "radios", SENS, valeur="moins"),
                Saisie(MONTANT, "Différence, en euros", "number"),
                Saisie("motif", "Pourquoi", max=SIGNES_LIGNE, aide="Public."),
                deliberation(lu.deliberations),
            ],
            aide="L’ancienne dotation reste lisible : seule la différence est écrite.",
        ),
    )
}  # fmt: skip
