"""The chain of a deliberation: every step in its order, who, when, by which rule, the proof; and the holes, said."""

from datetime import date, datetime
from typing import Any

from domain.chaines.events import JalonConstate, PieceAbsente
from domain.deliberations import events as e
from domain.deliberations.regles import ENTREE_EN_VIGUEUR, ETAPES_DE_DELIBERATION
from domain.ledger.event import Event
from domain.majorites.simple import Resultat
from domain.majorites.suffrages import Suffrages
from domain.seances import events as s
from domain.seances.regles import CONVOCATION, PROCES_VERBAL
from web.deliberations.lecture import Acte, Fait
from web.pages import MONTHS, date_heure, date_longue, nombre

ISSUES = {"adoptee": "Adoptée", "rejetee": "Rejetée", "ajournee": "Ajournée", "retiree": "Retirée"}

# What a voted deliberation must have, in order: the event, its name, the rule that asks for it.
ATTENDUS: tuple[tuple[type[Event], str, str], ...] = (
    (e.CommissionConsultee, "Commission consultée", ETAPES_DE_DELIBERATION.id),
    (e.RapportAdresse, "Rapport adressé aux membres", CONVOCATION.id),
    (s.ConvocationEnvoyee, "Convocation", CONVOCATION.id),
    (e.DeliberationVotee, "Vote", ETAPES_DE_DELIBERATION.id),
    (e.ActeSigne, "Signature", ETAPES_DE_DELIBERATION.id),
    (e.ActeTransmis, "Transmission au préfet", ENTREE_EN_VIGUEUR.id),
    (e.ActeRecu, "Réception par le préfet", ENTREE_EN_VIGUEUR.id),
    (e.ActePublie, "Publication ou affichage", ENTREE_EN_VIGUEUR.id),
    (s.PvPublie, "Procès-verbal publié", PROCES_VERBAL.id),
)


def noeuds(acte: Acte) -> list[dict[str, Any]]:
    """Every node, in the order of what happened; what is missing where it should have been."""
    found = [_jalon(acte, f) for f in acte.jalons if isinstance(f.event, JalonConstate)]
    found.append(_noeud(acte, acte.faits[0], "Projet déposé", ETAPES_DE_DELIBERATION.id))
    voted = acte.deliberation.votee is not None and "DeliberationVotee" in acte.deliberation.dates
    for kind, titre, regle in ATTENDUS:
        fait = acte.premier(kind)
        if fait is not None:
            found.append(_noeud(acte, fait, titre, regle))
        elif voted:
            found.append(_absente(titre, regle))
    found += [_noeud(acte, f, TITRES[type(f.event)], f.event.regle) for f in acte.faits if type(f.event) in TITRES]
    found += [_absente(f.event.attendu, f.event.regle) for f in acte.jalons if isinstance(f.event, PieceAbsente)
              and not any(n["titre"] == f.event.attendu for n in found)]  # fmt: skip
    return found


TITRES: dict[type[Event], str] = {
    e.ObservationsPrefet: "Observations du préfet",
    e.RecoursForme: "Recours formé",
    e.RecoursJuge: "Recours jugé",
    e.DeliberationRetiree: "Délibération retirée",
    e.DeliberationRectifiee: "Erreur corrigée",
}


def _noeud(acte: Acte, fait: Fait, titre: str, regle: str | None) -> dict[str, Any]:
    event = fait.event
    par = getattr(event, "par", None)
    decision = isinstance(event, e.DeliberationVotee)
    return {
        "titre": f"Vote : {ISSUES[event.issue].lower()}" if isinstance(event, e.DeliberationVotee) else titre,
        "etat": "fait",
        "voie": "confluence" if decision else "suite" if _apres(acte, fait) else "rhone",
        "date": date_longue(event.survenu_le),
        "texte": texte(acte, event),
        "qui": acte.annuaire.fonction(par) if par else "",
        "regle": event.regle or regle,
        "source": getattr(event, "source", None),
        "numero": nombre(fait.fact.position),
        "index": fait.fact.position - 1,
        "enregistre": date_heure(fait.fact.recorded_at) if fait.fact.recorded_at else "",
    }


def _apres(acte: Acte, fait: Fait) -> bool:
    vote = acte.premier(e.DeliberationVotee)
    return vote is not None and fait.fact.position > vote.fact.position


def _jalon(acte: Acte, fait: Fait) -> dict[str, Any]:
    event = fait.event
    assert isinstance(event, JalonConstate)
    base = _noeud(acte, fait, event.titre, event.regle)
    voie = "rhone" if event.ligne == "institution" else "saone"
    text = f"{event.qui}. {event.texte}" if event.texte else f"{event.qui}."
    return base | {"voie": voie, "date": periode(event), "texte": text, "qui": ""}


def periode(event: JalonConstate) -> str:
    """« de janvier à mai 2016 », as precisely as the text says."""
    first, last = event.survenu_le, event.au
    assert first is not None
    if event.precision == "annee":
        return str(first.year)
    if event.precision == "mois" and last is not None:
        return f"de {MONTHS[first.month - 1]} à {MONTHS[last.month - 1]} {last.year}"
    return date_longue(first) if last is None else f"du {date_longue(first)} au {date_longue(last)}"


def _absente(titre: str, regle: str | None) -> dict[str, Any]:
    return {
        "titre": titre,
        "etat": "absente",
        "voie": "suite",
        "date": "",
        "texte": "Aucun acte du registre ne la porte. Elle existe peut-être sur papier.",
        "qui": "",
        "regle": regle,
        "source": None,
        "numero": "",
        "index": None,
        "enregistre": "",
    }


def texte(acte: Acte, event: Event) -> str:
    """What a node says beside its title."""
    vote = acte.row.votee_le
    match event:
        case e.ProjetDepose():
            return f"Rapporteur : {event.rapporteur}." if event.rapporteur else ""
        case e.CommissionConsultee():
            return f"{event.commission}{f' : {event.sens}' if event.sens else ''}."
        case e.RapportAdresse() if vote and event.survenu_le:
            return delai(event.survenu_le, vote)
        case s.ConvocationEnvoyee() if vote and event.survenu_le:
            return delai(event.survenu_le, vote)
        case e.DeliberationVotee():
            return phrase_du_vote(event)
        case e.ActeTransmis() if event.id_actes:
            return f"Identifiant {event.id_actes}."
        case e.ActePublie():
            return "Affichage." if event.mode == "affichage" else f"En ligne, empreinte {event.empreinte}."
        case e.DeliberationRectifiee():
            return f"{event.champ} : « {event.avant} » devient « {event.apres} ». {event.motif}"
        case e.RecoursJuge() | e.DeliberationRetiree() | e.ObservationsPrefet():
            return event.motif
    return ""


def delai(envoi: date, vote: date) -> str:
    """« 25 jours avant la séance, 12 exigés. »"""
    days = (vote - (envoi.date() if isinstance(envoi, datetime) else envoi)).days
    least = int(CONVOCATION.parametres["jours"])
    return f"{days} jours avant la séance, {least} exigés{'' if days >= least else ' : trop tard'}."


def phrase_du_vote(event: e.DeliberationVotee) -> str:
    """The vote in a sentence; where the source carries no count, none is guessed."""
    if event.issue == "ajournee":
        return "Le point est renvoyé à une autre séance."
    if event.detail != "porte" or event.pour is None or event.contre is None:
        word = ISSUES[event.issue]
        return f"{word}. Le détail du vote n’est pas porté à l’extrait : voir le procès-verbal."
    counts = Suffrages(
        event.presents, event.pouvoirs, event.pour, event.contre, event.abstentions or 0, event.nuls or 0
    )
    favorable = event.issue == "adoptee"
    chair = ("pour" if favorable else "contre") if event.preponderante else None
    result = Resultat(counts, "favorable" if favorable else "defavorable", event.preponderante, chair)  # type: ignore[arg-type]
    return result.phrase
