"""`/argent/suivi`: the points of follow-up that the Pacte promises; frozen figures, computed again before your eyes."""

from datetime import date
from typing import Any

from litestar import Request, Response, get

from domain.money import euros
from projections.argent_rows import PhotographieRow, RendezVousRow
from web.argent.chiffres import chiffres, empreinte
from web.argent.mots import ENVELOPPES, MOUVEMENTS, OBJETS
from web.colleges.lecture import read
from web.colleges.pages import fil
from web.pages import date_longue, nombre, page
from web.services import Services, services


@get("/argent/suivi")
async def voir_suivi(request: Request[Any, Any, Any]) -> Response[str]:
    """The meetings, held or not; each snapshot with the digest that was written and the one computed now."""
    found = services(request)
    meetings = await read(found, RendezVousRow, "true ORDER BY prevu_pour")
    frozen = await read(found, PhotographieRow, "true ORDER BY jour DESC LIMIT 20")
    context: dict[str, Any] = {
        "rendez_vous": [_rendez_vous(row) for row in meetings],
        "photographies": [await photographie(found, row) for row in frozen],
    }
    crumbs = fil(("/", "Accueil"), ("/argent", "Argent"), ("/argent/suivi", "Suivi"))
    return page(request, "argent/suivi.html", titre="Le suivi du Pacte", fil=crumbs, **context)


def _rendez_vous(row: RendezVousRow) -> dict[str, Any]:
    return {
        "titre": f"{OBJETS[row.objet]} {row.cle.rpartition('-')[2]}",
        "voie": "suite",
        "etat": "fait" if row.tenu_le else "a-venir",
        "date": date_longue(row.tenu_le) if row.tenu_le else f"prévu pour le {date_longue(row.prevu_pour)}",
        "texte": row.conclusions or "",
    }


async def photographie(services: Services, row: PhotographieRow) -> dict[str, Any]:
    """A snapshot, its figures read again from the movements, and both digests."""
    figures = await chiffres(services, date.fromisoformat(row.jour), row.connu)
    again = empreinte(figures)
    return {
        "titre": row.titre,
        "jour": row.jour,
        "quand": date_longue(date.fromisoformat(row.jour)),
        "acte": nombre(row.position),
        "index": row.position - 1,
        "connu": nombre(row.connu),
        "figee": row.empreinte,
        "refaite": again,
        "juste": again == row.empreinte,
        "lignes": [
            {"enveloppe": ENVELOPPES.get(nom, nom), "annee": annee, "mot": MOUVEMENTS[sorte],
             "somme": euros(paye if sorte == "mandatement" else cents)}
            for nom, annee, sorte, cents, paye in figures["sommes"]
        ],
    }  # fmt: skip
