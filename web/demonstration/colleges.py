"""The fictional collège des Deux-Rives and its three editions, told by `budgets.json`: every act by its own command.

Days in the file: `-1/03-17` is 17 March of the year before the present school year began, `j-3` three days ago.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from domain.budget_participatif.abandonner_projet import AbandonnerProjet
from domain.budget_participatif.arreter_liste import ArreterListe
from domain.budget_participatif.arreter_projet import ArreterProjet
from domain.budget_participatif.avancer_edition import AvancerEdition
from domain.budget_participatif.clore_idees import CloreIdees
from domain.budget_participatif.commander_travaux import CommanderTravaux
from domain.budget_participatif.constater_realisation import ConstaterRealisation
from domain.budget_participatif.decrire_college import DecrireCollege
from domain.budget_participatif.deliberer_jury import DelibererJury
from domain.budget_participatif.deposer_candidature import DeposerCandidature
from domain.budget_participatif.deposer_idee import DeposerIdee
from domain.budget_participatif.deposer_intention import DeposerIntention
from domain.budget_participatif.illustrer_projet import IllustrerProjet
from domain.budget_participatif.inaugurer_projet import InaugurerProjet
from domain.budget_participatif.moderer_idee import ModererIdee
from domain.budget_participatif.ouvrir_edition import OuvrirEdition
from domain.budget_participatif.ouvrir_idees import OuvrirIdees
from domain.budget_participatif.regrouper_idee import RegrouperIdee
from domain.budget_participatif.rendre_faisabilite import RendreFaisabilite
from domain.budget_participatif.rendre_instruction import RendreInstruction
from domain.budget_participatif.voter_allocation import VoterAllocation
from domain.fonctions.confier_fonction import ConfierFonction
from domain.instances.inscrire_instance import InscrireInstance
from domain.ledger.command import Command
from domain.ledger.deciding import Act
from web.demonstration import vignettes
from web.demonstration.acts import once, person
from web.demonstration.frame import START
from web.services import Services

FILE = Path(__file__).parent / "budgets.json"
COLLEGE: Final = "college-des-deux-rives"
ELEVES: Final = 540
RENTREE: Final = 9  # the month when a school year begins
SINCE = date(2020, 9, 1)  # invented, long before the first edition

# slug, function, instance, name: who may be chosen at the demonstration's sign-in
PERSONS = (
    (f"direction-{COLLEGE}", "direction", COLLEGE, "Direction du collège"),
    (f"bureau_de_vote-{COLLEGE}", "bureau_de_vote", COLLEGE, "Bureau de vote du collège"),
    ("education", "education", None, "Direction de l’éducation"),
)
DIRECTION, BUREAU, EDUCATION = (person(slug) for slug, *_ in PERSONS)


@dataclass
class Dossier:
    """One edition as the file tells it (`told`), and what its acts were numbered."""

    services: Services
    today: date
    told: dict[str, Any]
    reference: str = ""
    idees: list[str] = field(default_factory=list)
    scrutin: str = ""
    images: list[str | None] = field(default_factory=list)

    @cached_property
    def rentree(self) -> int:
        """Year in which the present school year began."""
        return self.today.year - (self.today.month < RENTREE)

    @property
    def annee(self) -> int:
        """Year in which the edition begins."""
        return self.rentree + int(self.told["edition"])

    @property
    def edition(self) -> str:
        """Its school year: `2026-2027`."""
        return f"{self.annee}-{self.annee + 1}"

    def jour(self, said: str) -> date:
        """The day that the file says."""
        if said.startswith("j"):
            return self.today + timedelta(days=int(said[1:]))
        years, _, day = said.partition("/")
        month, number = map(int, day.split("-"))
        return date(self.rentree + int(years), month, number)

    def le(self, name: str) -> date:
        """The day of this act."""
        return self.jour(self.told[name])

    async def do(self, key: str, command: Command) -> Act:
        """Writes it, once."""
        return await self.services.ledger.execute(command, once(f"colleges/{self.told['edition']}/{key}"))

    async def all(self, acts: Sequence[tuple[str, Command]]) -> list[Act]:
        """Writes them together, in this order."""
        return await asyncio.gather(*(self.do(key, command) for key, command in acts))


def dossiers(services: Services, today: date) -> list[Dossier]:
    """The three editions, oldest first."""
    return [Dossier(services, today, told) for told in json.loads(FILE.read_text())]


async def frame(services: Services) -> None:
    """The collège and those who act for it, all of it invented."""
    await asyncio.gather(*(services.ledger.execute(command, once(key)) for key, command in _frame()))


def _frame() -> Iterator[tuple[str, Command]]:
    admin, source = person("administration"), "collège inventé pour la démonstration"
    body = InscrireInstance(
        admin, START, COLLEGE, "Collège des Deux-Rives", "Collège des Deux-Rives", "college", SINCE, source
    )
    yield f"colleges/{COLLEGE}", body
    for slug, function, instance, name in PERSONS:
        mail = f"{slug.replace('_', '-')}@demonstration.example"
        confided = ConfierFonction(
            admin, START, person(slug), function, f"{name} (démonstration)", mail, SINCE, instance=instance
        )
        yield f"personnes/{slug}", confided


async def until_the_vote(dossier: Dossier, others: Sequence[str]) -> None:
    """From the opening of the edition to the closed list. `others`: the collège's dossiers of earlier editions."""
    told, edition = dossier.told, dossier.edition
    await dossier.do(
        "rentree", DecrireCollege(DIRECTION, dossier.le("ouverte"), COLLEGE, "Lyon", ELEVES, dossier.annee)
    )
    opened = OuvrirEdition(
        EDUCATION,
        dossier.le("ouverte"),
        edition,
        told["titre"].format(e=edition),
        told["enveloppe"],
        told["plafond"],
        dossier.le("intentions_jusqu_au"),
        dossier.le("candidatures_jusqu_au"),
        f"Règlement de l’édition {edition}, inventé pour la démonstration",
    )
    await dossier.do("edition", opened)
    await dossier.do("intentions", AvancerEdition(EDUCATION, dossier.le("ouverte"), edition, "intentions"))
    intention = DeposerIntention(
        DIRECTION, dossier.le("intention"), COLLEGE, edition, told["adoptee_par"], told["budget"], tuple(others)
    )
    dossier.reference = (await dossier.do("intention", intention)).reference
    await _idees(dossier)
    await dossier.all([(f"projet/{rank}", command) for rank, command in enumerate(_projets(dossier))])
    await _illustrer(dossier)
    alone = tuple(ref for ref, idee in zip(dossier.idees, told["idees"], strict=True) if "dans" not in idee)
    await dossier.do("liste", ArreterListe(DIRECTION, dossier.le("liste"), dossier.reference, alone))
    await avancer(dossier, "candidatures")


async def avancer(dossier: Dossier, *etapes: Any) -> None:
    """The edition enters these steps, one after the other."""
    days = dossier.told["suite"]["etapes"]
    for etape in etapes:
        le = dossier.jour(days[etape])
        await dossier.do(f"etape/{etape}", AvancerEdition(EDUCATION, le, dossier.edition, etape))


async def _idees(dossier: Dossier) -> None:
    told, reference = dossier.told["idees"], dossier.reference
    since, until = dossier.le("idees_du"), dossier.le("idees_au")
    await dossier.do("idees", OuvrirIdees(DIRECTION, since, reference, until))
    spread = (until - since).days // len(told)
    given = [
        DeposerIdee(
            since + timedelta(days=rank * spread), reference, idee["texte"], idee["canal"], idee.get("lieu"),
            acteur="" if idee["canal"] == "formulaire" else DIRECTION,
        )
        for rank, idee in enumerate(told)
    ]  # fmt: skip
    acts = await dossier.all([(f"idee/{rank}", command) for rank, command in enumerate(given)])
    dossier.idees = [act.reference for act in acts]
    await dossier.all([(f"lecture/{rank}", command) for rank, command in enumerate(_lectures(dossier))])
    joined = [(rank, idee["dans"], idee["pourquoi"]) for rank, idee in enumerate(told) if "dans" in idee]
    le = dossier.le("lecture")
    await dossier.all(
        [
            (f"regrouper/{rank}", RegrouperIdee(DIRECTION, le, dossier.idees[rank], reference, dossier.idees[to], why))
            for rank, to, why in joined
        ]
    )
    await dossier.do("idees_closes", CloreIdees(DIRECTION, le, reference))
    await dossier.all(
        [(f"faisabilite/{rank}", command) for rank, command in enumerate(_faisabilites(dossier)) if command is not None]
    )


def _lectures(dossier: Dossier) -> Iterator[Command]:
    le = dossier.le("lecture")
    for reference, idee in zip(dossier.idees, dossier.told["idees"], strict=True):
        if "ecarter" in idee:
            yield ModererIdee(DIRECTION, le, reference, dossier.reference, "ecarter", motif=idee["ecarter"])
        else:
            shown = idee["titre"], idee["resume"]
            yield ModererIdee(DIRECTION, le, reference, dossier.reference, "publier", *shown)


def _faisabilites(dossier: Dossier) -> Iterator[Command | None]:
    le = dossier.le("faisabilite")
    for reference, idee in zip(dossier.idees, dossier.told["idees"], strict=True):
        answered = "avis" in idee
        yield (
            RendreFaisabilite(
                EDUCATION, le, reference, dossier.reference, idee["avis"], idee["motif"], idee.get("cout")
            )
            if answered
            else None
        )


def _projets(dossier: Dossier) -> Iterator[Command]:
    for projet in dossier.told["projets"]:
        yield ArreterProjet(
            DIRECTION,
            dossier.le("liste"),
            dossier.reference,
            titre=projet["titre"],
            phrase=projet["phrase"],
            cout_cents=projet["cout"],
            comparaison=projet["comparaison"],
            lieu=projet["lieu"],
            avis=projet["avis"],
            idees=tuple(dossier.idees[rank] for rank in projet["idees"]),
        )


async def _illustrer(dossier: Dossier) -> None:
    """The pictures of the ballot, for the editions whose projects have one."""
    le, told = dossier.le("liste"), dossier.told["projets"]
    dossier.images = await vignettes.kept(dossier.services, told)
    makes = [
        (f"image/{n}", IllustrerProjet(DIRECTION, le, dossier.reference, f"p{n}", image, projet["montre"]))
        for n, (image, projet) in enumerate(zip(dossier.images, told, strict=True), start=1)
        if image
    ]
    await dossier.all(makes)


async def after_the_vote(dossier: Dossier, winners: tuple[str, ...], photo: str) -> None:
    """From the application to the opening of what was built; nothing for the editions that have not come to it."""
    suite, reference, edition = dossier.told["suite"], dossier.reference, dossier.edition
    if "candidature" not in suite:
        return
    sent = DeposerCandidature(
        DIRECTION, dossier.jour(suite["candidature"]), reference, edition, dossier.scrutin, winners
    )
    await dossier.do("candidature", sent)
    await avancer(dossier, "instruction")
    le = dossier.jour(suite["instruction"])
    await dossier.all(
        [
            (f"examen/{p}", RendreInstruction(EDUCATION, le, reference, edition, p, "recevable", *said))
            for p, said in suite["examens"].items()
        ]
    )
    await avancer(dossier, "jury")
    le, decided = dossier.jour(suite["jury"]), suite["decisions"]
    await dossier.all(
        [(f"jury/{p}", DelibererJury(EDUCATION, le, reference, edition, p, *said)) for p, said in decided.items()]
    )
    await avancer(dossier, "deliberation")
    kept = tuple(p for p, (decision, _) in decided.items() if decision == "retenu")
    le, number = dossier.jour(suite["allocation"]), suite["deliberation"].format(a=dossier.annee + 1)
    total = sum(suite["examens"][p][1] for p in kept)
    await dossier.do("allocation", VoterAllocation(EDUCATION, le, reference, edition, number, total, kept))
    await avancer(dossier, "elaboration", "travaux")
    for key, command in _realisation(dossier, photo):
        await dossier.do(key, command)


def _realisation(dossier: Dossier, photo: str) -> Iterator[tuple[str, Command]]:
    """Works, pictures, openings, what is given up: in the order of the days."""
    suite, reference, edition = dossier.told["suite"], dossier.reference, dossier.edition
    found: list[tuple[date, str, Command]] = []
    for p, (day, planned) in suite["travaux"].items():
        le = dossier.jour(day)
        ordered = CommanderTravaux(EDUCATION, le, reference, edition, p, dossier.jour(planned))
        found.append((le, f"travaux/{p}", ordered))
    for p, (day, cost, seen) in suite["realise"].items():
        le = dossier.jour(day)
        found.append((le, f"realise/{p}", ConstaterRealisation(DIRECTION, le, reference, p, cost, seen, photo)))
    for p, day in suite["inaugure"].items():
        le = dossier.jour(day)
        found.append((le, f"inaugure/{p}", InaugurerProjet(DIRECTION, le, reference, p)))
    for p, (day, why) in suite["abandon"].items():
        le = dossier.jour(day)
        found.append((le, f"abandon/{p}", AbandonnerProjet(EDUCATION, le, reference, p, why, dossier.scrutin)))
    yield from ((key, command) for _, key, command in sorted(found, key=lambda one: one[0]))
