"""From rows and dossiers to what the API shows of them."""

from datetime import date, datetime
from typing import Any

from domain.calendrier import PARIS
from domain.law import Regle
from domain.ledger.entry import public_fields
from projections.instances import CommuneRow, InstanceRow
from projections.propositions import PropositionRow, retards
from web.api import formes
from web.propositions import dossier as dossiers
from web.propositions.mots import phrase
from web.recherche.resultats import Resultat
from web.regles.livre import refusals


def _shared(row: object, kind: type[Any], *added: str) -> dict[str, Any]:
    """The fields that both have."""
    return {name: getattr(row, name) for name in kind.__struct_fields__ if name not in added and hasattr(row, name)}


def _of_row(row: PropositionRow, day: date) -> dict[str, Any]:
    return _shared(row, formes.Proposition) | {
        "lien": f"/dossiers/{row.reference}",
        "index": row.depot - 1,
        "en_retard": bool(retards(row, day)),
    }


def proposition(row: PropositionRow, day: date) -> formes.Proposition:
    """A line of a list."""
    return formes.Proposition(**_of_row(row, day))


def dossier(found: dossiers.Dossier) -> formes.Dossier:
    """A dossier as everyone may read it, on the day it was asked for."""
    day = found.au if isinstance(found.au, date) else datetime.now(PARIS).date()
    return formes.Dossier(
        **_of_row(found.etat, day),
        texte=found.texte,
        prenom=found.prenom,
        au=None if found.au is None else str(found.au),
        actes=[acte(found, act) for act in found.actes],
    )


def acte(found: dossiers.Dossier, act: dossiers.Acte) -> formes.ActeLu:
    """One event, without its erasable values."""
    event = act.evenement
    return formes.ActeLu(
        position=act.position,
        index=act.index,
        evenement=act.nom,
        phrase=phrase(event, found.annuaire),
        survenu_le=act.survenu_le.isoformat() if act.survenu_le else None,
        enregistre_le=act.enregistre_le,
        regle=event.regle,
        feuille=act.feuille,
        recu=f"/recu/{act.index}",
        donnees={name: value for name in public_fields(type(event)) if (value := getattr(event, name)) is not None},
    )


def instance(row: InstanceRow) -> formes.Instance:
    """A body or a service."""
    names = [formes.Appellation(**_days(name)) for name in row.appellations]
    return formes.Instance(**_shared(row, formes.Instance, "appellations"), appellations=names)


def commune(row: CommuneRow) -> formes.Commune:
    """A commune, with what it was."""
    before = [formes.Precedente(**_days(former)) for former in row.precedents]
    return formes.Commune(**_shared(row, formes.Commune, "precedents"), precedents=before)


def _days(stored: dict[str, Any]) -> dict[str, Any]:
    """A stored mapping, its ISO dates read."""
    return {n: date.fromisoformat(v) if n in ("du", "au") and isinstance(v, str) else v for n, v in stored.items()}


def regle(found: Regle) -> formes.Regle:
    """A rule of the book."""
    examples = [formes.Exemple(phrase=e.phrase, donne=e.donne, attendu=e.attendu) for e in found.exemples]
    shared = _shared(found, formes.Regle, "exemples", "refus")
    return formes.Regle(**shared, exemples=examples, refus=[refusal.nom for refusal in refusals(found)])


def trouve(result: Resultat) -> formes.Trouve:
    """One result of a search."""
    return formes.Trouve(**_shared(result, formes.Trouve, "etat"), etat=result.mot)
