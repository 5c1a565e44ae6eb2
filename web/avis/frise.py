"""The steps of a saisine, and the sentence that says where it stands: who acts next, before when, how late."""

from collections.abc import Iterator
from datetime import date, timedelta

from projections.avis import SaisineRow
from web.avis import mots
from web.avis.lecture import Dossier
from web.pages import date_longue, jours

Etape = dict[str, str]
DEMAIN = timedelta(days=1)


def etapes(dossier: Dossier) -> list[Etape]:
    """What is done, what is late, what is to come; what was passed over is « sans objet »."""
    row = dossier.row
    found = list(_etapes(dossier))
    done = [place for place, etape in enumerate(found) if etape["etat"] == "fait"]
    over = bool(row.close_le or row.retiree_le)
    if row.sens == "non_connu":
        return [etape | {"etat": "absente"} if etape["etat"] == "a-venir" else etape for etape in found]
    for place, etape in enumerate(found):
        if etape["etat"] == "a-venir" and (over or place < done[-1]):
            etape |= {"etat": "retire" if row.retiree_le else "sans-objet", "date": ""}
    waiting = next((etape for etape in found if etape["etat"] == "a-venir"), None)
    if waiting is not None and not any(etape["etat"] == "en-retard" for etape in found):
        waiting["etat"] = "en-cours"
    return found


def _etapes(dossier: Dossier) -> Iterator[Etape]:
    row = dossier.row
    late = row.en_retard(dossier.jour)
    filed = "Jour non porté à la source, au plus tard celui-ci." if row.au_plus_tard else ""
    yield _etape("Saisine déposée", row.deposee_le, texte=filed)
    if row.procedure == "saisine_ecrite":
        yield _etape("Réception accusée", row.accuse_le)
        yield _etape("Réponse signée", row.repondue_le, texte=row.service or "", avant=row.terme, retard=late)
        yield _etape("Réponse transmise à tous les maires", row.transmise_le)
        return
    if row.procedure in ("contribution", "conseil_developpement") and not row.rendu_le:
        yield _etape("Contribution adoptée", row.adoptee_le, "saone")
    if row.procedure == "contribution":
        yield _etape("Présentation demandée", row.demandee_le, texte=row.presentateur or "")
    else:
        if row.rendu_le or row.procedure != "conseil_developpement":
            yield _avis(row)
        yield _etape("Avis transmis", row.transmis_le)
    if row.procedure != "avis_communal":
        yield _etape("Présenté au Conseil", row.presente_le, "confluence", row.presentateur or "")
    yield _suite(row)


def _avis(row: SaisineRow) -> Etape:
    found = _etape("Avis rendu", row.rendu_le, texte=mots.sens(row), avant=row.terme)
    return found | {"etat": "repute", "mot": "Réputé favorable"} if row.etat == "reputee" else found


def _suite(row: SaisineRow) -> Etape:
    if row.reserves and not row.suite:
        done = f"{len(row.suivies)} sur {row.reserves}"
        complete = len(row.suivies) >= row.reserves
        return {
            "titre": "Suite donnée à chaque réserve",
            "etat": "fait" if complete else "a-venir",
            "voie": "suite",
            "date": done,
            "texte": "",
        }
    found = _etape("Suite donnée", None, "suite")
    return found | {"etat": "fait", "texte": mots.SUITES[row.suite]} if row.suite else found


def _etape(
    titre: str, le: date | None, voie: str = "rhone", texte: str = "", avant: date | None = None, retard: bool = False
) -> Etape:
    if le is not None:
        return {"titre": titre, "etat": "fait", "voie": voie, "date": date_longue(le), "texte": texte}
    due = f"au plus tard le {date_longue(avant)}" if avant else ""
    return {"titre": titre, "etat": "en-retard" if retard else "a-venir", "voie": voie, "date": due, "texte": ""}


def ou_en_est_on(dossier: Dossier) -> tuple[str, str, bool]:
    """One sentence, who must act next and before when, whether that is late."""
    row = dossier.row
    if row.retiree_le:
        return f"Cette saisine est retirée depuis le {date_longue(row.retiree_le)}.", "", False
    said = _phrase(dossier)
    if row.close_le:
        return f"{said} Le dossier est terminé depuis le {date_longue(row.close_le)}.", "", False
    if row.attendue:
        return said, *attente(row, dossier.jour, _qui(dossier))
    return said, _apres(row), False


def _qui(dossier: Dossier) -> str:
    return "la commune" if dossier.row.procedure == "avis_communal" else "l’instance"


def _phrase(dossier: Dossier) -> str:
    row = dossier.row
    if row.etat == "reputee" and row.rendu_le:
        return f"Avis réputé favorable le {date_longue(row.rendu_le + DEMAIN)}, faute de délibération."
    if row.rendu_le:
        whose = f"Avis du maire de {dossier.seule_commune}" if dossier.seule_commune else "Avis"
        return f"{whose}\u00a0: {mots.sens(row).lower()}, le {date_longue(row.rendu_le)}."
    if row.repondue_le:
        return f"La réponse est signée depuis le {date_longue(row.repondue_le)}."
    if row.adoptee_le:
        return f"La contribution est adoptée depuis le {date_longue(row.adoptee_le)}."
    what = {"saisine_ecrite": "La réponse", "avis_ctm": "L’avis", "avis_communal": "L’avis"}
    waited = what.get(row.procedure, "La contribution")
    return f"{waited} est {'attendu' if waited == 'L’avis' else 'attendue'} depuis le {date_longue(row.deposee_le)}."


def attente(row: SaisineRow, day: date, qui: str) -> tuple[str, bool]:
    """How long it has been, or what is left of the term; whether it is late."""
    spent = f"{jours(max(0, (day - row.deposee_le).days))} écoulés"
    if row.terme is None:
        why = "Le jour de la transmission n’est pas connu" if row.au_plus_tard else "Aucun texte ne fixe de délai"
        silence = " Le silence n’est pas un accord." if row.procedure == "avis_communal" else ""
        return f"{why}\u00a0: {spent}.{silence}", False
    left = (row.terme - day).days
    until = date_longue(row.terme)
    if row.silence_vaut_avis:
        if left < 0:
            return f"Le terme est passé depuis le {until}. Le silence reste à constater.", False
        return f"Il reste {jours(left)} à {qui} pour se prononcer, jusqu’au {until}.", False
    if left < 0:
        return f"Réponse attendue le {until}. Retard\u00a0: {jours(-left)}.", True
    return f"Réponse attendue au plus tard le {until}\u00a0: il reste {jours(left)}, {spent}.", False


def _apres(row: SaisineRow) -> str:
    """What comes next, once the avis, the answer or the contribution is there."""
    if row.sens == "non_connu":
        return "Ce qui a suivi n’est pas dans ce registre."
    if row.procedure == "saisine_ecrite":
        return "" if row.transmise_le else "La réponse doit encore partir à tous les maires de la conférence."
    if row.procedure == "avis_ctm" and row.rendu_le and not row.presente_le:
        who = row.presentateur or "une personne à désigner"
        return f"Il sera présenté au prochain Conseil par\u00a0: {who}."
    if row.procedure == "contribution" and row.acceptee and not row.presente_le:
        return f"Elle sera présentée au prochain Conseil par\u00a0: {row.presentateur}."
    if row.attend_suite and row.reserves:
        left = row.reserves - len(row.suivies)
        return f"{left}\u00a0réserve{'s attendent leur' if left > 1 else ' attend sa'} suite."
    return "La suite donnée est attendue." if row.attend_suite else ""
