"""The public page of a dossier: today, on a past day, at a past act; what is private or erased stays so."""

from datetime import date, timedelta

import pytest

from domain.ledger.event import Event
from tests import monde
from tests.acces.office import Write
from tests.propositions import histoire as h
from tests.propositions.marche import Parcours, titre
from web.acces.persons import today
from web.propositions.dossier import PasEncore, load_dossier

REF, STREAM = monde.REF, monde.DOSSIER


async def vivre(parcours: Parcours, *events: Event, reference: str = REF) -> int:
    """Position of the first of these events."""
    first = [(await parcours.office.write(f"propositions/{reference}", event)).position for event in events]
    return first[0]


async def texte(parcours: Parcours, path: str, status: int = 200) -> str:
    return (await parcours.get(path, status)).text.replace("\u00a0", " ").replace("&#x2f;", "/").replace("&#x27;", "'")


async def test_the_page_says_where_it_stands_in_the_same_order_everywhere(parcours: Parcours) -> None:
    first = await vivre(parcours, *h.ENTIERE)
    page = await texte(parcours, f"/dossiers/{REF}")
    headings = [
        "Où en est-on ?",
        "Les étapes",
        "Ce qui est demandé",
        "Ce qui a été décidé",
        "Liens",
        "Suivre",
        "Journal",
    ]
    places = [page.index(f"{heading}</h2>") for heading in headings]
    assert places == sorted(places)
    for shown in (
        h.TEXTE.partition(",")[0],
        "Amina",
        "On le fait",
        "Le banc sera posé en juin 2026.",
        "11 personnes",
        "Direction de la voirie",
        "mardi 14 avril 2026",
        f"/journal/{first - 1}",
        "Un banc place de la mairie",
    ):
        assert shown in page, shown  # fmt: skip
    for hidden in ("06 12 34 56 78", "poubelle", "lundi_matin"):
        assert hidden not in page, hidden
    leaf = (await parcours.flux(REF)).feuilles[first]
    assert leaf[:4] in page and f"{REF}.atom" in page and f"{REF}.json" in page


async def test_a_private_text_is_nowhere_public(parcours: Parcours) -> None:
    await vivre(parcours, h.deposee(lecture="equipe"), monde.qualifiee)
    for path in ("/dossiers/" + REF, f"/dossiers/{REF}.json", f"/dossiers/{REF}.atom", "/instances/gepi", "/retards"):
        assert "mairie" not in await texte(parcours, path), path
    assert REF not in await texte(parcours, "/recherche?q=mairie")
    assert "réservé à l’équipe" in await texte(parcours, f"/dossiers/{REF}")


async def test_late_answers_are_public(parcours: Parcours) -> None:
    await vivre(parcours, h.deposee(), monde.qualifiee, h.discutee)
    await vivre(parcours, h.deposee(survenu_le=today()), reference="GEPI-2026-0002")
    page = await texte(parcours, f"/dossiers/{REF}")
    assert "Retard :" in page and "lundi 4 mai 2026" in page and "en-retard" in page
    late = await texte(parcours, "/retards")
    assert REF in late and "GEPI-2026-0002" not in late and "Réponse en retard" in late
    listed = await texte(parcours, "/instances/gepi")
    assert "2 dossiers" in listed and "Réponse en retard" in listed


async def test_as_of_a_day_the_legal_dates_count(parcours: Parcours) -> None:
    await vivre(parcours, *h.ENTIERE)
    page = await texte(parcours, f"/dossiers/{REF}?au=2026-03-15")
    assert "telle qu’elle était le dimanche 15 mars 2026" in page
    assert "Des logements près des transports" in page and "Un banc place" not in page
    assert "Rien encore." in page and "On le fait" not in page and "Retard" not in page
    late = await texte(parcours, f"/dossiers/{REF}?au=2026-03-03")
    assert f"Proposition {REF}" in late and "Amina" not in late


async def test_as_of_a_position_what_the_register_knew(parcours: Parcours) -> None:
    first = await vivre(parcours, *h.ENTIERE)
    page = await texte(parcours, f"/dossiers/{REF}?au={first + 1}")
    assert f"à l’acte n° {first + 1}" in page and "Des logements près des transports" in page and "Amina" not in page
    assert "On le fait" in await texte(parcours, f"/dossiers/{REF}?au={first + 999}")


@pytest.mark.parametrize("au", ["hier", "2026-13-40", "-1", "2026-3-1", "1" * 16, "2026-02-30", "é", ""])
async def test_a_bad_date_is_said_to_be_one(parcours: Parcours, au: str) -> None:
    await vivre(parcours, h.deposee())
    assert "?au=2026-03-15" in await texte(parcours, f"/dossiers/{REF}?au={au}", 400)


async def test_before_its_first_act_the_page_says_when_it_starts(parcours: Parcours) -> None:
    first = await vivre(parcours, h.deposee())
    for au in ("2026-03-02", "1", "0", str(first - 1)):
        page = await texte(parcours, f"/dossiers/{REF}?au={au}", 404)
        assert "commence le 3 mars 2026" in page and f"n° {first}" in page and f"/dossiers/{REF}" in page
    with pytest.raises(PasEncore):
        await load_dossier(parcours.office.services, REF, date(2026, 3, 2))


async def test_what_is_private_today_is_private_in_every_past_state(parcours: Parcours) -> None:
    await vivre(parcours, h.deposee(), monde.qualifiee, h.publiee, h.gardee)
    for au in ("?au=2026-03-11", "?au=6", ""):
        assert "banc devant" not in await texte(parcours, f"/dossiers/{REF}{au}")
    await vivre(parcours, h.deposee(), h.publiee, h.retiree, reference="GEPI-2026-0002")
    assert "banc devant" not in await texte(parcours, "/dossiers/GEPI-2026-0002?au=2026-03-20")


@pytest.mark.parametrize("reference", ["GEPI-2026-9999", "nimporte", "GEPI-2026-0001'--", "x" * 300, "é"])
async def test_an_unknown_number_is_not_found(parcours: Parcours, reference: str) -> None:
    await parcours.get(f"/dossiers/{reference}", 404)


async def test_fifty_dossiers_a_page(parcours: Parcours) -> None:
    for n in range(1, 53):
        stream = f"propositions/GEPI-2026-{n:04d}"
        await parcours.office.services.ledger.execute(
            Write(stream, (h.deposee(survenu_le=today() - timedelta(days=n)),))
        )
    await vivre(parcours, h.deposee(survenu_le=today()), reference="GEPI-2026-0053")
    first, second = await texte(parcours, "/instances/gepi"), await texte(parcours, "/instances/gepi?numero=2")
    assert first.count('class="carte"') == 50 and second.count('class="carte"') == 3
    assert "Page 1 sur 2" in first and "numero=2" in first and 'rel="prev"' in second
    assert (await parcours.get("/instances/gepi?numero=999")).status_code == 200
    await parcours.get("/instances/gepi?numero=x", 400)
    await parcours.get("/instances/nulle-part", 404)
    assert titre(await parcours.get("/instances")) == "Les instances"
