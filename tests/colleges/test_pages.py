"""What everyone sees of a collège: every state of its current edition, any past date, what does not exist."""

import re
from datetime import date
from html import unescape

import pytest

from domain.budget_participatif import events as e
from domain.ledger.event import Event
from domain.scrutins.events import ResultatProclame, ScrutinAnnule, ScrutinClos, ScrutinDepouille, ScrutinOuvert
from tests.acces.office import Office
from tests.budget_participatif import histoire as h
from tests.budget_participatif.test_projection import HISTOIRE, WORD
from tests.colleges.conftest import DIRECTION
from tests.monde import instance
from tests.quality import validate_html

OUVERT = ScrutinOuvert(survenu_le=date(2026, 12, 7), membres=("Direction",), par=h.PAR)
CLOS = ScrutinClos(
    survenu_le=date(2026, 12, 11), n_crees=40, n_remis=40, n_rendus=0, n_annules=0, n_echanges=0, n_utilises=31,
    n_urne=31, empreinte_urne="a" * 64, empreinte_utilises="b" * 64, par=h.PAR,
)  # fmt: skip
COMPTE = ScrutinDepouille(
    survenu_le=date(2026, 12, 14), n=31, n_bulletins=31, n_papier=0, n_blancs=1, nuls={}, voix={"p1": 20, "p2": 9},
    gagnants=("p1",), cout_total_cents=600_000, empreinte_bulletins="c" * 64, empreinte_trace="d" * 64,
    liste="publiee", par=h.PAR,
)  # fmt: skip
PROCLAME = ResultatProclame(
    survenu_le=date(2026, 12, 14), gagnants=("p1",), reclamations_jusqu_au=date(2026, 12, 19), par=h.PAR
)
VOTE: list[tuple[str, Event]] = [(h.SCRUTIN, f) for f in (h.scrutin(), OUVERT, CLOS, COMPTE, PROCLAME)]
PLACE = HISTOIRE.index((h.BUDGET, h.rattache))


async def text(office: Office, path: str, status: int = 200) -> str:
    answer = await office.browser().get(path)
    assert answer.status_code == status, (path, answer.status_code)
    assert validate_html(answer.text) == [], path
    return unescape(re.sub(r"<[^>]+>", "", answer.text[answer.text.index("<main") :]))


async def test_a_college_without_a_vote_says_whom_to_ask(office: Office) -> None:
    said = await text(office, f"/c/{h.COLLEGE}")
    assert "Ton collège n’a pas encore de vote. Parle-en à ton CVC." in said
    assert "Pas encore de budget participatif" in await text(office, "/colleges")
    await text(office, f"/colleges/{h.COLLEGE}")
    await text(office, "/editions")
    assert "ne reçoit pas d’idées" in await text(office, f"/colleges/{h.COLLEGE}/idee")


async def test_each_moment_has_its_words(office: Office) -> None:
    moments = {
        (h.BUDGET, h.intention): "Ton collège participe",
        (h.BUDGET, h.ouvertes): "Les idées arrivent jusqu’au 20 novembre. La tienne manque !",
        (h.BUDGET, h.closes): "Les idées sont closes",
        (h.BUDGET, h.arretee): "La liste est prête",
        (h.BUDGET, h.rattache): "Le vote ouvre lundi 7 décembre à 9 h. Garde bien ton billet.",
        (h.SCRUTIN, OUVERT): "On vote !",
        (h.SCRUTIN, CLOS): "Le vote est fini",
        (h.SCRUTIN, PROCLAME): "Choisis par le vote",
    }
    seen = 0
    for stream, event in [*HISTOIRE[2:PLACE], VOTE[0], HISTOIRE[PLACE], *VOTE[1:]]:
        await office.write(stream, event)
        wanted = next((said for (at, fact), said in moments.items() if at == stream and fact is event), None)
        if wanted is not None:
            seen += 1
            assert wanted in (await text(office, f"/c/{h.COLLEGE}")).replace("\u00a0", " "), wanted
            await text(office, f"/dossiers/{h.BPC}")
    assert seen == len(moments)
    end = await text(office, f"/c/{h.COLLEGE}")
    assert "Choisi, avec 20 voix" in end and "Pas choisi, avec 9 voix" in end and "31 bulletins" in end


async def test_a_cancelled_vote_says_so(office: Office) -> None:
    await office.write_all(*HISTOIRE[2:PLACE], VOTE[0], HISTOIRE[PLACE])
    await office.write(h.SCRUTIN, ScrutinAnnule(motif="Les deux clés sont perdues.", par=h.PAR))
    assert "Le vote est annulé" in await text(office, f"/c/{h.COLLEGE}")


@pytest.fixture
async def whole(office: Office) -> Office:
    await office.write_all(*HISTOIRE[2:PLACE], VOTE[0], HISTOIRE[PLACE], *VOTE[1:], *HISTOIRE[PLACE + 1 :])
    return office


async def test_the_dossier_tells_its_whole_life_without_a_pupil_s_word(whole: Office) -> None:
    said = await text(whole, f"/dossiers/{h.BPC}")
    for words in ("Ouvert à tous", "Abandonné", "2027-1234", h.IDEE_C, f"Elle a rejoint {h.IDEE_A}", "Douze bancs."):
        assert words in said, words
    for path in (f"/dossiers/{h.BPC}", f"/dossiers/{h.BPC}.json", f"/dossiers/{h.BPC}.atom", f"/c/{h.COLLEGE}",
                 "/opendata/budgets-participatifs.csv", f"/recherche?q={WORD}", f"/api/dossiers/{h.BPC}"):  # fmt: skip
        answer = await whole.browser().get(path)
        assert answer.status_code == 200
        assert WORD not in answer.text.replace(f"q={WORD}", "").replace(f'value="{WORD}"', "") or "recherche" in path


async def test_a_dossier_at_a_day_and_at_an_act(whole: Office) -> None:
    [(depot,)] = await whole.services.fetch("SELECT depot FROM budgets")
    early = await text(whole, f"/dossiers/{h.BPC}?au={depot}")
    assert "Pas encore de projet." in early and "Pas encore d’idée." in early and f"l’acte n° {depot}" in early
    day = await text(whole, f"/dossiers/{h.BPC}?au=2026-12-08")
    assert "à la fin de ce jour" in day and "2027-1234" in day  # undated facts of the story are of June
    await text(whole, f"/dossiers/{h.BPC}?au={depot - 1}", 404)
    await text(whole, f"/dossiers/{h.BPC}?au=1999-01-01", 404)
    await text(whole, f"/dossiers/{h.BPC}?au=hier", 400)
    found = (await whole.browser().get(f"/dossiers/{h.BPC}.json?au={depot}")).json()
    assert (found["etat"], found["projets"], len(found["actes"])) == ("intention", [], 1)


async def test_numbers_lead_to_their_pages(whole: Office) -> None:
    found = {
        f"/dossiers/{h.IDEE_C}": f"/dossiers/{h.BPC}#{h.IDEE_C}",
        f"/dossiers/{h.SC}": f"/scrutins/{h.SC}",
    }
    for path, target in found.items():
        answer = await whole.browser().get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, target)
    for words, link in ((h.BPC, f"/dossiers/{h.BPC}"), ("bancs", f"/dossiers/{h.BPC}#p1")):
        answer = await whole.browser().get(f"/recherche?q={words}")
        assert answer.headers.get("location") == link or link in unescape(answer.text), words


@pytest.mark.parametrize("path", ["/colleges/x", "/c/x", "/c/%00", "/editions/x", "/dossiers/BPC-2099-0001",
                                  "/dossiers/IDEE-2099-0001", "/colleges/x/idee", "/colleges/x/idee/merci",
                                  "/colleges/college-des-deux-rives/idee/merci?idee=../x", "/pj/x"])  # fmt: skip
async def test_what_does_not_exist_says_so(office: Office, path: str) -> None:
    await text(office, path, 404)


@pytest.mark.parametrize(
    ("texte", "said"),
    [
        ("", "Ton idée est vide"),
        ("é" * 601, "Le maximum est 600"),
        ("Appelle le 06 12 34 56 78", "numéro de téléphone"),
    ],
)
async def test_a_bad_idea_comes_back_as_it_was_written(whole: Office, texte: str, said: str) -> None:
    await whole.write("budgets/BPC-2026-0002", h.intention, e.IdeesOuvertes(jusqu_au=date(2099, 1, 1), par=h.PAR))
    answer = await whole.post(f"/colleges/{h.COLLEGE}/idee", texte=texte, etape="relire")
    assert answer.status_code == 422 and said in unescape(answer.text) and texte in unescape(answer.text)
    assert validate_html(answer.text) == []


async def test_a_pupil_s_words_can_be_erased(whole: Office) -> None:
    await whole.appoint("dpo@exemple.fr", "protection_donnees")
    await whole.sign_in("dpo@exemple.fr")
    page = f"/bureau/effacements?dossier={h.IDEE_A}"
    shown = await whole.client.get(page)
    assert shown.status_code == 200
    boxes = dict(re.findall(r'type="checkbox"[^>]* name="([^"]+)" value="([^"]+)"', shown.text))
    answer = await whole.post(page, dossier=h.IDEE_A, motif="demande_de_la_personne", **boxes)
    assert answer.status_code == 303, unescape(answer.text[answer.text.find("<main") :])[:600]
    whole.client = whole.browser()
    await whole.sign_in(DIRECTION)
    ideas = (await whole.client.get(f"/bureau/budgets/{h.BPC}/idees?vu=1")).text
    assert "Les mots de l’élève sont effacés" in unescape(ideas) and ideas.count(f"Un {WORD}") == 2


async def test_the_office_of_a_college_is_its_principal_s(whole: Office) -> None:
    page = f"/bureau/budgets/{h.BPC}"
    assert (await whole.browser().get(page)).status_code == 303
    await whole.write("instances/autre", instance("autre", "college", serie=None, repondant=None))
    await whole.appoint("autre@exemple.fr", "direction", "autre")
    await whole.sign_in("autre@exemple.fr")
    assert (await whole.client.get(page)).status_code == 403
    assert (await whole.client.get(f"{page}/idees")).status_code == 403
    assert (await whole.client.get("/bureau/editions")).status_code == 403
    whole.client = whole.browser()
    await whole.sign_in(DIRECTION)
    seen = await whole.client.get(f"{page}/idees")
    assert seen.status_code == 200 and validate_html(seen.text) == []
    assert f"Un {WORD}" in seen.text, "the team reads the pupils' own words"
    for path in ("/bureau", "/bureau/budgets", page, f"/bureau/colleges/{h.COLLEGE}"):
        answer = await whole.client.get(path)
        assert answer.status_code == 200 and validate_html(answer.text) == [], path
