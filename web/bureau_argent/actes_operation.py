"""The acts on an operation, in the order in which it usually meets them."""

from collections.abc import Sequence
from typing import cast

from domain.enveloppes.abandonner_operation import AbandonnerOperation
from domain.enveloppes.ajouter_photo import AjouterPhoto
from domain.enveloppes.avancer_operation import AvancerOperation
from domain.enveloppes.decider_operation import DeciderOperation
from domain.enveloppes.engager_credit import EngagerCredit
from domain.enveloppes.events import EtapeOperation, MomentPhoto, MotifAbandon
from domain.enveloppes.liberer_credit import LibererCredit
from domain.enveloppes.mandater_credit import MandaterCredit
from domain.enveloppes.rendre_avis_technique import RendreAvisTechnique
from domain.enveloppes.solder_operation import SolderOperation
from domain.ledger.command import Command
from domain.money import euros_ronds
from domain.texte import SIGNES_LIGNE
from web.argent.mots import ABANDONS, MOMENTS
from web.bureau_argent.formulaires import MONTANT, Acte, Demande, Saisie
from web.bureau_argent.lecture import Credit, OperationLue, compte_en_mots, en_saisie

D = Demande[OperationLue]
OUI_NON = (("oui", "Favorable"), ("non", "Défavorable"))
SOMME = "Somme, en euros"


def _avis(d: D) -> Sequence[Command]:
    return [RendreAvisTechnique(*d.qui, d.lu.row.reference, d.mot("avis") == "oui", d.mot("motif"))]


def _decider(d: D) -> Sequence[Command]:
    return [DeciderOperation(*d.qui, d.lu.row.reference, d.mot("instance"), d.mot("acte"))]


def _engager(d: D) -> Sequence[Command]:
    return [EngagerCredit(*d.qui, d.lu.row.nom, d.lu.row.beneficiaire, d.annee(), d.lu.row.reference, d.montant())]


def _mandater(d: D) -> Sequence[Command]:
    return [MandaterCredit(*d.qui, d.lu.row.nom, d.lu.row.beneficiaire, d.annee(), d.lu.row.reference, d.montant())]


def _liberer(d: D) -> Sequence[Command]:
    row = d.lu.row
    cents, motif = d.montant(), d.mot("motif")
    return [LibererCredit(*d.qui, row.nom, row.beneficiaire, d.annee(), row.reference, cents, motif=motif)]


def _avancer(etape: EtapeOperation, d: D) -> Sequence[Command]:
    return [AvancerOperation(*d.qui, d.lu.row.reference, etape)]


def _solder(d: D) -> Sequence[Command]:
    return [SolderOperation(*d.qui, d.lu.row.reference, d.montant())]


def _photo(d: D) -> Sequence[Command]:
    moment = cast(MomentPhoto, d.mot("moment"))
    return [AjouterPhoto(*d.qui, d.lu.row.reference, moment, d.photo, d.mot("description"))]


def _abandonner(d: D) -> Sequence[Command]:
    """Said once; each account then releases what it holds."""
    row, who = d.lu.row, d.qui
    said = AbandonnerOperation(*who, row.reference, cast(MotifAbandon, d.mot("motif")), d.mot("explication"))
    back = [
        LibererCredit(*who, row.nom, row.beneficiaire, one.annee, row.reference, one.du, motif="Opération abandonnée")
        for one in d.lu.dus
    ]
    return [said, *back]


def _champs_engager(lu: OperationLue) -> Sequence[Saisie]:
    accounts, missing = lu.disponibles, max(0, lu.row.cout_cents - lu.row.engage_cents)
    first = accounts[0] if accounts else None
    options = tuple((str(row.annee), compte_en_mots(row)) for row in accounts)
    proposed = en_saisie(min(missing, first.solde_cents)) if first else ""
    return [
        Saisie("annee", "Sur le compte de", "select", options, valeur=str(first.annee) if first else ""),
        Saisie(MONTANT, SOMME, "number", valeur=proposed, aide=f"Coût prévu non engagé : {euros_ronds(missing)}"),
    ]


def _champs_dus(lu: OperationLue) -> list[Saisie]:
    def told(one: Credit) -> tuple[str, str]:
        return str(one.annee), f"{one.annee} : {euros_ronds(one.du)} engagés et pas payés"

    first = lu.dus[0] if lu.dus else Credit(lu.annee, 0, 0)
    return [
        Saisie("annee", "Sur le compte de", "select", tuple(told(one) for one in lu.dus), valeur=str(first.annee)),
        Saisie(MONTANT, SOMME, "number", valeur=en_saisie(first.du)),
    ]


def _champs_liberer(lu: OperationLue) -> Sequence[Saisie]:
    return [
        *_champs_dus(lu),
        Saisie("motif", "Pourquoi", max=SIGNES_LIGNE, valeur="Moins cher que prévu", aide="Public."),
    ]


def _champs_decider(lu: OperationLue) -> Sequence[Saisie]:
    proposed = lu.decideurs[0][0] if len(lu.decideurs) == 1 else ""
    return [
        Saisie("instance", "Qui décide", "select", lu.decideurs, valeur=proposed),
        Saisie("acte", "Numéro de l’acte", max=SIGNES_LIGNE, aide="Le numéro de la délibération."),
    ]


def _champs_solder(lu: OperationLue) -> Sequence[Saisie]:
    paid = sum(one.paye for one in lu.credits)
    return [Saisie(MONTANT, "Coût réel, en euros", "number", valeur=en_saisie(paid), aide="Proposé : ce qui est payé.")]


def _decidee(lu: OperationLue) -> bool:
    return lu.row.decidee_le is not None and not lu.finie


ACTES: dict[str, Acte[OperationLue]] = {
    acte.nom: acte
    for acte in (
        Acte(
            "avis", "Rendre l’avis technique", "rendre_avis_technique", _avis,
            lambda lu: [
                Saisie("avis", "L’avis", "radios", OUI_NON, valeur="oui"),
                Saisie("motif", "Pourquoi, à quelles conditions", max=SIGNES_LIGNE, aide="Public."),
            ],
            lambda lu: lu.row.etat in ("proposee", "etudiee"),
        ),
        Acte("decider", "Noter la décision", "decider_operation", _decider, _champs_decider,
             lambda lu: lu.row.etat == "etudiee"),
        Acte("engager", "Engager le crédit", "engager_credit", _engager, _champs_engager,
             lambda lu: _decidee(lu) and lu.row.engage_cents < lu.row.cout_cents),
        Acte("commencer", "Les travaux commencent", "avancer_operation", lambda d: _avancer("commencee", d),
             utile=lambda lu: _decidee(lu) and lu.row.commencee_le is None),
        Acte("mandater", "Noter un paiement", "mandater_credit", _mandater, _champs_dus, lambda lu: bool(lu.dus)),
        Acte("receptionner", "Les travaux sont finis", "avancer_operation", lambda d: _avancer("receptionnee", d),
             utile=lambda lu: lu.row.etat == "commencee"),
        Acte("solder", "Solder les comptes", "solder_operation", _solder, _champs_solder,
             lambda lu: lu.row.etat == "receptionnee"),
        Acte("liberer", "Libérer un crédit", "liberer_credit", _liberer, _champs_liberer, lambda lu: bool(lu.dus)),
        Acte(
            "photo", "Ajouter une photo", "ajouter_photo", _photo,
            lambda lu: [
                Saisie("moment", "Quand", "radios", tuple(MOMENTS.items()),
                       valeur="apres" if lu.row.receptionnee_le else "avant"),
                Saisie("description", "Ce qu’elle montre", max=SIGNES_LIGNE, aide="Pour qui ne voit pas la photo."),
            ],
            photo=True,
        ),
        Acte(
            "abandonner", "Abandonner l’opération", "abandonner_operation", _abandonner,
            lambda lu: [
                Saisie("motif", "Motif", "select", tuple((k, v.capitalize()) for k, v in ABANDONS.items())),
                Saisie("explication", "Pourquoi", max=SIGNES_LIGNE, aide="Public."),
            ],
            lambda lu: not lu.finie and lu.row.etat != "receptionnee",
            "Ce qui est engagé et pas payé revient sur les comptes.",
        ),
    )
}  # fmt: skip
