"""A real vote: from the closed list of a dossier; then proclaimed, contested, settled."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import msgspec
import pytest

from domain.budget_participatif.events import IntentionDeposee, ListeArretee, ProjetArrete, ScrutinRattache
from domain.calendrier import PARIS
from domain.ledger import store
from domain.ledger.entry import recorded
from domain.scrutins.bulletins import longueur
from domain.scrutins.deposer_reclamation import DeposerReclamation
from domain.scrutins.events import ProjetAuVote, ScrutinCree
from tests.bureau.equipe import lisible
from tests.bureau_scrutins.bureau import BUREAU, COLLEGE, DIRECTION, EDUCATION, Bureau, regles
from web.acces.persons import today
from web.vote.ballot import jour_heure

DOSSIER, SCRUTIN = "BPC-2026-0001", "SC-2026-0001"
PAR = f"direction:{COLLEGE}"


def arrete(n: int, cents: int) -> ProjetArrete:
    return ProjetArrete(
        survenu_le=date(2026, 5, 1), projet=f"p{n}", titre=f"Projet {n}", phrase="Une phrase.", cout_cents=cents,
        comparaison="le prix de 3 bancs", lieu="Cour", avis="Possible.", idees=(), par=PAR,
    )  # fmt: skip


INTENTION = IntentionDeposee(
    survenu_le=date(2026, 3, 2),
    college=COLLEGE,
    edition="2026-2027",
    adoptee_par="CVC",
    budget_cents=4_000_000,
    par=PAR,
)


async def test_the_rules_stand_on_the_closed_list_of_the_dossier(bureau: Bureau) -> None:
    stream, page = f"budgets/{DOSSIER}", f"/bureau/scrutins/nouveau?dossier={DOSSIER}"
    await bureau.office.write(stream, INTENTION, arrete(1, 2_500_000), arrete(2, 2_000_000))
    assert "La liste des projets n’est pas encore arrêtée" in await bureau.page(DIRECTION, page)
    await bureau.office.write(stream, ListeArretee(survenu_le=date(2026, 5, 2), projets=("p1", "p2"), par=PAR))
    assert "porteront sur 2 projets" in await bureau.page(DIRECTION, page)
    assert "Fixer les règles du vote" in await bureau.page(DIRECTION, "/bureau/scrutins")
    hidden = await bureau.caches(DIRECTION, page, "/bureau/scrutins/nouveau")
    fields = hidden | regles(datetime.now(UTC) + timedelta(days=2)) | {"choix_max": "2"}
    client = await bureau.entrer(DIRECTION)
    created = await client.post("/bureau/scrutins/nouveau", data=fields)
    assert created.status_code == 303, lisible(created.text)[-3000:]
    again = await client.post("/bureau/scrutins/nouveau", data=fields)
    assert again.status_code == 303 and again.headers["location"] == created.headers["location"]
    await bureau.page(DIRECTION, again.headers["location"])
    assert await bureau.office.services.fetch("SELECT reference FROM scrutins") == [(SCRUTIN,)]
    bureau.reference = SCRUTIN
    found = (await bureau.etat()).cree
    assert (
        found is not None
        and found.dossier == DOSSIER
        and [p.cout_cents for p in found.projets] == [2_500_000, 2_000_000]
    )
    async with bureau.office.services.pool.connection() as connection:
        rows = (await store.read(connection, [stream]))[stream]
    assert isinstance(recorded(*rows[-1]).event, ScrutinRattache)
    second = await client.post("/bureau/scrutins/nouveau", data=fields | {"idempotence": "une autre clé"})
    assert "déjà son vote" in bureau.checked(second, 409).text
    road = await bureau.page(DIRECTION, bureau.url)
    assert DOSSIER in road and "Répétition" not in road and "Rattacher" not in road
    early = await bureau.agir(DIRECTION, "ouvrir", premier="Direction", second="Élève")
    assert early.status_code == 409


def cree() -> ScrutinCree:
    """A vote that is open now: the form only makes votes to come."""
    now = datetime.now(UTC).replace(microsecond=0)
    projets = tuple(ProjetAuVote(id=f"p{n}", titre=f"Projet {n}", cout_cents=n * 1_000_000) for n in range(1, 6))
    found = ScrutinCree(
        titre="Budget participatif", projets=projets, budget_cents=4_000_000, type_vote="approval", choix_max=3,
        regle_comptage="glouton", parametres={"score": "votes"}, departage=("cout", "votes", "identifiant"),
        ouvre_le=now - timedelta(hours=1), ferme_le=now + timedelta(hours=4), k_min=10, jours_reclamation=15,
        longueur=0, empreinte_page="00" * 32, par=PAR, college=COLLEGE, electeurs=15,
    )  # fmt: skip
    return msgspec.structs.replace(found, longueur=longueur(found))


async def test_a_real_vote_is_proclaimed_contested_and_settled(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.reference = SCRUTIN
    await bureau.office.write(f"scrutins/{SCRUTIN}", cree())
    await bureau.agit(BUREAU, "confirmer")
    refused = bureau.checked(await bureau.cle(DIRECTION, "metropole"), 403)
    assert "une autre fonction" in refused.text
    await bureau._preparer(False)
    await bureau._ouvrir(False)
    road = await bureau.page(DIRECTION, bureau.url)
    assert "6e A" not in road and "Projet 1" not in road
    assert "Dire quand on dépouille" in road
    when = datetime.now(PARIS) + timedelta(days=3)
    said = {"quand_jour": f"{when:%Y-%m-%d}", "quand_heure": "08:30", "lieu": "dans le hall"}
    early = bureau.checked(await bureau.agir(DIRECTION, "annoncer", **said | {"quand_jour": "2026-03-02"}), 422)
    assert "après la fin du vote" in early.text and 'value="dans le hall"' in early.text
    assert "Annoncé" in await bureau.agit(DIRECTION, "annoncer", **said)
    early = bureau.checked(await bureau.agir(DIRECTION, "clore"), 422)
    assert "Le vote ferme le" in lisible(early.text)
    await bureau.agit(DIRECTION, "clore", motif="Tous les élèves présents ont voté, le car part.")
    told = "à 8\u00a0h\u00a030, dans le hall"
    late = await bureau.office.browser().get(f"/v/{bureau.codes[14]}", follow_redirects=True)
    assert f"Le dépouillement est {jour_heure(when.replace(hour=8, minute=30))}, dans le hall" in unescape(late.text)
    for path in (f"/scrutins/{SCRUTIN}", f"/c/{COLLEGE}/ecran"):
        assert told in unescape((await bureau.office.browser().get(path)).text), path
    await bureau._couches(False)
    await bureau.agit(DIRECTION, "depouiller")
    road = await bureau.agit(DIRECTION, "proclamer")
    assert "Le résultat est proclamé" in road
    await bureau.office.services.ledger.execute(
        DeposerReclamation(SCRUTIN, today(), "resultat", "Je conteste, signé Zoé.", "zoe@x.example")
    )
    read = await bureau.page(EDUCATION, f"{bureau.url}/reclamations")
    assert "signé Zoé" in read and "zoe@x.example" in read
    await bureau.page(BUREAU, f"{bureau.url}/reclamations", 403)
    kept = bureau.checked(await bureau.agir(EDUCATION, "trancher", rang="1", decision="rejetee", motif="Non."), 422)
    assert "trop courte" in kept.text and ">\nNon.</textarea>" in kept.text
    settled = await bureau.agit(
        EDUCATION, "trancher", rang="1", decision="rejetee", motif="Le recompte donne le même résultat."
    )
    assert "rejetée" in settled
    waits = bureau.checked(await bureau.agir(DIRECTION, "detruire"), 422)
    assert "Le délai court jusqu" in lisible(waits.text)
    await after_the_delay(bureau, monkeypatch)


async def after_the_delay(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last day of complaints nothing goes; the day after, the urn and its secret, for good."""
    proclaimed = (await bureau.etat()).proclame
    assert proclaimed is not None
    code, last = bureau.codes[0], proclaimed.reclamations_jusqu_au
    monkeypatch.setattr("web.access.today", lambda: last)
    assert (await bureau.agir(DIRECTION, "detruire")).status_code == 422
    assert await bureau.office.services.fetch("SELECT count(*) FROM urne.bulletins") == [(12,)]
    monkeypatch.setattr("web.access.today", lambda: last + timedelta(days=1))
    assert "L’urne et les clés sont détruites" in await bureau.agit(DIRECTION, "detruire")
    for table in ("billets", "bulletins", "couches", "papier", "secrets"):
        rows = await bureau.office.services.fetch(f"SELECT count(*) FROM urne.{table}")
        assert rows == [(0,)], table
    assert (await bureau.etat()).phase == "efface" and (await bureau.etat()).cles_detruites
    shown = await bureau.office.browser().get(f"/v/{code}", follow_redirects=True)
    assert "n’existe pas" in unescape(shown.text)
    sheet = await bureau.ouvrir_couche(EDUCATION, "metropole", bureau.feuilles["metropole"])
    assert sheet.status_code in (409, 422)


async def test_strangers_see_nothing(bureau: Bureau) -> None:
    bureau.reference = SCRUTIN
    await bureau.office.write(f"scrutins/{SCRUTIN}", cree())
    await bureau.office.appoint("autre@x.example", "coordination")
    for path in ("", "/billets", "/pv", "/imprimer/affiche.pdf", "/couche/bureau", "/papier", "/tablette", "/clore"):
        await bureau.page("coordination", bureau.url + path, 404)
        assert (await bureau.office.client.get(bureau.url + path)).status_code == 303
    await bureau.page(EDUCATION, f"{bureau.url}/billets", 403)
    await bureau.page(DIRECTION, f"{bureau.url}/confirmer", 403)
    for path in ("/inventer", "/imprimer/pv.pdf", "/imprimer/pv", "/imprimer/x.pdf", "/cle/autre", "/papier/2", "/pv"):
        await bureau.page(DIRECTION, bureau.url + path, 404)
    for wrong in ("SC-2026-9999", "GEPI-2026-0001", "nouveau?dossier=BPC-2026-0009", "nouveau?college=gepi"):
        await bureau.page(DIRECTION, f"/bureau/scrutins/{wrong}", 404)
