"""The words of the search: only what everyone may read, gone when erased, the same after a rebuild."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.effacements.events import EffacementDemande, EffacementExecute
from domain.ledger.event import Event
from domain.propositions import events as e
from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild
from projections.recherche import fold
from tests.acces.office import Office, open_office
from tests.monde import instance
from web.embedded import Urls

REF = "GEPI-2026-0001"
STREAM = f"propositions/{REF}"
WORD = "hirondelle"


@pytest.fixture
async def office(database: Urls, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(database, tmp_path) as found:
        await found.write("instances/gepi", instance())
        yield found


def filed(**others: Any) -> e.PropositionDeposee:
    values = {"lecture": "tous_sans_nom", "texte": f"Un nid d’{WORD} à Épinettes.", **others}
    return e.PropositionDeposee(
        instance="gepi", canal="ecrit", reponse_par="code", code_empreinte="ab" * 32, langue="fr", **values
    )


def qualified(titre: str = "Des nids en ville") -> e.PropositionQualifiee:
    return e.PropositionQualifiee(theme="cadre_de_vie", competence="metropole", titre=titre, par="animation:gepi")


def moderated(decision: e.DecisionDePublication = "publier") -> e.PublicationModeree:
    return e.PublicationModeree(decision=decision, avec_prenom=False, par="animation:gepi")


def erased(versions: tuple[int, ...] = (1,), portees: tuple[str, ...] = ("contribution", "auteur")) -> Event:
    return EffacementDemande(cibles=["x"], versions=list(versions), portees=list(portees), motif="moderation",
                             base="b", par="protection_donnees")  # fmt: skip


async def found(office: Office, word: str) -> bool:
    return REF in (await office.client.get("/recherche", params={"q": word})).text.partition("<main")[2]


async def nowhere(office: Office, word: str) -> bool:
    """In no cell of any projection."""
    for projection in PROJECTIONS:
        for kind in projection.ROWS:
            rows = await office.services.fetch(f"SELECT t::text FROM {kind.TABLE} t")
            if any(word in text for (text,) in rows):
                return False
    return True


async def equal(office: Office) -> bool:
    done = await rebuild(office.settings.database_url or "", office.services.vault, PROJECTIONS)
    return done.switched and done.projections["recherche"].equal


async def test_a_text_is_found_once_a_human_has_published_it(office: Office) -> None:
    await office.write(STREAM, filed())
    assert not await found(office, WORD) and await nowhere(office, WORD)
    await office.write(STREAM, qualified())
    assert await found(office, "nids") and not await found(office, WORD)
    await office.write(STREAM, moderated())
    assert await found(office, WORD) and await found(office, "epinettes") and await found(office, WORD.upper())
    assert await equal(office) and await found(office, WORD)


async def test_all_in_one_batch(office: Office) -> None:
    await office.write(STREAM, filed(), qualified(), moderated())
    assert await found(office, WORD) and await equal(office)


async def test_the_title_and_the_answer_are_found_with_the_text(office: Office) -> None:
    await office.write(STREAM, filed(), qualified(), moderated())
    await office.write(STREAM, e.QualificationRectifiee(theme="sante", competence="metropole", titre="Des oiseaux",
                                                        motif="mieux dit", par="animation:gepi"))  # fmt: skip
    await office.write(
        STREAM, e.SuiteDonnee(suite="on_le_fait", motif="Des nichoirs seront posés.", par="coordination")
    )
    for words in (WORD, "oiseau nichoir", f"santé {WORD}", "« nichoirs seront »"):
        assert await found(office, words), words
    assert not await found(office, "ville")
    assert await equal(office)


@pytest.mark.parametrize("last", [moderated("garder_prive"), e.PropositionRetiree(effacement_souhaite=False), erased()])
async def test_what_is_no_longer_public_is_no_longer_found(office: Office, last: Event) -> None:
    await office.write(STREAM, filed(), qualified(), moderated())
    await office.write(STREAM, last)
    assert await found(office, "nids") and not await found(office, WORD) and await nowhere(office, WORD)
    assert await equal(office)


async def test_after_an_erasure_the_words_are_nowhere(office: Office) -> None:
    act = await office.write(STREAM, filed(prenom="Zénobie", contact="z@exemple.fr"))
    await office.write(STREAM, qualified(), moderated())
    await office.write(STREAM, erased())
    assert not await found(office, WORD) and await nowhere(office, WORD)
    keys = [
        key
        for (key,) in await office.services.fetch(
            "SELECT key_id FROM keys.data_keys WHERE position = %s", (act.position,)
        )
    ]
    async with office.services.pool.connection() as connection:
        await connection.execute("SELECT ledger.forget(%s)", (keys,))
    await office.write(STREAM, EffacementExecute(demande=4, cibles=["x"], motif="moderation", base="b", par="registre"))
    await office.write(STREAM, e.SuiteDonnee(suite="deja_prevu", motif="C’est prévu en 2027.", par="coordination"))
    await office.write(STREAM, moderated())  # no rule lets it through: the words still do not come back
    for path in (f"/recherche?q={WORD}", f"/recherche.atom?q={WORD}", f"/api/recherche?q={WORD}", f"/dossiers/{REF}",
                 f"/dossiers/{REF}.json", f"/dossiers/{REF}.atom", "/instances/gepi.atom", "/opendata/propositions.csv",
                 "/"):  # fmt: skip
        shown = (await office.client.get(path)).text.partition("Aucun résultat")[0]
        assert "nid d" not in shown and "Épinettes" not in shown and "Zénobie" not in shown, path
    assert await equal(office) and await nowhere(office, WORD)


async def test_erasing_something_else_keeps_the_text(office: Office) -> None:
    await office.write(STREAM, filed(), qualified(), moderated(), e.ComplementAjoute(texte="Et un arbre."))
    await office.write(STREAM, erased((4,), ("complement",)), erased((1,), ("auteur",)))
    assert await found(office, WORD) and await equal(office)


async def test_only_published_words_are_in_the_index(office: Office) -> None:
    await office.write(STREAM, filed(lecture="equipe", prenom="Zénobie"), qualified())
    with psycopg.connect(office.settings.database_url or "") as connection:
        rows = connection.execute("SELECT titre, texte, vecteur::text FROM projections.recherche_mots").fetchall()
    assert rows and all(titre == texte == "" for titre, texte, _ in rows)
    assert all("zenobi" not in vector and "hirond" not in vector for _, _, vector in rows)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Végétalisation des cours d’école", "vegetalisation des cours d ecole"),
        ("ŒUVRE, cœur", "oeuvre coeur"),
        ("Ve\u0301ge\u0301tal", "vegetal"),
        ("Oullins-Pierre-Bénite", "oullins pierre benite"),
        ("🌳 a\u0000b <b>", "a b b"),
        ("مرحبا ΑΘΉΝΑ", "مرحبا αθηνα"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
