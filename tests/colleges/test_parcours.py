"""From the opening of an edition to the opening of a bench, by the forms of the office, page after page."""

import io
import re
from datetime import timedelta
from html import unescape

import httpx
from PIL import Image

from domain.scrutins.events import ProjetAuVote, ResultatProclame, ScrutinCree, ScrutinOuvert
from tests.acces.office import Office
from tests.budget_participatif import histoire as h
from tests.colleges.conftest import DIRECTION, EDUCATION
from tests.quality import validate_html
from web.acces.persons import today

BUREAU = "/bureau/budgets/{}"
MOTIF = "Une raison dite en une phrase entière."


async def act(office: Office, page: str, nom: str, cible: str = "", **fields: str) -> httpx.Response:
    """Posts the form of this act, as the page has it, and follows to the page that shows it."""
    shown = await office.client.get(page)
    assert shown.status_code == 200, shown.text[:300]
    action = f"{page.removesuffix('/idees')}/{nom}"
    forms = re.findall(rf'<form method="post" action="{action}".*?</form>', unescape(shown.text), re.S)
    wanted = [form for form in forms if f'name="cible" value="{cible}"' in form]
    assert len(wanted) == 1, f"{nom} {cible}: {len(wanted)} forms"
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', wanted[0]))
    prefix = f"{nom}-{cible}-" if cible else f"{nom}-"
    data = {name: unescape(value) for name, value in hidden.items()}
    data |= {prefix + name.replace("__", "-"): value for name, value in fields.items()}
    answer = await office.client.post(action, data=data)
    assert answer.status_code == 303, re.sub(r"<[^>]+>|\s+", " ", answer.text[answer.text.find("resume-erreurs") :])[
        :600
    ]
    after = await office.client.get(answer.headers["location"].partition("#")[0])
    assert after.status_code == 200 and validate_html(after.text) == []
    return after


async def as_(office: Office, who: str) -> None:
    office.client = office.browser()
    await office.sign_in(who)


async def step(office: Office, *etapes: str) -> None:
    for etape in etapes:
        answer = await office.post("/bureau/editions/2026-2027", "/bureau/editions/2026-2027/avancer", etape=etape)
        assert answer.status_code == 303, answer.text[:500]
        await office.client.get(answer.headers["location"])


async def idea(office: Office, texte: str) -> str:
    """A pupil gives an idea: writes, reads back, gives; returns its number."""
    page, visitor = f"/colleges/{h.COLLEGE}/idee", office.client
    office.client = office.browser()
    back = await office.post(page, texte=texte, etape="relire")
    assert back.status_code == 200 and "Voici ton idée" in back.text and validate_html(back.text) == []
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', back.text))
    sent = {name: unescape(value) for name, value in found.items()} | {"etape": "donner"}
    given = await office.client.post(page, data=sent)
    assert given.status_code == 303
    again = await office.client.post(page, data=sent)
    assert again.headers["location"] == given.headers["location"], "a double click is one idea"
    thanks = await office.client.get(given.headers["location"])
    assert thanks.status_code == 200 and validate_html(thanks.text) == [] and "set-cookie" not in thanks.headers
    office.client = visitor
    return str(re.findall(r"IDEE-\d{4}-\d{4}", thanks.text)[0])


async def opened(office: Office) -> str:
    """An edition and the dossier of the collège in it, ideas open; returns its number."""
    await as_(office, EDUCATION)
    day = today()
    fields = {
        "edition": "2026-2027", "titre": "Budget participatif 2026-2027", "enveloppe": "500 000", "plafond": "40 000 €",
        "intentions_jusqu_au": day.isoformat(), "candidatures_jusqu_au": (day + timedelta(60)).isoformat(),
        "source": "essai",
    }  # fmt: skip
    answer = await office.post("/bureau/editions", **fields)
    assert answer.status_code == 303, answer.text[:800]
    await office.client.get(answer.headers["location"])
    await step(office, "intentions")
    await as_(office, DIRECTION)
    college = f"/bureau/colleges/{h.COLLEGE}"
    answer = await office.post(college, f"{college}/description", commune="Bron", effectif="540", rentree="2026")
    assert answer.status_code == 303
    entry = {"edition": "2026-2027", "adoptee_par": "conseil de la vie collégienne", "budget": "40 000"}
    answer = await office.post(college, f"{college}/intention", **entry)
    assert answer.status_code == 303, answer.text[:800]
    reference = str(re.findall(r"BPC-\d{4}-\d{4}", answer.headers["location"])[0])
    await office.client.get(answer.headers["location"])
    await act(office, BUREAU.format(reference), "ouvrir_idees", jusqu_au=today().isoformat())
    return reference


async def listed(office: Office) -> str:
    """The same, two ideas received, read, answered, and the list closed."""
    reference = await opened(office)
    first, second = [await idea(office, f"Des bancs {n}") for n in (1, 2)]
    page = BUREAU.format(reference)
    third = f"IDEE-{today().year}-0003"
    await act(office, page, "deposer_idee", canal="classe", lieu="6e B", texte="Encore des bancs")
    for ref in (first, second, third):
        said = {"decision": "publier", "titre": f"Des bancs ({ref})", "resume": "Des bancs."}
        await act(office, f"{page}/idees", "moderer_idee", ref, **said)
    await act(office, f"{page}/idees", "regrouper_idee", third, dans=first, motif="La même idée")
    await act(office, page, "clore_idees")
    await as_(office, EDUCATION)
    for ref in (first, second):
        said = {"avis": "recevable", "motif": MOTIF, "cout": "6 000"}
        await act(office, f"{page}/idees", "rendre_faisabilite", ref, **said)
    await as_(office, DIRECTION)
    for nom, ref in (("Des bancs", first), ("Des arbres", second)):
        said = {"titre": nom, "phrase": "À l'ombre.", "cout": "6 000", "comparaison": "le prix de 12 bancs",
                "lieu": "La cour", "avis": "C'est possible."}  # fmt: skip
        await act(office, page, "arreter_projet", **said, **{f"idees__{ref.replace('-', '__')}": "oui"})
    await act(office, page, "arreter_liste")
    return reference


async def voted(office: Office) -> str:
    """The same, after a vote that chose the first project only, and the application sent."""
    reference = await listed(office)
    page, stream = BUREAU.format(reference), h.SCRUTIN
    projects = tuple(ProjetAuVote(id=p, titre=p, cout_cents=600_000) for p in ("p1", "p2"))
    created: ScrutinCree = h.scrutin(dossier=reference, projets=projects)
    await office.write(stream, created)
    await act(office, page, "rattacher_scrutin", scrutin=h.SC)
    await office.write(stream, ScrutinOuvert(survenu_le=today(), membres=("Direction",), par=h.PAR))
    assert "On vote" in (await office.client.get(f"/c/{h.COLLEGE}")).text
    won = ResultatProclame(survenu_le=today(), gagnants=("p1",), reclamations_jusqu_au=today(), par=h.PAR)
    await office.write(stream, won)
    await as_(office, EDUCATION)
    await step(office, "candidatures")
    await as_(office, DIRECTION)
    await act(office, page, "deposer_candidature", projets__p1="oui")
    return reference


def picture() -> bytes:
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "Adresse secrete"
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


async def test_from_the_idea_to_the_bench(office: Office) -> None:
    reference = await voted(office)
    page = BUREAU.format(reference)
    await as_(office, EDUCATION)
    await step(office, "instruction")
    await act(office, page, "rendre_instruction", "p1", avis="recevable", motif=MOTIF, cout="6 100")
    await step(office, "jury")
    await act(office, page, "deliberer_jury", "p1", decision="retenu", motif=MOTIF)
    await step(office, "deliberation")
    await act(office, page, "voter_allocation", deliberation="2027-1234", montant="6 100", projets__p1="oui")
    await step(office, "elaboration", "travaux")
    await act(office, page, "commander_travaux", "p1", prevus_pour=today().isoformat())
    await built(office, page)
    await act(office, page, "inaugurer_projet", "p1")
    public = (await office.browser().get(f"/dossiers/{reference}")).text
    for said in ("Ouvert à tous", "2027-1234", "6\u00a0100", "Pas choisi par le vote", "5\u00a0890,50"):
        assert said in unescape(public), said
    assert "Des bancs 1" not in public, "a pupil's own words are for the team"
    past = await office.browser().get(f"/dossiers/{reference}?au={today().isoformat()}")
    assert past.status_code == 200 and validate_html(past.text) == []


async def built(office: Office, page: str) -> None:
    """The realisation with its picture: stripped, served for ever, found by its digest."""
    shown = unescape((await office.client.get(page)).text)
    form = next(f for f in re.findall(r"<form.*?</form>", shown, re.S) if "constater_realisation" in f)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    said = {"constater_realisation-p1-cout": "5890,50", "constater_realisation-p1-description": "Douze bancs."}
    action = f"{page}/constater_realisation"
    wrong = await office.client.post(action, data=hidden | said, files={"photo": ("x.jpg", b"GIF89a", "image/jpeg")})
    assert wrong.status_code == 422 and "JPEG ou PNG" in unescape(wrong.text) and "5890,50" in wrong.text
    heavy = await office.client.post(action, data=hidden | said, files={"photo": ("x.jpg", b"0" * 2_200_000)})
    assert heavy.status_code == 413
    forged = {**hidden, "csrf": "0" * 32} | said
    assert (await office.client.post(action, data=forged, files={"photo": ("x.jpg", picture())})).status_code == 403
    done = await office.client.post(action, data=hidden | said, files={"photo": ("x.jpg", picture(), "image/jpeg")})
    assert done.status_code == 303, done.text[:500]
    after = (await office.client.get(done.headers["location"].partition("#")[0])).text
    assert validate_html(after) == []
    [(digest,)] = await office.services.fetch("SELECT photo FROM projets WHERE photo IS NOT NULL")
    served = await office.browser().get(f"/pj/{digest}")
    assert served.status_code == 200 and "immutable" in served.headers["cache-control"]
    assert b"Adresse" in picture() and b"Adresse" not in served.content
    assert (await office.browser().get(f"/pj/{'ab' * 32}")).status_code == 404
    assert (await office.browser().get("/pj/..%2Fsecret")).status_code == 404
