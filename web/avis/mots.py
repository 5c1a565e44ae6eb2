"""The words that pages use for saisines and avis: labels, and one sentence per event."""

from datetime import date

from domain.avis import events as e
from domain.ledger.event import Event
from projections.avis import SaisineRow
from web.pages import date_longue, nombre
from web.propositions.instances import Annuaire

PROCEDURES = {
    "avis_ctm": "Avis d’une conférence des maires",
    "avis_communal": "Avis d’un conseil municipal",
    "saisine_ecrite": "Saisine écrite d’une conférence des maires",
    "contribution": "Contribution d’une conférence des maires",
    "conseil_developpement": "Saisine du Conseil de développement",
}

SENS = {
    "favorable": "Favorable",
    "favorable_avec_reserves": "Favorable avec réserves",
    "defavorable": "Défavorable",
    "sans_avis": "Sans avis",
    "repute_favorable": "Réputé favorable",
    "non_connu": "Sens non porté à la source",
}

SUITES = {"retenue": "Retenue", "partielle": "Retenue en partie", "non_retenue": "Non retenue"}

ETATS = {
    "deposee": "Avis attendu",
    "rendue": "Avis rendu",
    "reputee": "Avis réputé favorable",
    "transmise": "Transmis",
    "presentee": "Présenté au Conseil",
    "adoptee": "Contribution adoptée",
    "demandee": "Présentation demandée",
    "acceptee": "Présentation acceptée",
    "refusee": "Présentation refusée",
    "repondue": "Réponse signée",
    "reponse_transmise": "Réponse transmise aux maires",
    "close": "Terminé",
    "retiree": "Retirée",
}


def etat(row: SaisineRow) -> str:
    """Its state, in words: what is awaited is not the same for each procedure."""
    if row.etat == "deposee" and row.procedure in ("contribution", "conseil_developpement"):
        return "Contribution attendue"
    if row.etat == "deposee" and row.procedure == "saisine_ecrite":
        return "Réponse attendue"
    return ETATS[row.etat]


def sens(row: SaisineRow) -> str:
    """« Favorable avec 2 réserves », or nothing."""
    if row.sens == "favorable_avec_reserves":
        return f"Favorable avec {nombre(row.reserves)}\u00a0réserve{'s' if row.reserves > 1 else ''}"
    return SENS[row.sens] if row.sens else ""


def titre(event: Event, usual: str) -> str:
    """« Avis rendu : favorable avec 2 réserves »; the usual words for any other event."""
    if not isinstance(event, e.AvisRendu):
        return usual
    n = len(event.reserves)
    more = f" ({n}\u00a0réserve{'s' if n > 1 else ''})" if n else ""
    return f"{usual}\u00a0: {SENS[event.sens].lower()}{more}"


def deposee(event: e.SaisineDeposee, names: Annuaire) -> str:
    """Who asks whom."""
    day = event.survenu_le or date.max
    de, a = names.nom_le(event.de, day), names.nom_le(event.a, day)
    match event.procedure:
        case "saisine_ecrite":
            return f"{de} écrit au président de la Métropole. Question\u00a0: {event.objet}."
        case "contribution":
            return f"{de} veut apporter une contribution à\u00a0: {a}. Sujet\u00a0: {event.objet}."
        case _:
            return f"{de} demande son avis à\u00a0: {a}. Sujet\u00a0: {event.objet}."


def rendu(event: e.AvisRendu) -> str:
    """Its sense, how many reservations, the act that carries it."""
    more = f" Réserves\u00a0: {len(event.reserves)}." if event.reserves else ""
    act = f" Acte {event.id_actes}." if event.id_actes else ""
    return f"Avis rendu\u00a0: {SENS[event.sens].lower()}.{more}{act}"


def phrase(event: Event, names: Annuaire) -> str:
    """What this event says, in a sentence."""
    match event:
        case e.SaisineDeposee():
            return deposee(event, names)
        case e.EcheanceProrogee():
            return f"L’échéance est reportée au {date_longue(event.terme)}. Raison\u00a0: {event.motif}."
        case e.RelanceEnvoyee():
            return "L’instance est relancée."
        case e.AvisRendu():
            return rendu(event)
        case e.AvisRecuEnPrefecture():
            return f"L’acte est reçu en préfecture le {date_longue(event.recu_le)}."
        case e.AvisReputeFavorable():
            return f"Avis réputé favorable, faute de délibération jusqu’au {date_longue(event.terme)}."
        case e.AvisTardifRecu():
            return f"Un avis arrive après le terme\u00a0: {SENS[event.sens].lower()}. Il ne change rien."
        case e.AvisTransmis():
            return "L’avis est transmis."
        case e.PresentateurDesigne():
            return f"Présentera cet avis au Conseil\u00a0: {event.elu}."
        case e.AvisPresente():
            return f"Présenté au Conseil{f', séance {event.seance}' if event.seance else ''}."
        case _:
            return _suite(event)


def _suite(event: Event) -> str:
    match event:
        case e.ReserveSuivie():
            return f"Réserve {event.rang}\u00a0: {SUITES[event.suite].lower()}. {event.motif}"
        case e.SuiteDonneeALAvis():
            return f"Suite donnée\u00a0: {SUITES[event.suite].lower()}. {event.motif}"
        case e.AccuseReceptionEmis():
            return "La réception est accusée."
        case e.ServiceDesigne():
            return f"Service qui répondra\u00a0: {event.service}."
        case e.ReponseSignee():
            return f"La réponse est signée\u00a0: {event.qualite}."
        case e.ReponseTransmise():
            return f"La réponse est transmise aux maires de {nombre(len(event.destinataires))} communes."
        case e.ContributionAdoptee():
            return "La contribution est adoptée."
        case e.PresentationDemandee():
            return f"Présentation demandée, par\u00a0: {event.elu}."
        case e.PresentationDecidee():
            why = f" {event.motif}" if event.motif else ""
            return f"La présidence {'accepte' if event.acceptee else 'refuse'} la présentation.{why}"
        case e.SaisineRetiree():
            return f"La saisine est retirée. Raison\u00a0: {event.motif}."
        case e.SaisineClose():
            return "Le dossier est terminé."
    return ""
