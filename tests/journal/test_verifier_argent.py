"""V9: the books of the money are added again from the acts; what does not balance is named. One story, then spoiled."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from domain.enveloppes import events as e
from domain.enveloppes.enveloppe import Enveloppe, de_l_annee
from domain.enveloppes.masses import MASSES
from domain.enveloppes.repartition import Beneficiaire, repartir
from domain.ledger.event import Event
from tests.enveloppes import monde as m
from tests.enveloppes.communes import communes
from tests.journal.bundle import Register
from tests.journal.test_verifier_scrutins import line
from tests.journal.verifying import faulty, run, says, verify

Story = list[tuple[str, str, dict[str, Any]]]  # stream, topic, payload
VILLES = communes("pop_municipale_2018")
EN, BRON = f"enveloppes/{m.EN}", f"comptes/fic/{m.BRON}/2023"


def story() -> Story:
    """Two splits of the FIC (59 communes, then 58), every allocation of six years, an operation of Bron."""
    known, found = Enveloppe(), list[tuple[str, Event]]()

    def tell(stream: str, *events: Event) -> None:
        for event in events:
            known.retenir(event)
            found.append((stream, event))

    tell(EN, m.ouverte())
    merged = [Beneficiaire(t.code, t.ctm, t.population + 500, t.voirie) for t in VILLES if t.code != "69152"]
    for towns, year, alpha in ((VILLES, 2021, "1"), (merged, 2024, "0.5")):
        towns = [Beneficiaire(t.code, t.ctm, t.population, 1_000 + t.population % 97) for t in towns]
        tell(EN, inputs(towns), split(known, towns, year, alpha))
    for year in range(2021, 2027):
        ruling = known.en_vigueur(year)
        assert ruling is not None
        for part in ruling.parts:
            cents = de_l_annee(part.cents, ruling, known.connue(), year)
            tell(f"comptes/fic/{part.insee}/{year}", m.dotation(cents, year, qui=part.insee))
    tell(f"operations/{m.OP}", m.proposee(), m.avis, m.decidee)
    tell(BRON, m.engage(50_000_00), e.CreditMandate(operation=m.OP, cents=30_000_00, par="finances"))
    tell(BRON, e.CreditLibere(operation=m.OP, cents=20_000_00, motif="Moins cher", par="finances"))
    tell(BRON, e.DotationRectifiee(difference_cents=-5_000_00, motif="Erreur", deliberation=m.NUMERO, par="finances"))
    tell(m.SUIVANT, e.ReconductionAccordee(de_annee=2023, cents=9_000_00, deliberation=m.NUMERO, par="finances"))
    tell(m.SUIVANT, e.AbondementInscrit(cents=4_000_00, acte="1", par="mairie"))
    return [(stream, *line(event)[:2]) for stream, event in found]


def inputs(towns: list[Beneficiaire]) -> e.DonneesArretees:
    lines = tuple(
        e.DonneeCommune(insee=t.code, ctm=t.ctm, population=t.population, voirie_m2=int(t.voirie)) for t in towns
    )
    return e.DonneesArretees(lignes=lines, population_annee=2018, source="INSEE", par="finances")


def split(known: Enveloppe, towns: list[Beneficiaire], year: int, alpha: str) -> e.RepartitionAdoptee:
    found = repartir("fic", towns, Fraction(alpha), known.a_partager(year), 2027 - year)
    return e.RepartitionAdoptee(
        alpha=alpha, deliberation=m.NUMERO, annee_debut=year, total_cents=sum(part.cents for part in found),
        parts=tuple(e.Part(insee=part.insee, ctm=part.ctm, cents=part.cents) for part in found), par="finances",
    )  # fmt: skip


def written(told: Story, place: Path) -> Path:
    found = Register()
    for stream, topic, payload in told:
        found.add(stream, topic, payload, survenu_le=date(2023, 5, 2).isoformat())
    return found.write(place)


@pytest.fixture(scope="module")
def told() -> Story:
    return story()


def spoiled(told: Story) -> Story:
    return [(stream, topic, dict(payload)) for stream, topic, payload in told]


def one(told: Story, name: str, rank: int = 0) -> dict[str, Any]:
    return [payload for _, topic, payload in told if topic.split("/")[1] == name][rank]


def test_whole_books_balance(told: Story, tmp_path: Path) -> None:
    answer = verify(written(told, tmp_path))
    assert faulty(answer) == set() and answer["checks"]["V9"] == "ok", answer["faults"]
    assert "1 enveloppes et 351 comptes additionnés" in run(tmp_path).stdout.replace("\u00a0", " ")
    assert sum(payload["cents"] for _, topic, payload in told if "DotationInscrite" in topic) == MASSES["fic"]


def move_a_cent(told: Story) -> None:
    parts = [dict(part) for part in one(told, "RepartitionAdoptee")["parts"]]
    parts[0]["cents"] += 1
    parts[1]["cents"] -= 1
    one(told, "RepartitionAdoptee")["parts"] = parts


def add_a_person(told: Story) -> None:
    lines = [dict(line) for line in one(told, "DonneesArretees", 1)["lignes"]]
    lines[3]["population"] += 1_000
    one(told, "DonneesArretees", 1)["lignes"] = lines


def one_more(told: Story) -> None:
    one(told, "DotationInscrite", 7)["cents"] += 1


def twice(told: Story, name: str) -> None:
    at = next(rank for rank, (_, topic, _) in enumerate(told) if topic.split("/")[1] == name)
    told.insert(at + 1, told[at])


def drop(told: Story, name: str) -> None:
    del told[next(rank for rank, (_, topic, _) in enumerate(told) if topic.split("/")[1] == name)]


SPOILS: dict[str, tuple[Callable[[Story], object], tuple[str, ...]]] = {
    "a cent moved in a split": (move_a_cent, ("part de", "recalculé")),
    "a population changed": (add_a_person, ("part de", "recalculé")),
    "another total": (lambda t: one(t, "RepartitionAdoptee", 1).update(total_cents=1), ("à partager",)),
    "another weight": (lambda t: one(t, "RepartitionAdoptee", 1).update(alpha="0.6"), ("part de", "recalculé")),
    "a cent more for a year": (one_more, ("le partage donne",)),
    "an allocation twice": (lambda t: twice(t, "DotationInscrite"), ("deux dotations",)),
    "a larger envelope": (lambda t: one(t, "EnveloppeOuverte").update(montant_cents=5_830_000_001), ("Pacte donne",)),
    "more than is left": (lambda t: one(t, "CreditEngage").update(cents=10**12), ("solde de -",)),
    "paid more than committed": (lambda t: one(t, "CreditMandate").update(cents=50_000_01), ("plus payé qu'engagé",)),
    "released more than committed": (lambda t: one(t, "CreditLibere").update(cents=20_000_01), ("plus libéré",)),
    "carried over twice": (lambda t: twice(t, "ReconductionAccordee"), ("deux fois",)),
    "carried from another year": (lambda t: one(t, "ReconductionAccordee").update(de_annee=2022), ("précédente",)),
    "below zero": (lambda t: one(t, "DotationRectifiee").update(difference_cents=-(10**11)), ("solde de -",)),
    "committed before the decision": (lambda t: drop(t, "OperationDecidee"), ("avant la décision",)),
    "another account's operation": (lambda t: one(t, "OperationProposee").update(beneficiaire="6"), ("autre compte",)),
    "no allocation": (lambda t: t.insert(0, (BRON, *line(m.engage(1))[:2])), ("mal formé",)),
    "not a whole number": (lambda t: one(t, "AbondementInscrit").update(cents=True), ("mal formé",)),
    "minus": (lambda t: one(t, "CreditMandate").update(cents=-5), ("mal formé",)),
    "nobody": (lambda t: one(t, "DonneesArretees").update(lignes=[]), ("0 à partager",)),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILS)
def test_what_does_not_balance_is_named(told: Story, tmp_path: Path, name: str) -> None:
    """The lie is signed like any other act: only the sums tell."""
    change, words = SPOILS[name]
    changed = spoiled(told)
    change(changed)
    answer = verify(written(changed, tmp_path))
    assert "V9" in faulty(answer) and says(answer, "entrée", *words), answer["faults"][:3]
