"""The demonstration's operations, all invented: ten told here, at every stage; the others are in `argent_liste`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from domain.enveloppes.abandonner_operation import AbandonnerOperation
from domain.enveloppes.accorder_reconduction import AccorderReconduction
from domain.enveloppes.avancer_operation import AvancerOperation
from domain.enveloppes.decider_operation import DeciderOperation
from domain.enveloppes.engager_credit import EngagerCredit
from domain.enveloppes.events import NomEnveloppe
from domain.enveloppes.inscrire_abondement import InscrireAbondement
from domain.enveloppes.liberer_credit import LibererCredit
from domain.enveloppes.mandater_credit import MandaterCredit
from domain.enveloppes.proposer_operation import ProposerOperation
from domain.enveloppes.rendre_avis_technique import RendreAvisTechnique
from domain.enveloppes.solder_operation import SolderOperation
from domain.ledger.command import Command
from web.demonstration.acts import person
from web.demonstration.argent import CONSEIL, RECONDUCTIONS

FICTIF = " (opération fictive)"
FINANCES, TECHNIQUES = person("finances"), person("services-techniques")
ALPES, VILLEURBANNE = "ctm-porte-des-alpes", "ctm-villeurbanne"


class Oeuvre(msgspec.Struct, frozen=True, kw_only=True):
    """An operation to tell: amounts in euros; each step has its day. `credits`: (year, euros) committed."""

    cle: str
    nom: NomEnveloppe
    a: str
    titre: str
    nature: str
    cout: int
    proposee: date
    etudiee: date | None = None
    decidee: date | None = None
    credits: tuple[tuple[int, int], ...] = ()
    commencee: date | None = None
    soldee: date | None = None
    reel: int = 0
    abandonnee: date | None = None
    communes: tuple[str, ...] = ()
    autres: dict[str, Any] = {}


OEUVRES = (
    Oeuvre(cle="allee", nom="fic", a="69029", titre="Une allée ombragée", nature="Plantations", cout=180_000,
           proposee=date(2021, 5, 3), etudiee=date(2021, 6, 1), decidee=date(2021, 7, 5), credits=((2021, 180_000),),
           commencee=date(2021, 10, 4), soldee=date(2022, 5, 2), reel=172_500),
    Oeuvre(cle="trottoirs", nom="fic", a="69029", titre="Des trottoirs plus larges", nature="Voirie", cout=90_000,
           proposee=date(2022, 2, 7), etudiee=date(2022, 3, 7), decidee=date(2022, 4, 4), credits=((2022, 90_000),),
           commencee=date(2022, 9, 5), soldee=date(2023, 2, 6), reel=90_000),
    Oeuvre(cle="place", nom="fic", a="69029", titre="Une place devant le marché", nature="Espace public", cout=420_000,
           proposee=date(2023, 1, 16), etudiee=date(2023, 2, 20), decidee=date(2023, 4, 3),
           credits=((2023, 200_000), (2024, 180_000)), commencee=date(2024, 4, 8),
           autres={"motif_seuil": "Un seul chantier coûte moins cher que deux tranches."}),
    Oeuvre(cle="cour", nom="fic", a="69266", titre="Une cour d'école plantée", nature="Plantations", cout=250_000,
           proposee=date(2024, 3, 4), etudiee=date(2024, 4, 2), decidee=date(2024, 5, 13), credits=((2024, 240_000),),
           commencee=date(2024, 7, 8), soldee=date(2025, 1, 13), reel=238_000),
    Oeuvre(cle="fontaine", nom="fic", a="69091", titre="Une fontaine à boire", nature="Eau", cout=18_000,
           proposee=date(2025, 9, 8), etudiee=date(2025, 10, 6), decidee=date(2025, 11, 17)),
    Oeuvre(cle="parking", nom="fic", a="69091", titre="Un parking de vingt places", nature="Voirie", cout=60_000,
           proposee=date(2023, 3, 6), etudiee=date(2023, 4, 3), decidee=date(2023, 5, 15), credits=((2023, 60_000),),
           abandonnee=date(2023, 9, 4)),
    Oeuvre(cle="pistes", nom="prox", a=ALPES, titre="Des traversées pour les vélos", nature="Voirie", cout=350_000,
           proposee=date(2022, 3, 14), etudiee=date(2022, 4, 11), decidee=date(2022, 6, 27), credits=((2022, 350_000),),
           commencee=date(2022, 11, 7), communes=("69029", "69290")),
    Oeuvre(cle="bancs", nom="prox", a=VILLEURBANNE, titre="Cent bancs", nature="Mobilier", cout=120_000,
           proposee=date(2026, 2, 9), communes=("69266",)),
    Oeuvre(cle="voie-verte", nom="projets", a=ALPES, titre="Une voie verte entre deux communes", nature="Modes actifs",
           cout=2_400_000, proposee=date(2022, 7, 4), etudiee=date(2022, 9, 5), decidee=date(2022, 12, 12),
           credits=((2023, 700_000), (2024, 600_000)), commencee=date(2024, 2, 5), communes=("69029", "69290"),
           autres={"axe": "axe_3", "competence": "metropole", "motif_seuil": "Il faut un pont."}),
    Oeuvre(cle="ombre", nom="projets", a=ALPES, titre="De l'ombre aux arrêts de bus", nature="Plantations",
           cout=300_000, proposee=date(2026, 6, 8), etudiee=date(2026, 9, 7), communes=("69029", "69256"),
           autres={"axe": "axe_4", "competence": "metropole", "origine": "GEPI-2026-0002"}),
)  # fmt: skip


def proposer(told: Oeuvre) -> Command:
    """The proposal; its reference is drawn."""
    return ProposerOperation(
        FINANCES, told.proposee, told.nom, told.a, told.titre + FICTIF, told.nature, told.cout * 100,
        told.communes or (told.a,), "Commune" if told.nom == "fic" else "Conférence territoriale des maires",
        **told.autres,
    )  # fmt: skip


def suite(told: Oeuvre, reference: str) -> Iterator[tuple[str, Command]]:
    """Its life after the proposal, in order."""
    if told.etudiee:
        opinion = "Faisable, sans réserve (démonstration)."
        yield f"{told.cle}/avis", RendreAvisTechnique(TECHNIQUES, told.etudiee, reference, True, opinion)
    if told.decidee:
        body = f"conseil-municipal-{told.a}" if told.nom == "fic" else CONSEIL
        number = f"{told.decidee.year}-DEMO-{told.cle}"
        yield f"{told.cle}/decision", DeciderOperation(FINANCES, told.decidee, reference, body, number)
    for year, euros in told.credits:
        day = max(told.decidee or told.proposee, date(year, 3, 20))
        account = (told.nom, told.a, year, reference)
        yield f"{told.cle}/engage/{year}", EngagerCredit(FINANCES, day, *account, euros * 100)
    if told.commencee:
        yield f"{told.cle}/travaux", AvancerOperation(TECHNIQUES, told.commencee, reference, "commencee")
    if told.abandonnee:
        yield from _abandon(told, reference, told.abandonnee)
    if told.soldee:
        yield from _solde(told, reference, told.soldee)


def _abandon(told: Oeuvre, reference: str, day: date) -> Iterator[tuple[str, Command]]:
    reason = "Les riverains demandent des arbres."
    yield f"{told.cle}/abandon", AbandonnerOperation(FINANCES, day, reference, "riverains", reason)
    for year, euros in told.credits:
        account = (told.nom, told.a, year, reference)
        yield (
            f"{told.cle}/libere/{year}",
            LibererCredit(FINANCES, day, *account, euros * 100, motif="Opération abandonnée"),
        )


def _solde(told: Oeuvre, reference: str, day: date) -> Iterator[tuple[str, Command]]:
    [(year, euros)] = told.credits
    account = (told.nom, told.a, year, reference)
    yield f"{told.cle}/paye", MandaterCredit(FINANCES, day, *account, told.reel * 100)
    if euros > told.reel:
        less = (euros - told.reel) * 100
        yield f"{told.cle}/libere", LibererCredit(FINANCES, day, *account, less, motif="Moins cher que prévu")
    yield f"{told.cle}/reception", AvancerOperation(TECHNIQUES, day, reference, "receptionnee")
    yield f"{told.cle}/solde", SolderOperation(TECHNIQUES, day, reference, told.reel * 100)


def abondement() -> tuple[str, Command]:
    """Bron adds its own money."""
    mairie = person("mairie-bron")
    return "abondement", InscrireAbondement(mairie, date(2023, 2, 6), "69029", 2023, 30_000_00, "2023-DEMO-budget")


def reconduction() -> tuple[str, Command]:
    """What Bron has left of 2023 goes to 2024, in part."""
    return "reconduction", AccorderReconduction(
        FINANCES, date(2024, 3, 12), RECONDUCTIONS, "fic", "69029", 2023, 60_000_00
    )
