"""The steps of a proposition, and the one sentence that says where it stands."""

from datetime import date

from domain.propositions import events as e
from projections.propositions import PropositionRow, attendus, retards
from web.pages import date_longue, jours
from web.propositions.dossier import Dossier
from web.propositions.mots import ETATS, SUITES, personnes

Etape = dict[str, str]


def etapes(dossier: Dossier, aujourd_hui: date) -> list[Etape]:
    """The five steps, and the answer brought back: what is done, what is late, what is to come."""
    row, names = dossier.etat, dossier.annuaire
    lue = dossier.derniers(e.PropositionQualifiee)
    session = dossier.derniers(e.PropositionMiseEnDiscussion)
    lecture = f"Par : {names.fonction(lue.par)}." if isinstance(lue, e.PropositionQualifiee) else ""
    groupe = ""
    if isinstance(session, e.PropositionMiseEnDiscussion):
        groupe = f"{personnes(session.participants)}, {session.lieu}."
    envoi = f"{names.nom(row.service)}." if row.service else ""
    en_retard = {quoi for quoi, _ in retards(row, aujourd_hui)}
    found = [
        _etape("Reçue", row.deposee_le, "saone"),
        _etape("Lue", row.lue_le, "saone", lecture, row.lecture_avant, "lecture" in en_retard),
        _etape("Parlée en groupe", row.discutee_le, "saone", groupe),
        _etape("Envoyée aux responsables", row.transmise_le, "rhone", envoi),
        _etape("Réponse", row.repondue_le, "confluence", SUITES.get(row.suite or "", ""), row.suite_avant,
               "suite" in en_retard),
        _etape("Réponse rendue à la personne", row.restituee_le, "suite"),
    ]  # fmt: skip
    return _marquees(found, row)


def _etape(
    titre: str, faite_le: date | None, voie: str, texte: str = "", avant: date | None = None, retard: bool = False
) -> Etape:
    if faite_le is not None:
        return {"titre": titre, "etat": "fait", "voie": voie, "date": date_longue(faite_le), "texte": texte}
    attendu = f"au plus tard le {date_longue(avant)}" if avant else ""
    return {"titre": titre, "etat": "en-retard" if retard else "a-venir", "voie": voie, "date": attendu, "texte": ""}


def _marquees(found: list[Etape], row: PropositionRow) -> list[Etape]:
    """What was passed over is « sans objet »; the first step to come is « en cours »."""
    last = max(place for place, etape in enumerate(found) if etape["etat"] == "fait")
    for place, etape in enumerate(found):
        if etape["etat"] == "fait":
            continue
        if place < last:
            etape |= {"etat": "sans-objet", "date": ""}
        elif row.retiree_le is not None:
            etape |= {"etat": "retire", "date": ""}
    ouverte = next((etape for etape in found[last + 1 :] if etape["etat"] == "a-venir"), None)
    if ouverte is not None and not any(etape["etat"] == "en-retard" for etape in found):
        ouverte["etat"] = "en-cours"
    return found


def ou_en_est_on(dossier: Dossier, aujourd_hui: date) -> tuple[str, str, bool]:
    """One sentence, who must act next and before when, and whether that is late."""
    row, names = dossier.etat, dossier.annuaire
    if row.retiree_le is not None:
        return f"La personne a retiré cette proposition le {date_longue(row.retiree_le)}.", "", False
    if row.close_le is not None:
        return f"C’est terminé depuis le {date_longue(row.close_le)}.", "", False
    phrase = _phrase(row)
    suivants = attendus(row)
    if not suivants:
        return phrase, "", False
    quoi, avant = suivants[0]
    qui = names.nom(row.service) if quoi == "suite" and row.service else "L’équipe"
    if avant < aujourd_hui:
        retard = jours((aujourd_hui - avant).days)
        return phrase, f"{qui} devait {FAIRE[quoi]} au plus tard le {date_longue(avant)}. Retard : {retard}.", True
    return phrase, f"{qui} doit {FAIRE[quoi]} au plus tard le {date_longue(avant)}.", False


FAIRE = {"lecture": "lire cette proposition", "suite": "répondre"}


def _phrase(row: PropositionRow) -> str:
    match row.etat:
        case "recue":
            return f"Cette proposition est reçue depuis le {date_longue(row.deposee_le)}."
        case "lue":
            return f"L’équipe l’a lue le {date_longue(row.lue_le)}."
        case "discutee":
            return f"Le groupe en a parlé le {date_longue(row.discutee_le)}."
        case "adoptee":
            return f"Le groupe porte cette proposition depuis le {date_longue(row.adoptee_le)}."
        case "transmise":
            return f"Elle est envoyée aux responsables depuis le {date_longue(row.transmise_le)}."
        case "repondue":
            return f"La réponse est donnée depuis le {date_longue(row.repondue_le)}."
        case "restituee":
            return f"La réponse a été rendue le {date_longue(row.restituee_le)}."
    return f"{ETATS.get(row.etat, row.etat)}."
