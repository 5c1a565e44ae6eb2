"""The minutes of a meeting: every heading that the law asks for, filled from the facts of the meeting (L3121-13)."""

from typing import Any

from domain.calendrier import date_longue as sans_jour
from domain.calendrier import jour
from domain.ledger.event import Event
from domain.seances import events as e
from web.actes_pdf.dossier import Dossier
from web.actes_pdf.extrait import DEMONSTRATION
from web.actes_pdf.liste import sort
from web.actes_pdf.noms import assistance, liste
from web.pages import date_longue, nombre
from web.seances.mots import MODES, ORIGINES, SENS, a_heure, heure
from web.seances.mots import nombre as compte


def proces_verbal(dossier: Dossier, demonstration: bool) -> dict[str, Any]:
    """All that the minutes say."""
    reunion = dossier.reunion
    here = assistance(reunion.seance, reunion.composition, reunion.jour)
    return {
        "titre": f"Procès-verbal, {dossier.corps}, {sans_jour(reunion.jour)}",
        "reference": reunion.reference,
        "corps": dossier.corps,
        "le": date_longue(reunion.jour),
        "etat": _etat(dossier),
        "lignes": [line for line in _cadre(dossier) if line[1]],
        "presents": here.presents,
        "excuses": here.excuses,
        "absents": here.absents,
        "mouvements": _mouvements(dossier),
        "quorums": [_quorum(q) for q in reunion.seance.quorums if q.rang is None],
        "points": [_point(dossier, rang) for rang in reunion.ordre],
        "debats": _debats(dossier),
        "corrections": [f"Entrée n° {f.version} de la séance rectifiée : {f.motif}"
                        for f in _tous(dossier, e.RectificationEnregistree)],
        "pied": f"Imprimé du registre public, à l’acte n° {nombre(dossier.dernier)}.",
        "essai": False,
        "demonstration": DEMONSTRATION if demonstration else "",
    }  # fmt: skip


def _tous(dossier: Dossier, kind: type[Event]) -> list[Any]:
    return [fact for fact in dossier.valables if isinstance(fact, kind)]


def _etat(dossier: Dossier) -> str:
    """Draft, or adopted and where."""
    adopted = _tous(dossier, e.PvArrete)
    if not adopted:
        return "Projet de procès-verbal : l’assemblée ne l’a pas encore arrêté."
    return f"Procès-verbal arrêté à la séance {adopted[0].a_la_seance}, le {_jour(adopted[0])}."


def _cadre(dossier: Dossier) -> list[tuple[str, str]]:
    """When, where, who convened, presided, held the pen."""
    reunion, seance = dossier.reunion, dossier.reunion.seance
    planned, opened = seance.connue(), seance.ouverte
    closed, doors = _tous(dossier, e.SeanceLevee), _tous(dossier, e.HuisClosDecide)
    return [
        ("Date", date_longue(reunion.jour)),
        ("Ouverture", heure(opened.heure) if opened else ""),
        ("Levée", heure(closed[-1].heure) if closed else ""),
        ("Lieu", planned.lieu),
        ("À l’initiative de", ORIGINES[planned.a_l_initiative_de]),
        ("Convocation", _convocation(dossier)),
        ("Présidence", dossier.nom(opened.president) if opened else ""),
        ("Secrétaire de séance", dossier.nom(seance.secretaire) if seance.secretaire else ""),
        ("Huis clos", doors[0].motif if doors else ""),
    ]


def _convocation(dossier: Dossier) -> str:
    seance = dossier.reunion.seance
    if seance.convocation is None:
        return ""
    urgent = {True: ", en urgence admise", False: ", en urgence non admise", None: ", en urgence"}
    return _jour(seance.convocation) + (urgent[seance.urgence_admise] if seance.convocation.urgence else "")


def _mouvements(dossier: Dossier) -> list[str]:
    """Arrivals after the opening, departures, proxies that ended, in order."""
    opened, found = dossier.reunion.seance.ouverte, []
    for fact in dossier.valables:
        match fact:
            case e.PresencesConstatees() if fact.mouvement == "depart" or (opened and fact.heure > opened.heure):
                word = "Arrivée" if fact.mouvement == "arrivee" else "Départ"
                found.append(f"{word}{a_heure(fact.heure)} : {dossier.liste(fact.elus)}.")
            case e.PouvoirRevoque():
                found.append(f"Pouvoir révoqué{a_heure(fact.heure)} : {dossier.nom(fact.mandant)}.")
    return found


def _quorum(fact: e.QuorumConstate) -> str:
    verdict = "Le quorum est atteint." if fact.atteint else "Le quorum n’est pas atteint."
    return f"{fact.en_exercice} membres en exercice, {fact.presents} présents, {fact.seuil} exigés. {verdict}"


def _point(dossier: Dossier, rang: int) -> dict[str, Any]:
    """One item: what was before the body, who was heard, the vote, the names of a public ballot."""
    seance = dossier.reunion.seance
    item, vote = seance.points[rang], seance.votes.get(rang)
    row = dossier.deliberations.get(item.dossier or "")
    return {
        "rang": rang,
        "objet": item.objet,
        "numero": item.dossier or "",
        "lien": f"/deliberations/{row.numero}" if row else "",
        "rapport": f"Rapport du {sans_jour(row.rapport_le)}." if row and row.rapport_le else "",
        "faits": _notes(dossier, rang),
        "mode": MODES[vote.mode].capitalize() if vote else "",
        "nombres": _nombres(vote) if vote else "",
        "noms": _nominatif(dossier, rang),
    } | sort(dossier, rang)


def _nombres(vote: e.VoteCompte) -> str:
    voters = vote.presents + vote.pouvoirs
    return f"{compte(vote.presents, 'présent')}, {compte(vote.pouvoirs, 'pouvoir')}, {compte(voters, 'votant')}."


def _nominatif(dossier: Dossier, rang: int) -> list[tuple[str, str]]:
    """The names by what they voted, for a public ballot; a proxy is said beside its holder."""
    seance = dossier.reunion.seance
    vote = seance.votes.get(rang)
    if vote is None or vote.mode != "public":
        return []
    by: dict[str, list[str]] = {}
    for voix in seance.voix.get(rang, []):
        for_whom = f" (pour {dossier.nom(voix.pouvoir_de)})" if voix.pouvoir_de else ""
        by.setdefault(voix.sens, []).append(f"{dossier.nom(voix.elu)}{for_whom}")
    return [(word, liste(by[sens])) for sens, word in SENS.items() if sens in by]


def _notes(dossier: Dossier, rang: int) -> list[str]:
    """When it was called, who left for it, the quorum, who was heard, who asked for a ballot, why it was put off."""
    seance = dossier.reunion.seance
    found = [f"Point appelé{a_heure(seance.appeles[rang])}."] if rang in seance.appeles else []
    away = sorted(seance.deports.get(rang, set()))
    if away:
        found.append(f"Ne participent ni au débat ni au vote : {dossier.liste(away)}.")
    for fact in dossier.du_point.get(rang, []):
        match fact:
            case e.QuorumConstate():
                found.append(_quorum(fact))
            case e.AuditionTenue():
                found.append(f"Audition : {fact.qualite}.")
            case e.ScrutinDemande():
                word = "accordé" if fact.accorde else "refusé"
                asked = f"{len(fact.demandeurs)} demandes, {fact.seuil} exigées"
                found.append(f"{MODES[fact.mode].capitalize()} demandé : {asked}, {word}.")
            case e.PointRenvoye():
                found.append(f"Point renvoyé : {fact.motif}")
    return found


def _debats(dossier: Dossier) -> list[str]:
    """What was said, as last written."""
    written = _tous(dossier, e.PvRedige)
    return [part.strip() for part in written[-1].debats.split("\n") if part.strip()] if written else []


def _jour(fact: Event) -> str:
    return date_longue(jour(fact.survenu_le)) if fact.survenu_le else ""
