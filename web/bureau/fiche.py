"""What the team's page of a proposition shows: the person's words, how to answer her, the forms of the acts."""

from typing import Any

import msgspec

from domain.ledger.vault import Vault
from domain.propositions import events as e
from projections.propositions import PropositionRow
from web.acces.persons import Person, today
from web.bureau.actes import ACTES
from web.bureau.formulaire import ActeBureau
from web.bureau.refus import Refus
from web.pages import date_longue
from web.propositions.dire import LECTEURS, MOYENS
from web.propositions.dossier import Dossier
from web.propositions.flux import Flux
from web.propositions.frise import etapes, ou_en_est_on
from web.propositions.mots import CANAUX
from web.propositions.page_dossier import efface, ligne, reponse


class Lu(msgspec.Struct):
    """A proposition, read for somebody of the team."""

    flux: Flux
    dossier: Dossier
    personne: Person


def proposes(row: PropositionRow) -> tuple[list[str], list[str]]:
    """The acts that this dossier waits for, then those that are possible besides. The commands decide."""
    if row.retiree_le is not None or row.close_le is not None:
        return [], []
    lue, repondue, adoptee = row.lue_le is not None, row.repondue_le is not None, row.adoptee_le is not None
    en_cours, publique = lue and not repondue, row.lecture != "equipe"
    first = {
        "rappel": row.rappel_le is not None,
        "qualifier": not lue,
        "moderer": publique and row.publication is None,
        "discuter": en_cours and row.discutee_le is None,
        "adopter": en_cours and row.discutee_le is not None and not adoptee,
        "transmettre": en_cours and adoptee and row.transmise_le is None,
        "repondre": en_cours,
        "restituer": repondue and row.restituee_le is None,
        "clore": row.restituee_le is not None and row.rappel_le is None,
    }
    others = {
        "orienter": True,
        "rectifier": lue,
        "moderer": publique and row.publication is not None,
        "discuter": en_cours and row.discutee_le is not None,
        "transmettre": en_cours and row.transmise_le is not None,
    }
    return [nom for nom, wanted in first.items() if wanted], [nom for nom, wanted in others.items() if wanted]


def formulaires(lu: Lu, refus: Refus | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The forms that this person's functions allow; the refused one first, filled."""
    row = lu.dossier.etat
    first, others = proposes(row)
    if refus is not None:
        first = [refus.acte.nom, *(nom for nom in first if nom != refus.acte.nom)]
        others = [nom for nom in others if nom != refus.acte.nom]
    allowed = [[nom for nom in noms if lu.personne.peut(ACTES[nom].droit, row.instance)] for noms in (first, others)]
    premiers, autres = ([_formulaire(ACTES[nom], lu.dossier, refus) for nom in noms] for noms in allowed)
    return premiers, autres


def _formulaire(acte: ActeBureau, dossier: Dossier, refus: Refus | None) -> dict[str, Any]:
    row, mine = dossier.etat, refus if refus is not None and refus.acte is acte else None
    known = {"titre": row.titre or "", "theme": row.theme or "", "competence": row.competence or ""}
    values = mine.fields if mine else known if acte.nom == "rectifier" else {}
    wrong = {mine.faute.field: mine.faute.message} if mine else {}
    champs = [
        {
            "nom": f"{acte.nom}-{champ.nom}",
            "label": champ.label,
            "sorte": champ.sorte,
            "choix": champ.choix,
            "aide": champ.aide,
            "requis": champ.requis,
            "max": champ.max,
            "valeur": values.get(champ.nom, ""),
            "erreur": wrong.get(champ.nom, ""),
        }
        for champ in acte.champs
    ]
    about = {"nom": acte.nom, "titre": acte.titre, "aide": acte.aide}
    return about | {"champs": champs, "version": dossier.actes[-1].version, "refus": mine}


def contexte(lu: Lu, vault: Vault) -> dict[str, Any]:
    """What the person wrote and how to reach her, as far as it still exists; where it stands; the journal."""
    dossier, row = lu.dossier, lu.dossier.etat
    phrase, suite, retard = ou_en_est_on(dossier, today())
    valeurs = lu.flux.valeurs(vault, row.depot)
    fil = [("/bureau", "Ma semaine"), (f"/bureau/propositions/{row.reference}", row.reference)]
    return {
        "titre": f"{row.titre or 'À lire'} – {row.reference}",
        "fil": [{"href": href, "label": label} for href, label in fil],
        "dossier": dossier,
        "phrase": phrase,
        "suite": suite,
        "retard": retard,
        "etapes": etapes(dossier, today()),
        "texte": valeurs.get("texte", ""),
        "efface": efface(dossier),
        "ajouts": _ajouts(lu, vault),
        "faits": [{"nom": nom, "valeur": valeur} for nom, valeur in _faits(lu, valeurs, vault) if valeur],
        "reponse": reponse(dossier),
        "journal": [ligne(dossier, acte) | {"feuille": ""} for acte in reversed(dossier.actes)],
    }


def _faits(lu: Lu, valeurs: dict[str, Any], vault: Vault) -> list[tuple[str, str]]:
    row = lu.dossier.etat
    moyens, lecteurs = ({valeur: mot for valeur, mot, _ in choix} for choix in (MOYENS, LECTEURS))
    contact = valeurs.get("contact") or ""
    aidant = ", ".join(filter(None, (valeurs.get("aidant_nom"), valeurs.get("aidant_structure"))))
    rappel = _dernier_rappel(lu, vault) if row.rappel_le else {}
    jours = ", ".join(moment.replace("_apres_midi", " après-midi").replace("_", " ") for moment in
                      rappel.get("demi_journees") or ())  # fmt: skip
    return [
        ("Déposée", f"{date_longue(row.deposee_le)}, {CANAUX[row.canal]}"),
        ("Prénom", valeurs.get("prenom") or ""),
        ("Pour répondre", f"{moyens[row.reponse_par]}{f' : {contact}' if contact else ''}"),
        ("Aide", aidant),
        ("Qui peut lire", lecteurs[row.lecture]),
        ("À rappeler", f"demandé le {date_longue(row.rappel_le)}, {row.essais} essai(s)" if row.rappel_le else ""),
        ("Téléphone pour le rappel", rappel.get("telephone") or ""),
        ("Quand rappeler", jours),
        ("Effacement souhaité", date_longue(row.effacement_souhaite_le)),
    ]


def _dernier_rappel(lu: Lu, vault: Vault) -> dict[str, Any]:
    asked = [acte for acte in lu.dossier.actes if isinstance(acte.evenement, e.IncomprehensionSignalee)]
    return lu.flux.valeurs(vault, asked[-1].position) if asked else {}


def _ajouts(lu: Lu, vault: Vault) -> list[dict[str, str]]:
    added = [acte for acte in lu.dossier.actes if isinstance(acte.evenement, e.ComplementAjoute)]
    return [
        {"date": date_longue(acte.survenu_le), "texte": lu.flux.valeurs(vault, acte.position).get("texte", "")}
        for acte in added
    ]
