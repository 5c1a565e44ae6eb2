"""What a number names: its stream, what people call it, its page, its chain."""

import msgspec

from domain.avis.events import SaisineDeposee
from domain.budget_participatif.events import IntentionDeposee
from domain.calendrier import date_longue, jour
from domain.deliberations.events import DeliberationImportee, ProjetDepose
from domain.enveloppes.events import EnveloppeOuverte, OperationProposee
from domain.identifiers import est_numero, est_reference
from domain.ledger.event import Event
from domain.propositions.events import PropositionQualifiee, QualificationRectifiee
from domain.scrutins.events import ScrutinCree, ScrutinImporte
from domain.seances.events import SeancePlanifiee
from web.propositions.instances import Annuaire


class Serie(msgspec.Struct, frozen=True):
    """A series of dossiers. `page` is where the address of its own page begins."""

    nom: str
    flux: str
    genre: str
    page: str


DELIBERATION = Serie("deliberation", "deliberations", "Délibération", "/deliberations/")
PROPOSITION = Serie("proposition", "propositions", "Proposition", "/dossiers/")
SERIES = {
    "AV": Serie("saisine", "saisines", "Saisine", "/dossiers/"),
    "BPC": Serie("budget", "budgets", "Budget participatif", "/dossiers/"),
    "EN": Serie("enveloppe", "enveloppes", "Enveloppe", "/dossiers/"),
    "OP": Serie("operation", "operations", "Opération", "/operations/"),
    "SC": Serie("scrutin", "scrutins", "Vote", "/scrutins/"),
    "SEA": Serie("seance", "seances", "Séance", "/seances/"),
}


def serie(reference: str) -> Serie | None:
    """The series of this number; None for what is no number, and for an idea, which is part of a dossier."""
    if est_numero(reference):
        return DELIBERATION
    prefix = reference.partition("-")[0]
    return SERIES.get(prefix, PROPOSITION) if est_reference(reference) and prefix != "IDEE" else None


def flux(reference: str) -> str:
    """The stream of a number that `serie` knows."""
    found = serie(reference)
    assert found is not None
    return f"{found.flux}/{reference}"


def genre(reference: str) -> str:
    """« Délibération »."""
    found = serie(reference)
    return found.genre if found else "Dossier"


def adresse(reference: str) -> str:
    """Its own page."""
    found = serie(reference)
    return f"{found.page if found else '/dossiers/'}{reference}"


def chaine_de(reference: str) -> str:
    """Its chain."""
    return f"/chaines/{reference}"


def intitule(event: Event, names: Annuaire) -> str:
    """What this event says the dossier is called, or nothing."""
    match event:
        case ProjetDepose() | SaisineDeposee() | DeliberationImportee():
            return event.objet
        case OperationProposee() | EnveloppeOuverte() | ScrutinCree() | ScrutinImporte():
            return event.titre
        case PropositionQualifiee() | QualificationRectifiee():
            return event.titre
        case IntentionDeposee():
            return f"Budget participatif {event.edition}, {names.nom(event.college)}"
        case SeancePlanifiee():
            return f"{names.nom(event.instance)}, séance du {date_longue(jour(event.prevue_le))}"
    return ""
