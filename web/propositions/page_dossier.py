"""The public page of a dossier, as of now or as of `?au=`."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from domain.calendrier import PARIS, jour
from domain.propositions import events as e
from web.colleges.page_dossier import autre_dossier
from web.pages import date_heure, date_longue, nombre, page
from web.propositions.dossier import Acte, Dossier, PasEncore, load_dossier, read_au
from web.propositions.frise import etapes, ou_en_est_on
from web.propositions.mots import MODES_ADOPTION, MOTIFS_EFFACEMENT, SUITES, phrase
from web.services import services

_jour_ecrit, _heure_ecrite = lru_cache(8192)(date_longue), lru_cache(8192)(date_heure)


@get("/dossiers/{reference:str}")
async def voir_dossier(
    request: Request[Any, Any, Any],
    reference: FromPath[str],
    au: FromQuery[str | None] = None,
    vu: FromQuery[int | None] = None,
) -> Response[Any]:
    """Where it stands, the steps, the decision, the journal. 400 on a bad `au`, 404 before the first event."""
    if (other := await autre_dossier(request, reference, au, vu)) is not None:
        return other
    when = read_au(au)
    waited = vu is None or await services(request).watcher.wait_for(vu)
    try:
        dossier = await load_dossier(services(request), reference, when)
    except PasEncore as early:
        return page(request, "propositions/pas_encore.html", status=404, titre=reference, message=early.detail,
                    reference=reference)  # fmt: skip
    if dossier is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    return page(request, "propositions/dossier.html", en_attente=not waited, **contexte(dossier))


def contexte(dossier: Dossier) -> dict[str, Any]:
    """All that the page says, as of the day that was asked for."""
    row, today = dossier.etat, _jour(dossier)
    phrase_, suite, retard = ou_en_est_on(dossier, today)
    titre = row.titre or f"Proposition {dossier.reference}"
    return {
        "titre": f"{titre} – {dossier.reference}" if row.titre else titre,
        "intitule": titre,
        "fil": [
            {"href": "/", "label": "Accueil"},
            {"href": f"/instances/{dossier.instance.slug}", "label": dossier.instance.nom},
            {"href": f"/dossiers/{dossier.reference}", "label": dossier.reference},
        ],
        "atom": f"/dossiers/{dossier.reference}.atom",
        "dossier": dossier,
        "phrase": phrase_,
        "suite": suite,
        "retard": retard,
        "regle": row.regle if suite else None,
        "etapes": etapes(dossier, today),
        "efface": efface(dossier),
        "reserve": _reserve(dossier),
        "reponse": reponse(dossier),
        "adoption": _adoption(dossier),
        "journal": [ligne(dossier, acte) for acte in reversed(dossier.actes)],
        "quand": _quand(dossier),
        "precision": "état enregistré" if isinstance(dossier.au, int) else "à la fin de ce jour",
    }


def ligne(dossier: Dossier, acte: Acte) -> dict[str, Any]:
    """One event of the journal, its dates written out."""
    par = getattr(acte.evenement, "par", None)
    return {
        "numero": nombre(acte.position),
        "index": acte.index,
        "phrase": phrase(acte.evenement, dossier.annuaire),
        "fonction": dossier.annuaire.fonction(par) if par else "",
        "survenu": _jour_ecrit(acte.survenu_le),
        "enregistre": f"le {_heure_ecrite(acte.enregistre_le)}" if acte.enregistre_le else "",
        "feuille": bytes.fromhex(acte.feuille).hex(" ", 2),
    }


def reponse(dossier: Dossier) -> dict[str, Any] | None:
    """The reasoned answer, and who else to ask when it is « pas nous »."""
    event = dossier.derniers(e.SuiteDonnee)
    if not isinstance(event, e.SuiteDonnee):
        return None
    ailleurs = [("À qui demander", event.qui), ("Téléphone", event.telephone), ("Lien", event.lien)]
    return {
        "suite": SUITES[event.suite],
        "motif": event.motif,
        "date": date_longue(event.survenu_le),
        "fonction": dossier.annuaire.fonction(event.par),
        "ailleurs": [{"nom": nom, "valeur": valeur} for nom, valeur in ailleurs if valeur],
    }


def efface(dossier: Dossier) -> str:
    """« Effacé le …, motif … », or nothing."""
    for acte in reversed(dossier.actes):
        event = acte.evenement
        if hasattr(event, "cibles") and hasattr(event, "motif"):
            return f"Effacé le {date_longue(acte.survenu_le)}, motif : {MOTIFS_EFFACEMENT[event.motif]}."
    return ""


def _reserve(dossier: Dossier) -> str:
    row = dossier.etat
    if row.lecture == "equipe" or row.publication == "garder_prive" or row.retiree_le:
        return "Le texte est réservé à l’équipe. Ce dossier montre ce qu’il devient."
    return "Le texte sera public quand une personne de l’équipe l’aura relu."


def _adoption(dossier: Dossier) -> str:
    event = dossier.derniers(e.PropositionAdoptee)
    if not isinstance(event, e.PropositionAdoptee):
        return ""
    return f"Le groupe porte cette proposition, {MODES_ADOPTION[event.mode]}."


def _jour(dossier: Dossier) -> date:
    if isinstance(dossier.au, date):
        return dossier.au
    last = dossier.actes[-1].enregistre_le
    return jour(last) if isinstance(dossier.au, int) and last else datetime.now(PARIS).date()


def _quand(dossier: Dossier) -> str:
    if dossier.au is None:
        return ""
    return f"le {date_longue(dossier.au)}" if isinstance(dossier.au, date) else f"à l’acte n° {dossier.au}"
