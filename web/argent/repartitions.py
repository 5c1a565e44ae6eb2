"""`/argent/repartition/{reference}`: the split line by line, computed again, simulated with another weight."""

import csv
import io
import re
from fractions import Fraction
from typing import Any, cast

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from domain.enveloppes import events as e
from domain.enveloppes.masses import MASSES, PLANCHER_ANNUEL
from domain.enveloppes.masses import Enveloppe as NomDuPacte
from domain.enveloppes.repartition import Beneficiaire, RepartitionImpossible, repartir
from domain.money import euros
from web.api.lecture import read_number
from web.argent.lecture import Enveloppe, Lieux, lieux, read_enveloppe
from web.argent.mots import ENVELOPPES
from web.colleges.pages import fil
from web.opendata.tables import cell
from web.pages import page
from web.services import Services, services

ALPHA = re.compile(r"[0-9](\.[0-9]{1,6})?")
INCONNUE = "Cette enveloppe n’est pas dans le registre."


class Base(msgspec.Struct):
    """What a split stands on: `adoptee` when there is one; otherwise the register's communes, for a simulation."""

    lignes: tuple[e.DonneeCommune, ...]
    annee: int
    source: str
    cents: int
    annees: int
    adoptee: e.RepartitionAdoptee | None = None
    position: int = 0


@get("/argent/repartition/{reference:str}")
async def voir_repartition(
    request: Request[Any, Any, Any], reference: FromPath[str], alpha: FromQuery[str | None] = None
) -> Response[str]:
    """The split `?partage=` (the last one by default); `?alpha=` simulates another weight. 404, 422."""
    envelope, where = await find(services(request), reference), await lieux(services(request))
    number = read_number(request, "partage", max(1, len(envelope.partages)), 1, max(1, len(envelope.partages)))
    base = base_de(envelope, number, where)
    refusal: dict[str, str] | None = None
    simulated: dict[str, int] | None = None
    try:
        simulated = simulation(envelope.ouverte.enveloppe, base, alpha)
    except RepartitionImpossible as error:
        refusal = {"message": str(error), "conseil": error.conseil, "regle": error.fondement.id}
    context = contexte(envelope, base, number, where, simulated) | {
        "alpha": (alpha or "").replace("\0", ""),
        "refus": refusal,
    }
    return page(request, "argent/repartition.html", status=422 if refusal else 200, **context)


@get("/argent/repartition/{reference:str}/donnees.csv")
async def donnees_csv(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[str]:
    """The inputs of the split `?partage=`, as `registre repartir` reads them. 404."""
    envelope, where = await find(services(request), reference), await lieux(services(request))
    number = read_number(request, "partage", max(1, len(envelope.partages)), 1, max(1, len(envelope.partages)))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("insee", "commune", "ctm", "population", "voirie_m2"))
    for line in base_de(envelope, number, where).lignes:
        writer.writerow((line.insee, cell(where.nom(line.insee)), line.ctm, line.population, line.voirie_m2))
    headers = {"Content-Disposition": f'attachment; filename="donnees-{envelope.reference}-{number}.csv"'}
    return Response(text.getvalue(), media_type="text/csv; header=present", headers=headers)


async def find(services: Services, reference: str) -> Enveloppe:
    """An envelope that is split by a key. Raises 404."""
    found = await read_enveloppe(services, reference)
    if found is None or found.ouverte.enveloppe not in MASSES:
        raise NotFoundException(INCONNUE)
    return found


def base_de(envelope: Enveloppe, number: int, where: Lieux) -> Base:
    """The inputs of the split of this rank, or the communes of the register before any."""
    if envelope.partages:
        split = envelope.partages[number - 1]
        given, adopted = split.donnees, split.adoptee
        years = envelope.ouverte.annee_fin - adopted.annee_debut + 1
        shared = (adopted.total_cents, years, adopted, split.position)
        return Base(given.lignes, given.population_annee, given.source, *shared)
    today = where.communes.today
    lines = tuple(e.DonneeCommune(insee=r.insee, ctm=r.ctm, population=r.population_municipale) for r in today)
    opened = envelope.ouverte
    years = opened.annee_fin - opened.annee_debut + 1
    latest = max((r.population_annee for r in today), default=0)
    return Base(lines, latest, "les communes de ce registre", opened.montant_cents, years)


def simulation(nom: str, base: Base, alpha: str | None) -> dict[str, int] | None:
    """Cents by beneficiary with this weight. Raises RepartitionImpossible."""
    if not alpha:
        return None
    typed = alpha.strip().replace(",", ".")
    if not ALPHA.fullmatch(typed):
        raise RepartitionImpossible("Le poids de la population est un nombre entre 0 et 1.", field="alpha")
    weight = Fraction(typed)
    towns = [Beneficiaire(line.insee, line.ctm, line.population, line.voirie_m2) for line in base.lignes]
    split = repartir(cast(NomDuPacte, nom), towns, weight, base.cents, base.annees)
    return {part.insee or part.ctm: part.cents for part in split}


def contexte(
    envelope: Enveloppe, base: Base, number: int, where: Lieux, simulated: dict[str, int] | None
) -> dict[str, Any]:
    """What the page says."""
    nom, reference = envelope.ouverte.enveloppe, envelope.reference
    adopted = {part.insee or part.ctm: part.cents for part in base.adoptee.parts} if base.adoptee else {}
    shown = adopted or simulated or {}
    title = f"Partage : {ENVELOPPES[nom]}"
    alpha = base.adoptee.alpha if base.adoptee else "1"
    return {
        "titre": title,
        "fil": fil(("/", "Accueil"), ("/argent", "Argent"), (f"/argent/repartition/{reference}", reference)),
        "envelope": envelope.ouverte,
        "reference": reference,
        "enveloppe": ENVELOPPES[nom],
        "montant": euros(base.cents),
        "annees": base.annees,
        "voirie": any(line.voirie_m2 for line in base.lignes),
        "base": base,
        "numero": number,
        "nombre_": len(envelope.partages),
        "index": base.position - 1,
        "commande": commande(envelope, base, number, alpha),
        "simulee": simulated is not None,
        "lignes": [_ligne(code, adopted, simulated, base, where) for code in sorted(shown, key=where.nom)],
        "total": euros(sum(adopted.values())) if adopted else "",
        "total_simule": euros(sum(simulated.values())) if simulated else "",
    }


def commande(envelope: Enveloppe, base: Base, number: int, alpha: str) -> str:
    """What to type to compute this split again."""
    opened, file = envelope.ouverte, f"donnees-{envelope.reference}-{number}.csv"
    typed = f"registre repartir --enveloppe {opened.enveloppe} --communes {file} --alpha {alpha}"
    whole = base.cents == opened.montant_cents
    return typed if whole else f"{typed} --cents {base.cents} --annees {base.annees}"


def _ligne(
    code: str, adopted: dict[str, int], simulated: dict[str, int] | None, base: Base, where: Lieux
) -> dict[str, Any]:
    mine = [line for line in base.lignes if code in (line.insee, line.ctm)]
    cents = adopted.get(code)
    other = simulated.get(code, 0) if simulated else 0
    commune = any(line.insee == code for line in mine)
    return {
        "nom": where.nom(code, base.adoptee.annee_debut if base.adoptee else None),
        "href": f"/argent/{where.adresse(code)}" if cents is not None else "",
        "population": sum(line.population for line in mine),
        "voirie": sum(line.voirie_m2 for line in mine),
        "part": euros(cents) if cents is not None else "",
        "plancher": commune and cents == PLANCHER_ANNUEL * base.annees,
        "simule": euros(other) if simulated else "",
        "ecart": euros(other - cents) if simulated and cents is not None else "",
    }
