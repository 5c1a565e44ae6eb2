"""Small registers: links both ways, delays kept and missed, money at the end, what is missing, what the office adds."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.avis import events as a
from domain.budget_participatif import events as b
from domain.chaines.events import JalonConstate, LienEtabli
from domain.deliberations import events as d
from domain.enveloppes import events as m
from domain.ledger.event import Event
from domain.seances import events as s
from tests.acces.office import Office
from tests.chaine.test_acte_reel import text
from tests.monde import deposee, instance, qualifiee

NUMERO, AV, SEA, EN, OP = "2026-1001", "AV-2026-0001", "SEA-2026-0001", "EN-2026-0001", "OP-2026-0001"
GEPI, BPC = "GEPI-2026-0001", "BPC-2026-0001"
VOTE = date(2026, 5, 4)


def le(day: int, month: int = 4) -> date:
    return date(2026, month, day)


def _champs(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__struct_fields__}


def heure(day: int, month: int = 5) -> datetime:
    return datetime(2026, month, day, 14, tzinfo=UTC)


PROJET = d.ProjetDepose(
    survenu_le=le(1), numero=NUMERO, instance="conseil", siren="200046977", objet="Des arbres", matiere_code="8.8",
    matiere_nom="Environnement", par="secretariat:conseil", avis_requis=(AV,), dossier=GEPI,
)  # fmt: skip
VOTEE = d.DeliberationVotee(
    survenu_le=VOTE, regle="majorite-conseil-cgct", seance=SEA, rang=1, issue="adoptee", mode="ordinaire",
    en_exercice=10, presents=8, pouvoirs=1, pour=6, contre=2, abstentions=1, nuls=0, detail="porte",
    par="secretariat:conseil",
)  # fmt: skip
SAISINE = a.SaisineDeposee(
    survenu_le=le(2), procedure="avis_ctm", de="conseil", a="ctm-x", objet="Des arbres", par="coordination",
    projet=NUMERO, terme=le(20), regle="saisir-ctm-2021",
)  # fmt: skip
AVIS = a.AvisRendu(survenu_le=le(22), sens="favorable_avec_reserves", reserves=("Des bancs aussi.",), par="secretariat")
SEANCE = (
    s.SeancePlanifiee(survenu_le=le(3), instance="conseil", prevue_le=heure(4), lieu="Hôtel", publique=True,
                      a_l_initiative_de="presidence", par="secretariat:conseil"),
    s.PointInscrit(survenu_le=le(3), rang=1, objet="Des arbres", origine="metropole", par="secretariat",
                   dossier=NUMERO),
    s.ConvocationEnvoyee(survenu_le=le(29), jours=5, urgence=False, par="secretariat:conseil"),
    s.SeanceOuverte(survenu_le=heure(4), heure=heure(4), president="x", par="secretariat:conseil"),
)  # fmt: skip
ARGENT: list[tuple[str, Event]] = [
    (f"enveloppes/{EN}", m.EnveloppeOuverte(
        survenu_le=le(5, 5), enveloppe="fic", titre="Les arbres", montant_cents=100_000_00, annee_debut=2026,
        annee_fin=2026, deliberation=NUMERO, hors_pacte=False, par="finances")),
    ("comptes/fic/69029/2026", m.DotationInscrite(
        survenu_le=le(6, 5), enveloppe=EN, nom="fic", beneficiaire="69029", annee=2026, cents=50_000_00,
        deliberation=NUMERO, par="finances")),
    (f"operations/{OP}", m.OperationProposee(
        survenu_le=le(7, 5), nom="fic", beneficiaire="69029", titre="Dix arbres", nature="Plantations",
        cout_cents=20_000_00, communes=("69029",), proposee_par="Commune", par="finances", origine=GEPI)),
    (f"operations/{OP}", m.OperationDecidee(survenu_le=le(8, 5), instance="conseil", acte=NUMERO, par="finances")),
    ("comptes/fic/69029/2026", m.CreditEngage(survenu_le=le(9, 5), operation=OP, cents=20_000_00, par="finances")),
    ("comptes/fic/69029/2026", m.CreditMandate(survenu_le=le(10, 5), operation=OP, cents=15_000_00, par="finances")),
    (f"operations/{OP}", m.OperationSoldee(survenu_le=le(11, 5), cout_reel_cents=15_000_00, par="finances")),
]  # fmt: skip


@pytest.fixture
async def monde(office: Office) -> Office:
    for slug, sorte in (("conseil", "conseil"), ("ctm-x", "ctm"), ("gepi", "participation")):
        await office.write(f"instances/{slug}", instance(slug, sorte, serie="GEPI" if slug == "gepi" else None))  # type: ignore[arg-type]
    await office.write(f"propositions/{GEPI}", deposee(), qualifiee)
    await office.write(f"deliberations/{NUMERO}", PROJET, VOTEE)
    await office.write(f"saisines/{AV}", SAISINE, AVIS)
    await office.write(f"seances/{SEA}", *SEANCE)
    for stream, event in ARGENT:
        await office.write(stream, event)
    return office


async def read(office: Office, reference: str, query: str = "") -> Any:
    answer = await office.browser().get(f"/chaines/{reference}.json{query}")
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


async def test_links_are_seen_from_both_ends_and_the_money_to_the_last_euro(monde: Office) -> None:
    links = {ref: {(one["reference"], one["sens"]) for one in (await read(monde, ref))["liens"] if one["direct"]}
             for ref in (NUMERO, AV, SEA, EN, OP, GEPI)}  # fmt: skip
    assert links[NUMERO] == {(AV, "amont"), (GEPI, "amont"), (SEA, "seance"), (EN, "aval"), (OP, "aval")}
    assert links[AV] == {(NUMERO, "aval")}
    assert links[SEA] == {(NUMERO, "amont")}
    assert links[EN] == {(NUMERO, "amont"), (OP, "aval")}
    assert links[OP] == {(NUMERO, "amont"), (EN, "amont"), (GEPI, "amont")}
    assert links[GEPI] == {(NUMERO, "aval"), (OP, "aval")}
    await _money(monde)


async def _money(monde: Office) -> None:
    """From the vote to the last euro."""
    found = await read(monde, NUMERO)
    assert found["argent"] == {"Crédits ouverts": 100_000_00, "Coût prévu": 20_000_00, "Engagé": 20_000_00,
                               "Mandaté": 15_000_00, "Réalisé": 15_000_00}  # fmt: skip
    lines = {node["titre"]: node["voie"] for node in found["noeuds"]}
    assert lines["Proposition déposée"] == "saone" and lines["Saisine"] == "rhone"
    assert lines["Vote\u00a0: adoptée"] == "confluence"
    for titre in ("Enveloppe ouverte", "Opération décidée", "Engagé", "Mandaté", "Réalisé"):
        assert lines[titre] == "suite", titre
    said = await text(monde, f"/chaines/{NUMERO}")
    for words in ("20 000,00 €", "Mandaté", "15 000,00 €", "Avis rendu : favorable avec réserves", "Dix arbres"):
        assert words in said, words
    from_the_idea = {node["titre"] for node in (await read(monde, GEPI))["noeuds"]}
    assert {"Proposition déposée", "Engagé", "Réalisé", "Vote\u00a0: adoptée"} <= from_the_idea


async def test_missed_delays_and_holes_are_said_and_a_rectified_act_stays_visible(monde: Office) -> None:
    nodes = {node["titre"]: node for node in (await read(monde, NUMERO))["noeuds"]}
    convened, avis = nodes["Convocation"], nodes["Avis rendu\u00a0: favorable avec réserves"]
    assert (convened["delai"], convened["delai_tenu"]) == ("5 jours avant la séance, 12 exigés", False)
    assert avis["delai_tenu"] is False and "20 jours après la saisine, terme le 20 avril 2026" in avis["delai"]
    assert "12 exigés : dépassé" in await text(monde, f"/chaines/{NUMERO}")
    lue = next(n for n in (await read(monde, GEPI))["noeuds"] if n["titre"] == "Lue par l’équipe")
    assert lue["delai_tenu"] is True and "7 jours après le dépôt" in lue["delai"]
    await _holes(monde)
    await _rectified(monde)


async def _holes(monde: Office) -> None:
    """Each has its rule and its place."""
    nodes = (await read(monde, NUMERO, "?au=2026-05-05"))["noeuds"]
    titles = [node["titre"] for node in nodes]
    missing = {node["titre"]: node["etat"] for node in nodes if node["etat"] != "fait"}
    assert missing == {
        "Commission consultée": "absente", "Rapport adressé aux membres": "absente", "Signature": "a-venir",
        "Transmission au préfet": "a-venir", "Réception par le préfet": "a-venir",
        "Publication ou affichage": "a-venir", "Procès-verbal publié": "a-venir",
    }  # fmt: skip
    assert titles.index("Commission consultée") < titles.index("Convocation") < titles.index("Vote\u00a0: adoptée")
    assert all(node["regle"] for node in nodes if node["etat"] != "fait")
    later = (await read(monde, NUMERO))["noeuds"]
    assert {node["etat"] for node in later if node["titre"] == "Signature"} == {"absente"}, "ninety days have passed"
    other, day = "2026-0900", le(10, 3)
    filed = _champs(PROJET) | {"numero": other, "survenu_le": day, "avis_requis": (), "dossier": None}
    voted = _champs(VOTEE) | {"survenu_le": day, "seance": "SEA-2026-0009"}
    posted = d.ActePublie(survenu_le=day, mode="affichage", par="secretariat:conseil")
    await monde.write(f"deliberations/{other}", d.ProjetDepose(**filed), d.DeliberationVotee(**voted), posted)
    tie = LienEtabli(survenu_le=le(1), vers=other, nature="vient_de", par="coordination")
    await monde.write(f"chaines/{NUMERO}", tie)
    again = (await read(monde, NUMERO, "?au=2026-05-05"))["noeuds"]
    assert {n["titre"]: n["etat"] for n in again if n["etat"] != "fait"} == missing, "the pieces of another dossier"
    assert [n["dossier"] for n in again if n["titre"] == "Publication ou affichage"] == [other, ""]
    late = {n["titre"]: n["etat"] for n in (await read(monde, AV, "?au=2026-04-21"))["noeuds"]}
    assert late["Avis rendu"] == "en-retard" and late["Avis transmis"] == "a-venir"


async def test_a_named_dossier_that_the_register_has_not_is_a_hole(office: Office) -> None:
    await office.write("instances/college-x", instance("college-x", "college", serie=None))
    day = date(2026, 1, 5)
    await office.write(
        f"budgets/{BPC}",
        b.IntentionDeposee(survenu_le=day, college="college-x", edition="2025-2026", adoptee_par="Conseil",
                           budget_cents=1_000_00, par="direction:college-x"),
        b.AllocationVotee(survenu_le=le(1), deliberation="2026-7777", montant_cents=900_00, projets=("p1",),
                          par="education"),
    )  # fmt: skip
    found = await read(office, BPC)
    hole = next(node for node in found["noeuds"] if node["titre"] == "Délibération 2026-7777")
    assert (hole["etat"], hole["voie"], found["argent"]) == ("absente", "suite", {"Voté": 900_00})
    assert "pièce absente du journal" in await text(office, f"/chaines/{BPC}")
    assert (await office.browser().get("/chaines/2026-7777")).status_code == 404


async def _rectified(monde: Office) -> None:
    """An act of a meeting that was entered wrong."""
    wrong = s.RectificationEnregistree(survenu_le=le(5, 5), version=3, motif="Autre jour", par="secretariat:conseil")
    await monde.write(f"seances/{SEA}", wrong)
    states = {node["titre"]: node["etat"] for node in (await read(monde, SEA))["noeuds"]}
    assert states["Convocation"] == "retire" and states["Erreur rectifiée"] == "fait"


async def test_fifty_nodes_a_page(monde: Office) -> None:
    facts = [
        JalonConstate(survenu_le=date(2025, 1, 1), ligne="participation", titre=f"Réunion {n}", qui="Les habitants",
                      source="compte rendu", par="coordination")
        for n in range(120)
    ]  # fmt: skip
    await monde.write(f"chaines/{NUMERO}", *facts)
    first, last = await text(monde, f"/chaines/{NUMERO}"), await text(monde, f"/chaines/{NUMERO}?p=99")
    assert "Page 1 sur 3" in first and first.count("Réunion ") >= 50
    assert "Page 3 sur 3" in last and "Vote : adoptée" in (await text(monde, f"/chaines/{NUMERO}?p=3"))
    page = (await monde.browser().get(f"/deliberations/{NUMERO}")).text
    assert "Les 3 pages de la chaîne" in page


async def test_the_office_adds_a_milestone_a_link_a_hole(monde: Office) -> None:
    here = f"/bureau/chaines/{NUMERO}"
    assert (await monde.client.get(here)).status_code == 303, "sign in first"
    await monde.appoint("lire@ville.example", "protection_donnees")
    await monde.sign_in("lire@ville.example")
    assert (await monde.client.get(here)).status_code == 403
    await monde.appoint("agent@ville.example", "coordination")
    monde.client = monde.browser()
    await monde.sign_in("agent@ville.example")
    assert here in (await monde.client.get(f"/chaines/{NUMERO}")).text
    jalon = {"jalon-titre": "Réunion publique", "jalon-branche": "participation", "jalon-qui": "80 personnes",
             "jalon-du": "01/03/2026", "jalon-source": "Compte rendu, page 2"}  # fmt: skip
    done = await monde.post(here, f"{here}/jalon", **jalon)
    assert done.status_code == 303 and done.headers["location"].startswith(f"/chaines/{NUMERO}?vu=")
    assert "Compte rendu, page 2" in (await monde.client.get(done.headers["location"])).text
    bad = await monde.post(here, f"{here}/jalon", **(jalon | {"jalon-du": "hier"}))
    assert bad.status_code == 422 and "Réunion publique" in bad.text and "Écrivez une date" in bad.text
    tied = await monde.post(here, f"{here}/lien", **{"lien-vers": "av 2026 2", "lien-nature": "cite"})
    assert "pièce absente du journal" in (await monde.client.get(tied.headers["location"])).text
    assert ("AV-2026-0002", "amont", False) in {
        (one["reference"], one["sens"], one["connu"]) for one in (await read(monde, NUMERO))["liens"]
    }
    again = await monde.post(here, f"{here}/lien", **{"lien-vers": "AV-2026-0002", "lien-nature": "cite"})
    assert again.status_code == 409 and "déjà" in again.text
    holed = await monde.post(here, f"{here}/absente", **{"absente-attendu": "Étude d’impact"})
    assert "Étude d’impact" in (await monde.client.get(holed.headers["location"])).text
    titles = {n["titre"]: n["etat"] for n in (await read(monde, NUMERO))["noeuds"]}
    assert titles["Étude d’impact"] == "absente" and titles["Réunion publique"] == "fait"
    for path, status in ((f"{here}/danser", 404), ("/bureau/chaines/2026-9999/absente", 404)):
        assert (await monde.post(here, path, **{"absente-attendu": "x"})).status_code == status
    tie = LienEtabli(survenu_le=le(1, 6), vers=AV, nature="vient_de", par="coordination")
    await monde.write(f"chaines/{NUMERO}", tie, tie)
    rows = await monde.services.fetch("SELECT de, vers, nature FROM liens WHERE nature = 'vient_de'")
    assert rows == [(AV, NUMERO, "vient_de")]
