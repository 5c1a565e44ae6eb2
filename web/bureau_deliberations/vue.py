"""What the secretary reads of one act: where it stands, its steps with their dates, its avis, its meeting."""

from typing import Any, Final

from domain.deliberations import events as e
from domain.deliberations.actes_ctes import lire_identifiant
from domain.deliberations.deliberation import ETAPES
from web.acces.persons import today
from web.bureau_deliberations.lecture import Lu
from web.bureau_deliberations.suite import Attente, suite
from web.deliberations.pages import ETATS, identite, ou_en_est_on, vote
from web.journal.words import kind
from web.pages import NBSP, date_longue, jours, nombre
from web.seances.planifier import carte as carte_de_seance

RACINE: Final = "/bureau/deliberations"
FIL: Final = ({"href": "/bureau", "label": "Ma semaine"}, {"href": RACINE, "label": "Délibérations"})
RECOURS: Final = {"gracieux": "Recours gracieux", "contentieux": "Recours au juge", "defere": "Déféré du préfet"}


def contexte(lu: Lu) -> dict[str, Any]:
    """All that the page says beside its forms."""
    row, attente = lu.row, attente_de(lu)
    sorte, mot = ETATS[row.etat]
    return {
        "titre": f"{row.objet} – {row.numero}",
        "acte": row,
        "instance": lu.acte.annuaire.instance(row.instance),
        "sorte": sorte,
        "mot": mot,
        "phrase": ou_en_est_on(lu.acte),
        "suite": f"{attente.mot}. {attente.quand}".rstrip(". ") + "." if attente else "",
        "suite_regle": attente.regle if attente else "",
        "retard": bool(attente and attente.en_retard(today())),
        "etapes": etapes(lu),
        "avis": avis(lu),
        "seance": seance(lu),
        "sans_seance": not lu.votee and not lu.seances and row.etat != "retiree",
        "vote": vote(lu.acte),
        "faits": [*identite(lu.acte), *identifiant(lu)],
        "incidents": incidents(lu),
        "journal": [ligne(lu, fait) for fait in reversed(lu.acte.faits)],
    }


def attente_de(lu: Lu) -> Attente | None:
    """What it waits for."""
    kind_ = lu.acte.annuaire.instance(lu.row.instance).type
    return suite(lu.row, lu.reunion.row if lu.reunion else None, lu.manquants, lu.signee, kind_ == "conseil")


def etapes(lu: Lu) -> list[dict[str, str]]:
    """The nine steps of the law, done or not, each with its legal day."""
    skipped = {"CommissionConsultee"} if lu.votee and not lu.entendue else set()
    after = ("ActeSigne", "ActeTransmis", "ActeRecu", "ActePublie")
    shown = [name for name in ETAPES if name not in skipped and (name not in after or lu.row.etat != "rejetee")]
    return [etape(lu, name) for name in shown]


def etape(lu: Lu, name: str) -> dict[str, str]:
    """One step, as the timeline takes it."""
    day, title = lu.dates.get(name), ETAPES[name]
    found = {"titre": title[0].upper() + title[1:], "voie": "suite", "etat": "fait" if day else "a-venir"}
    found["titre"] = found["titre"].removeprefix("Le ").removeprefix("La ").removeprefix("L'")
    found["titre"] = found["titre"][0].upper() + found["titre"][1:]
    if day:
        found["date"] = date_longue(day)
    if name == "RapportAdresse" and day and lu.reunion:
        found["texte"] = f"{jours((lu.reunion.jour - day).days)} avant la séance."
    return found


def avis(lu: Lu) -> list[dict[str, str]]:
    """The compulsory avis: there, or awaited until when."""
    found = []
    for reference in lu.row.avis_requis:
        saisine, missing = lu.saisines.get(reference), reference in lu.manquants
        until = f", attendu avant le {date_longue(saisine.terme)}" if saisine and missing and saisine.terme else ""
        who = lu.acte.annuaire.nom(saisine.a) if saisine else "Saisine inconnue du registre"
        found.append(
            {"ref": reference, "qui": f"{who}{until}", "sorte": "a-venir" if missing else "fait",
             "mot": "Attendu" if missing else "Rendu"}
        )  # fmt: skip
    return found


def seance(lu: Lu) -> dict[str, Any] | None:
    """Its meeting, and what is to be done there before the vote can be taken up."""
    if lu.reunion is None:
        return None
    row = lu.reunion.row
    root = f"/bureau/seances-assemblees/{row.reference}"
    card = carte_de_seance(row, root)
    voted = lu.votee or lu.compte is not None or lu.renvoyee
    if voted or not lu.rang:
        return {"carte": card, "geste": "", "href": ""}
    geste = {
        "planifiee": "Noter la convocation",
        "convoquee": "Ouvrir la séance, même après coup",
        "ouverte": "Suivre ce point en direct",
        "levee": "Ce point n’a pas de vote : rectifiez la fin de la séance",
    }.get(row.etat, "")
    return {"carte": card, "geste": geste, "href": f"{root}/points/{lu.rang}" if row.etat == "ouverte" else root}


def identifiant(lu: Lu) -> list[dict[str, str]]:
    """The parts of the @CTES identifier."""
    if not lu.row.id_actes:
        return []
    read = lire_identifiant(lu.row.id_actes)
    parts = f"département {read.departement}, SIREN {read.siren}, {date_longue(read.date)}, acte {read.numero}"
    return [{"nom": "Ce que dit cet identifiant", "valeur": parts}]


def incidents(lu: Lu) -> list[str]:
    """What came after: observations, appeals, corrections, withdrawal; in a sentence each, the latest first."""
    told = [(fait, phrase(fait.event)) for fait in lu.acte.faits]
    return [f"{date_longue(fait.event.survenu_le)}{NBSP}: {said}" for fait, said in reversed(told) if said]


def phrase(event: Any) -> str:
    """One of these in a sentence, nothing for an ordinary step."""
    match event:
        case e.CommissionConsultee():
            return f"{event.commission}, {event.sens or 'avis entendu'}."
        case e.ObservationsPrefet():
            return f"le préfet observe. {event.motif}"
        case e.RecoursForme():
            return f"{RECOURS[event.nature].lower()}."
        case e.RecoursJuge():
            return f"issue du recours, {event.issue.replace('_', ' ')}. {event.motif}"
        case e.DeliberationRectifiee():
            return f"{event.champ}, «{NBSP}{event.avant}{NBSP}» devient «{NBSP}{event.apres}{NBSP}». {event.motif}"
        case e.DeliberationRetiree():
            by = f" Remplacée par {event.remplacee_par}." if event.remplacee_par else ""
            return f"retrait. {event.motif}{by}"
    return ""


def ligne(lu: Lu, fait: Any) -> dict[str, Any]:
    """One line of the journal."""
    par = getattr(fait.event, "par", "")
    return {
        "numero": nombre(fait.fact.position),
        "index": fait.fact.position - 1,
        "phrase": f"{kind(fait.event.TOPIC)}.",
        "fonction": lu.acte.annuaire.fonction(par) if par else "",
        "survenu": date_longue(fait.event.survenu_le),
        "enregistre": "",
        "feuille": "",
    }
