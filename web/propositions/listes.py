"""Lists of dossiers: of each instance, and of the answers that are late, which everyone may see."""

from collections.abc import Sequence
from datetime import date
from typing import Any, LiteralString

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from projections.instances import InstanceRow
from projections.propositions import PropositionRow, retards
from web.acces.persons import today
from web.mandats.histoire import histoire
from web.pages import date_longue, jours, page
from web.propositions.dossier import read_au
from web.propositions.instances import Annuaire, annuaire
from web.propositions.mots import ETATS
from web.propositions.voix import voix
from web.reunions.lecture import prochaine
from web.seances.assemblee import assemblee
from web.services import Services, services

PAR_PAGE = 50
DERNIERE = 20_000
COLUMNS: LiteralString = """reference, instance, etat, titre, theme, competence, canal, lecture, reponse_par,
    territoire, regle, code_empreinte, deposee_le, lue_le, publication, avec_prenom, discutee_le, participants,
    adoptee_le, transmise_le, service, repondue_le, suite, restituee_le, comprise_le, rappel_le, essais, ajout_le,
    close_le, retiree_le, effacement_souhaite_le, effacee_le, lecture_avant, suite_avant, depot, position, evenements"""
RETARD: LiteralString = """retiree_le IS NULL AND repondue_le IS NULL
    AND (suite_avant < %s OR lue_le IS NULL AND lecture_avant < %s)"""
NOMBRE_DE_RETARDS: LiteralString = "SELECT count(*) FROM propositions WHERE " + RETARD  # noqa: S608  # literals


async def read_rows(services: Services, where: LiteralString, values: Sequence[Any]) -> list[PropositionRow]:
    """The propositions that this clause (and what follows it: order, limit) chooses."""
    query: LiteralString = f"SELECT {COLUMNS} FROM propositions WHERE {where}"  # noqa: S608  # literals
    names = PropositionRow.__struct_fields__
    return [PropositionRow(**dict(zip(names, row, strict=True))) for row in await services.fetch(query, values)]


@get("/instances/{slug:str}")
async def voir_instance(
    request: Request[Any, Any, Any], slug: FromPath[str], numero: FromQuery[int] = 1, au: FromQuery[str] = ""
) -> Response[str]:
    """An instance and its dossiers, the latest first, 50 a page (`?numero=`); its members on a past day (`?au=`)."""
    when, names = read_au(au or None), await annuaire(services(request))
    if slug not in names.par_slug:
        raise NotFoundException("Cette instance n’est pas dans le registre.")
    numero = min(max(numero, 1), DERNIERE)
    [(total,)] = await services(request).fetch("SELECT count(*) FROM propositions WHERE instance = %s", (slug,))
    limits = (slug, PAR_PAGE, PAR_PAGE * (numero - 1))
    rows = await read_rows(services(request), "instance = %s ORDER BY depot DESC LIMIT %s OFFSET %s", limits)
    shown = cartes(rows, today()) | pages(f"/instances/{slug}", numero, total)
    reunion = await prochaine(services(request), slug, today())
    row = names.par_slug[slug]
    about = _instance(names, row) | {"reunion": reunion, "t": voix(row)}
    about["assemblee"] = await assemblee(services(request), names, row, today()) if when is None else None
    about["histoire"] = await histoire(services(request), names, row, when)
    about["titre"] = f"{row.nom} {about['histoire']['quand']}".rstrip()
    return page(request, "propositions/instance.html", **about, **shown)


def cartes(rows: list[PropositionRow], day: date) -> dict[str, Any]:
    """The cards of a list: state, lateness, date."""
    return {"cartes": [carte(row, day) for row in rows]}


def carte(row: PropositionRow, day: date) -> dict[str, str]:
    """One card, as the component takes it."""
    sorte = {"retiree": "retire", "close": "fait", "restituee": "fait", "repondue": "fait"}.get(row.etat, "en-cours")
    mot, depuis = ETATS[row.etat], f"Reçue le {date_longue(row.deposee_le)}"
    if late := retards(row, day):
        quoi, avant = late[0]
        sorte, mot = "en-retard", f"{'Lecture' if quoi == 'lecture' else 'Réponse'} en retard"
        depuis += f", attendue le {date_longue(avant)} : {jours((day - avant).days)} de retard"
    titre = row.titre or f"Proposition {row.reference}"
    return {"ref": row.reference, "titre": titre, "sorte": sorte, "mot": mot, "date": depuis}


def pages(path: str, numero: int, total: int) -> dict[str, Any]:
    """What `pagination` needs."""
    last = max(1, -(-total // PAR_PAGE))
    return {
        "total": total,
        "numero": numero,
        "derniere": last,
        "precedent": f"{path}?numero={numero - 1}" if numero > 1 else "",
        "suivant": f"{path}?numero={numero + 1}" if numero < last else "",
    }


def _instance(names: Annuaire, row: InstanceRow) -> dict[str, Any]:
    service = names.service(row)
    mentions = [
        ("Service qui répond", service.nom if service is not row else ""),
        ("Adresse", row.adresse or service.adresse or ""),
        ("Téléphone", row.telephone or service.telephone or ""),
    ]
    fil = [("/", "Accueil"), ("/instances", "Instances"), (f"/instances/{row.slug}", row.sigle)]
    return {
        "titre": row.nom,
        "instance": row,
        "faits": [{"nom": nom, "valeur": valeur} for nom, valeur in mentions if valeur],
        "fil": [{"href": href, "label": label} for href, label in fil],
        "atom": f"/instances/{row.slug}.atom",
    }
