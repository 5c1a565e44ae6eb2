"""A picture from the office to the ballot, the results and the hall; then taken away everywhere."""

import io
import re
from html import unescape
from random import Random

from PIL import Image

from domain.budget_participatif.events import ListeArretee
from domain.scrutins.bulletins import longueur
from domain.scrutins.events import ProjetAuVote, ScrutinCree
from tests.acces.office import Office
from tests.budget_participatif import histoire as h
from tests.colleges.conftest import DIRECTION
from tests.quality import validate_html
from tests.resultats import votes
from tests.vote.monde import scrutin
from web.colleges.photos import VIGNETTE_OCTETS, folder

PAGE = f"/bureau/budgets/{h.BPC}"
ALT = "Douze bancs sous des arbres."


def noise() -> bytes:
    """A picture that no JPEG makes small: 900 x 900 random pixels."""
    written = io.BytesIO()
    Image.frombytes("RGB", (500, 500), Random(1).randbytes(750_000)).resize((900, 900)).save(written, "JPEG")
    return written.getvalue()


async def send(office: Office, nom: str, photo: bytes = b"", **said: str) -> tuple[int, str]:
    """Posts this act on p1 as the page has it; its status, and the page that follows."""
    shown = unescape((await office.client.get(PAGE)).text)
    form = next(f for f in re.findall(r"<form.*?</form>", shown, re.S) if f'{PAGE}/{nom}"' in f and 'value="p1"' in f)
    data = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    data |= {f"{nom}-p1-{name}": value for name, value in said.items()}
    files = {"photo": ("dessin.jpg", photo, "image/jpeg")} if "multipart" in form else None
    answer = await office.client.post(f"{PAGE}/{nom}", data=data, files=files)
    if answer.status_code == 303:
        return 303, (await office.client.get(answer.headers["location"].partition("#")[0])).text
    return answer.status_code, unescape(answer.text)


async def test_a_picture_on_the_ballot_in_the_results_and_gone(office: Office) -> None:
    await office.write(h.BUDGET, h.intention, h.ouvertes, h.closes, h.projet("p1"), h.projet("p2"))
    await office.sign_in(DIRECTION)
    status, text = await send(office, "illustrer_projet", description=ALT)
    assert status == 422 and "Il manque l'image" in text and ALT in text
    status, text = await send(office, "illustrer_projet", noise(), description=ALT)
    assert status == 303 and validate_html(text) == []
    [(digest,)] = await office.services.fetch("SELECT image FROM projets WHERE image IS NOT NULL")
    content = (folder(office.services) / digest).read_bytes()
    assert len(content) <= VIGNETTE_OCTETS
    with Image.open(io.BytesIO(content)) as kept:
        assert kept.width * 2 == kept.height * 3
    assert ALT in unescape((await office.browser().get(f"/dossiers/{h.BPC}")).text)
    await office.write(h.BUDGET, ListeArretee(projets=("p1", "p2"), par=h.PAR))
    await everywhere(office, digest)
    status, text = await send(office, "retirer_image", motif="Une élève s’y reconnaît et ne le veut pas.")
    assert status == 303 and "Une image est retirée" in unescape(text)
    assert not (folder(office.services) / digest).exists()
    for path in (f"/dossiers/{h.BPC}", f"/scrutins/{h.SC}", "/c/college-des-deux-rives/ecran?etape=6"):
        found = await office.browser().get(path)
        assert found.status_code == 200 and digest not in found.text, path
    assert (await office.browser().get(f"/pj/{digest}")).status_code == 404


async def everywhere(office: Office, digest: str) -> None:
    """On the ballot of one vote, in the results of another, in the hall."""
    image = f'<img src="/pj/{digest}" alt="{ALT}" width="480" height="320"'
    pictured = ProjetAuVote(id="p1", titre="Des bancs", cout_cents=600_000, image=digest)
    other = ProjetAuVote(id="p2", titre="Un arbre", cout_cents=100_000)
    election = await scrutin(office, h.SC, projets=(pictured, other), dossier=h.BPC, choix_max=2)
    voter = office.browser()
    ballot = await voter.get(f"/v/{election.codes[0]}", follow_redirects=True)
    assert f'{image} loading="lazy"' in ballot.text and validate_html(ballot.text) == []
    assert (await voter.get(f"/pj/{digest}")).headers["cache-control"] == "public, max-age=604800, immutable"
    await voter.get("/vote/fermer")
    facts = votes.compte(20, college=h.COLLEGE, dossier=h.BPC)
    rules = facts[0]
    assert isinstance(rules, ScrutinCree)
    projets = tuple(p if p.id != "p1" else ProjetAuVote(id="p1", titre=p.titre, cout_cents=p.cout_cents, image=digest)
                    for p in rules.projets)  # fmt: skip
    values = {name: getattr(rules, name) for name in rules.__struct_fields__} | {"projets": projets}
    shown = ScrutinCree(**values)
    assert longueur(shown) == rules.longueur
    await office.write("scrutins/SC-2026-0009", shown, *facts[1:])
    results = await office.browser().get("/scrutins/SC-2026-0009")
    assert image in results.text and validate_html(results.text) == []
    hall = [(await office.browser().get(f"/c/{h.COLLEGE}/ecran?etape={n}")).text for n in range(8)]
    assert sum(image in text for text in hall) == 1
