"""On a real ledger: two at once, and a function withdrawn meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionTerminee
from domain.fonctions.confier_fonction import ConfierFonction
from domain.fonctions.nommer_premier_titulaire import NommerPremierTitulaire
from domain.fonctions.retirer_fonction import RetirerFonction
from domain.instances.inscrire_instance import InscrireInstance
from domain.ledger.deciding import Act
from domain.ledger.ledger import Ledger
from domain.ledger.vault import Vault
from domain.propositions.deposer_proposition import DeposerProposition
from domain.propositions.donner_suite import DonnerSuite, ReponseDejaDonnee
from domain.propositions.qualifier_proposition import QualifierProposition
from tests.monde import ADMIN, AGENT, AUTRE_ANIMATION, DEPOT, EMPREINTE, JOUR
from web.embedded import Urls

OUVERTURE = date(2026, 1, 1)


@pytest.fixture
async def ledger(database: Urls) -> AsyncIterator[Ledger]:
    """A register where a proposition waits for an answer; two agents may give it."""
    found = Ledger(database.app, "essai.registre.example/2026", Vault(b"k" * 32))
    await found.start()
    par: dict[str, Any] = {"acteur": ADMIN, "le": OUVERTURE}
    await found.execute(NommerPremierTitulaire(ADMIN, "administration", "Admin", "admin@exemple.fr", OUVERTURE))
    for agent in (AGENT, AUTRE_ANIMATION):
        await found.execute(
            ConfierFonction(**par, personne=agent, fonction="coordination", nom="A", courriel="a@b.fr", du=OUVERTURE)
        )
    service: dict[str, Any] = {"adresse": "20 rue du Lac, Lyon", "telephone": "04 78 63 40 40"}
    await found.execute(
        InscrireInstance(
            **par, instance="service", nom="S", sigle="S", type="service", du=OUVERTURE, source="x", **service
        )
    )
    await found.execute(
        InscrireInstance(
            **par, instance="gepi", nom="GEPI", sigle="GEPI", type="participation", du=OUVERTURE, source="D:457",
            serie="GEPI", repondant="service",
        )
    )  # fmt: skip
    filed = await found.execute(
        DeposerProposition(instance="gepi", texte="Un banc", code_empreinte=EMPREINTE, le=DEPOT)
    )
    assert filed.reference == "GEPI-2026-0001"
    await found.execute(
        QualifierProposition(AGENT, JOUR, filed.reference, theme="logement", competence="metropole", titre="Un banc")
    )
    yield found
    await found.stop()


def repondre(agent: str) -> DonnerSuite:
    return DonnerSuite(agent, JOUR, "GEPI-2026-0001", suite="on_le_fait", motif="Le banc arrive au printemps.")


async def test_de_deux_agents_l_un_repond_l_autre_le_sait(ledger: Ledger) -> None:
    answers = await asyncio.gather(
        ledger.execute(repondre(AGENT)), ledger.execute(repondre(AUTRE_ANIMATION)), return_exceptions=True
    )
    assert [type(a) for a in answers].count(Act) == 1
    assert [type(a) for a in answers].count(ReponseDejaDonnee) == 1


async def test_une_fonction_retiree_entre_temps_arrete_l_acte(ledger: Ledger) -> None:
    withdrawn = RetirerFonction(
        ADMIN, JOUR, personne=AGENT, fonction="coordination", motif="fin_de_mission", sans_le=JOUR
    )
    await ledger.execute(withdrawn)
    with pytest.raises(FonctionTerminee):
        await ledger.execute(repondre(AGENT))
    assert (await ledger.execute(repondre(AUTRE_ANIMATION))).reference == "GEPI-2026-0001"


async def test_deux_cents_depots_ont_deux_cents_numeros(ledger: Ledger) -> None:
    acts = await asyncio.gather(
        *(
            ledger.execute(DeposerProposition(instance="gepi", texte=f"Idée {n}", code_empreinte=EMPREINTE, le=DEPOT))
            for n in range(200)
        )
    )
    assert sorted(act.reference for act in acts) == [f"GEPI-2026-{n:04d}" for n in range(2, 202)]
