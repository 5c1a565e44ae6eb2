"""« Tu » to pupils on every screen that they meet, « vous » to everybody else, from one text."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests import monde
from tests.propositions import histoire as h
from tests.propositions.marche import Parcours, code, formulaire, reference
from web.propositions.voix import TU, tutoie

VOUS = re.compile(r"\b([Vv]ous|[Vv]otre|[Vv]os|\w{2,}ez)\b")
TUTOIEMENT = re.compile(r"\b([Tt]u|[Tt]on|[Tt]a|[Tt]es|[Tt]oi)\b")
ALLOWED = {"Chez", "chez", "assez"}


def lu(text: str) -> str:
    """What the page itself says, without tags."""
    main = text[text.index("<main") : text.index("</main>")]
    return unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ")


def vouvoiements(text: str) -> list[str]:
    return [found for found in VOUS.findall(lu(text)) if found not in ALLOWED]


async def screens(parcours: Parcours, instance: str, moyen: str, **contact: str) -> list[str]:
    """Every screen of a filing, with its faults, then the receipt and the person's own page with its acts."""
    client = parcours.office.client
    said = {"texte": "Un banc", "reponse_par": moyen, "lecture": "equipe", "prenom": ""} | contact
    pages = [(await parcours.get(f"/dire?instance={instance}")).text]
    answer = await parcours.get(f"/dire/ecrire?instance={instance}")
    while True:
        pages.append(answer.text)
        action, fields = formulaire(answer)
        if action == "/dire/deposer":
            break
        pages.append((await client.post(action, data=fields)).text)
        fields |= {name: value for name, value in said.items() if f'name="{name}"' in answer.text}
        answer = parcours.checked(await client.post(action, data=fields))
    receipt = await parcours.suivre(await client.post("/dire/deposer", data=fields))
    pages.append(receipt.text)
    pages.append(parcours.checked(await client.post("/dire/deposer", data=fields | {"texte": "Autre"}), 409).text)
    assert (await parcours.office.post("/suivi", code=code(receipt))).status_code == 303
    pages.append((await parcours.get("/suivi/ma-parole")).text)
    for event in (monde.qualifiee, h.repondue, h.orientee):
        await parcours.office.write(f"propositions/{reference(receipt)}", event)
    for acte in ("ajouter", "compris", "compris", "pas-compris", "retirer", "ajouter"):
        pages.append((await parcours.get(f"/suivi/{acte}")).text)
        answer = await parcours.office.post(f"/suivi/{acte}", texte="", telephone="06")
        pages.append(answer.text if answer.status_code != 303 else (await parcours.get("/suivi/ma-parole")).text)
    return pages


CONTACTS = [("code", {}), ("courriel", {"courriel": "a@b.fr"}), ("telephone", {"telephone": "0612345678"}),
            ("courrier", {"adresse": "1 rue du Lac"})]  # fmt: skip


@pytest.mark.parametrize(("moyen", "contact"), CONTACTS)
async def test_pupils_are_told_tu(parcours: Parcours, moyen: str, contact: dict[str, str]) -> None:
    pages = await screens(parcours, "comet", moyen, **contact)
    assert [vouvoiements(page) for page in pages if vouvoiements(page)] == []
    assert all(TUTOIEMENT.search(lu(page)) for page in pages[:3])


async def test_everybody_else_is_told_vous(parcours: Parcours) -> None:
    pages = await screens(parcours, "gepi", "courrier", adresse="1 rue du Lac")
    assert not [TUTOIEMENT.findall(lu(page)) for page in pages if TUTOIEMENT.search(lu(page))]
    assert all(vouvoiements(page) for page in pages[:3])


def test_every_turn_is_said_somewhere(root: Path) -> None:
    sources = [*root.glob("web/propositions/*.html"), *root.glob("web/propositions/*.py"), *root.glob("domain/**/*.py")]
    said = "\n".join(path.read_text() for path in sources if path.name != "voix.py")
    assert [vous for vous, _ in TU if vous not in re.sub(r'"\s+"', "", said)] == []
    assert [tu for vous, tu in TU if tutoie(vous) != tu] == []
