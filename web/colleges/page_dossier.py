"""`/dossiers/BPC-2026-0001`, as of now or as of `?au=`; the numbers of ideas and of scrutins lead to their pages."""

from datetime import date
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from domain.identifiers import est_numero, est_reference
from domain.money import euros_ronds
from projections.budgets_rows import IdeeRow, ProjetRow
from web.argent.dossiers import vers_argent
from web.avis.page import voir_saisine
from web.colleges.flux import Ensemble, Fait, load
from web.colleges.frise import etapes, ou_en_est_on, vie
from web.colleges.lecture import read
from web.colleges.mots import AVIS, CANAUX, ETATS_IDEE, ETATS_PROJET, FINIS, MOTIFS_ECART, phrase
from web.pages import date_heure, date_longue, nombre, page
from web.propositions.dossier import PasEncore, read_au
from web.services import services


async def autre_dossier(
    request: Request[Any, Any, Any], reference: str, au: str | None, vu: int | None
) -> Response[Any] | None:
    """The page of a collège's dossier, or where an idea or a scrutin is shown; None for any other number. 404."""
    match reference.partition("-")[0] if est_reference(reference) else "":
        case "AV":
            return await voir_saisine(request, reference, au, vu)
        case "BPC":
            return await voir(request, reference, read_au(au), vu)
        case "IDEE":
            return await vers_idee(request, reference)
        case "SC":
            return Redirect(f"/scrutins/{reference}", status_code=303)
        case "EN" | "OP":
            return await vers_argent(request, reference)
    if est_numero(reference):
        return Redirect(f"/deliberations/{reference}", status_code=303)
    return None


async def vers_idee(request: Request[Any, Any, Any], reference: str) -> Response[Any]:
    """An idea is shown in the dossier of its collège. 404."""
    found = await read(services(request), IdeeRow, "reference = %s", (reference,))
    if not found:
        raise NotFoundException(f"Aucune idée ne porte le numéro {reference}.")
    return Redirect(f"/dossiers/{found[0].dossier}#{reference}", status_code=303)


async def voir(request: Request[Any, Any, Any], reference: str, au: int | date | None, vu: int | None) -> Response[str]:
    """Where it stands, the steps, each project's life, the ideas, the money, the journal. 404."""
    waited = vu is None or await services(request).watcher.wait_for(vu)
    try:
        found = await load(services(request), reference, au)
    except PasEncore as early:
        return page(request, "propositions/pas_encore.html", status=404, titre=reference, message=early.detail,
                    reference=reference)  # fmt: skip
    if found is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference}.")
    return page(request, "colleges/dossier.html", en_attente=not waited, **contexte(found))


def contexte(found: Ensemble) -> dict[str, Any]:
    """All that the page says."""
    row, (phrase_, suite) = found.budget, ou_en_est_on(found)
    titre = f"{found.college}, budget participatif {row.edition}"
    fil = [
        ("/", "Accueil"),
        ("/colleges", "Collèges"),
        (f"/colleges/{row.college}", found.college),
        (f"/dossiers/{row.reference}", row.reference),
    ]
    return {
        "titre": f"{titre} – {row.reference}",
        "intitule": f"Budget participatif {row.edition}",
        "fil": [{"href": href, "label": label} for href, label in fil],
        "atom": f"/dossiers/{row.reference}.atom",
        "budget": row,
        "college": found.college,
        "phrase": phrase_,
        "suite": suite,
        "etapes": etapes(found),
        "projets": [projet(found, p) for p in found.projets],
        "idees": [idee(i) for i in found.idees],
        "argent": argent(found),
        "journal": [ligne(found, fait) for fait in reversed(found.faits)],
        "depot": row.depot - 1,
        "quand": _quand(found.au),
        "precision": "état enregistré" if isinstance(found.au, int) else "à la fin de ce jour",
    }


def projet(found: Ensemble, row: ProjetRow) -> dict[str, Any]:
    """One project: what it is, its life, its picture."""
    etat = found.etat(row)
    stopped = etat in ("non_elu", "non_retenu", "abandonne")
    return {
        "id": row.projet,
        "titre": row.titre,
        "phrase": row.phrase,
        "prix": euros_ronds(row.cout_cents),
        "comparaison": row.comparaison,
        "lieu": row.lieu,
        "avis": row.avis,
        "sorte": "fait" if etat in FINIS else "sans-objet" if stopped else "en-cours",
        "mot": ETATS_PROJET[etat],
        "vie": vie(found, row),
        "idees": row.idees,
        "photo": row.photo,
        "image": row.image,
        "image_texte": row.image_texte,
        "description": row.description,
        "reel": euros_ronds(row.cout_reel_cents) if row.realise_le else "",
    }


def idee(row: IdeeRow) -> dict[str, Any]:
    """One idea, its lineage, its answer with the reason."""
    answer = f"{AVIS[row.avis]}. {row.raison}" if row.avis else ""
    sorte = {"ecartee": "sans-objet", "non_recevable": "sans-objet", "regroupee": "sans-objet", "au_vote": "fait"}
    return {
        "ref": row.reference,
        "titre": row.titre or "Idée sans titre",
        "resume": row.resume or "",
        "sorte": sorte.get(row.etat, "en-cours"),
        "mot": ETATS_IDEE[row.etat],
        "origine": f"{CANAUX[row.canal]}{f', {row.lieu}' if row.lieu else ''}, le {date_longue(row.deposee_le)}",
        "motif": f"Motif : {MOTIFS_ECART[row.motif]}." if row.motif else "",
        "dans": row.dans or "",
        "motif_groupe": row.motif_groupe or "",
        "groupe": row.groupe,
        "reponse": answer,
        "cout": euros_ronds(row.cout_cents),
        "projet": row.projet or "",
    }


def argent(found: Ensemble) -> list[dict[str, str]]:
    """The sums, in the order in which they came."""
    row = found.budget
    voted = sorted({p.deliberation for p in found.projets if p.deliberation})
    spent = sum(p.cout_reel_cents or 0 for p in found.projets if p.realise_le)
    lines = [
        ("Budget du collège", euros_ronds(row.budget_cents)),
        ("Demandé à la Métropole", euros_ronds(row.montant_cents)),
        ("Voté par le Conseil", f"{euros_ronds(row.alloue_cents)} ({', '.join(voted)})" if row.alloue_cents else ""),
        ("Dépensé", euros_ronds(spent) if any(p.realise_le for p in found.projets) else ""),
    ]
    return [{"nom": nom, "valeur": valeur} for nom, valeur in lines if valeur]


def ligne(found: Ensemble, fait: Fait) -> dict[str, Any]:
    """One event of the journal, its dates written out."""
    fact = fait.fact
    par = getattr(fact.event, "par", None)
    where = fact.stream.partition("/")[2]
    about = "" if where == found.reference else f"{where} : "
    return {
        "numero": nombre(fact.position),
        "index": fact.position - 1,
        "phrase": about + phrase(fact.event),
        "fonction": found.annuaire.fonction(par) if par else "",
        "survenu": date_longue(fact.event.survenu_le),
        "enregistre": f"le {date_heure(fact.recorded_at)}" if fact.recorded_at else "",
        "feuille": bytes.fromhex(fait.feuille).hex(" ", 2),
    }


def _quand(au: int | date | None) -> str:
    if au is None:
        return ""
    return f"le {date_longue(au)}" if isinstance(au, date) else f"à l’acte n° {au}"
