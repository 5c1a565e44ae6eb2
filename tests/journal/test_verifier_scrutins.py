"""V9: every scrutin of the register is recounted; what does not add up is named. Whole votes, then spoiled ones."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.ledger.entry import encode_entry
from domain.ledger.event import Event
from domain.scrutins.importer_scrutin import ImporterScrutin
from domain.scrutins.importes import preparer
from tests.comptage.elections import DONNEES, sans_donnees
from tests.comptage.test_pabulib import pb
from tests.journal.bundle import Register, small
from tests.journal.verifying import faulty, run, says, verify
from tests.resultats import votes

Line = tuple[str, dict[str, Any], bool]  # topic, payload, dated
STREAM = "scrutins/SC-2026-0001"


def line(event: Event) -> Line:
    """An event as its entry says it."""
    state = encode_entry(event, "essai.example/1", STREAM, 1, "2026-11-21T08:00:00Z", [])
    return type(event).TOPIC, json.loads(state)["d"], type(event).DATED


def lines(events: list[Event]) -> list[Line]:
    return [line(event) for event in events]


def register(*scrutins: list[Line]) -> Register:
    found = Register()
    for number, events in enumerate(scrutins, start=1):
        for topic, payload, dated in events:
            dates = {} if dated else {"enregistre_le": None, "survenu_le": None}
            found.add(f"scrutins/SC-2026-{number:04d}", topic, payload, **dates)
    return found


def imported(content: bytes) -> list[Line]:
    return lines(list(ImporterScrutin(preparer(content), "essai.pb", date(2026, 11, 21)).decide()))


def payload(events: list[Line], name: str, rank: int = 0) -> dict[str, Any]:
    """The payload of the rank-th event of this kind, to be spoiled."""
    return [found for topic, found, _ in events if topic.split("/")[1] == name][rank]


LOT: dict[str, Any] = {"lot": 1, "n": 2, "empreinte": "aa" * 32, "par": votes.BUREAU}
PAPER: list[Line] = [
    ("scrutins/LotPapierSaisi/1", LOT | {"par": votes.DIRECTION}, True),
    ("scrutins/LotPapierContreSaisi/1", LOT | {"ecarts": 0}, True),
    ("scrutins/LotPapierValide/1", LOT | {"ecarts_tranches": 0}, True),
]


def with_paper() -> list[Line]:
    """42 sealed ballots and 2 on paper."""
    events = lines(votes.compte(44))
    at = next(rank for rank, (topic, _, _) in enumerate(events) if "UrneRelevee" in topic)
    urn, closed = lines(votes.ouvert(42))[at:], lines(votes.fermeture(42))
    closed[1][1]["n_echanges"] = 2
    swaps: list[Line] = [("scrutins/BilletEchangeContrePapier/1", {"par": votes.BUREAU}, False)] * 2
    counted = [each for each in events if each[0].split("/")[1] in ("BulletinsDepouilles", "ScrutinDepouille")]
    payload(counted, "ScrutinDepouille")["n_papier"] = 2
    return [*events[:at], *urn, *swaps, *closed[:2], *deepcopy(PAPER), *closed[2:], *counted]


KINDS: dict[str, dict[str, Any]] = {
    "approbation": {},
    "un_seul": {"type_vote": "choose-1", "choix_max": 1},
    "points": {"type_vote": "cumulative", "points_max": 10, "parametres": {"score": "points"}},
    "rangs": {"type_vote": "ordinal", "regle_comptage": "glouton_par_euro", "parametres": {"score": "points"}},
    "parts": {"regle_comptage": "parts_egales_glouton", "parametres": {"score": "votes"}},
    "agrandies": {
        "regle_comptage": "parts_egales_add1_glouton",
        "parametres": {"score": "votes", "depart": "entier", "arret": "depassement", "pas": 10},
    },
    "seuil": {"regle_comptage": "glouton_seuil", "parametres": {"score": "votes", "seuil": 12}},
    "arret": {"regle_comptage": "glouton_arret", "parametres": {"score": "votes"}},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_vote_is_recounted(tmp_path: Path, kind: str) -> None:
    found = register(lines(votes.compte(44, {"trop_de_choix": 2}, **KINDS[kind])))
    answer = verify(found.write(tmp_path))
    assert faulty(answer) == set() and answer["checks"]["V9"] == "ok", answer["faults"]
    assert "1 votes recomptés" in run(tmp_path).stdout.replace("\u00a0", " ")


def test_votes_of_every_state_stand_together(tmp_path: Path) -> None:
    cancelled = lines(votes.ouvert(12))
    cancelled.append(("scrutins/ScrutinAnnule/1", {"motif": "clés perdues", "par": votes.DIRECTION}, True))
    found = register(
        lines(votes.compte(44)), lines(votes.ouvert(20)), lines([votes.cree()]), lines(votes.compte(7)), cancelled,
        with_paper(), lines(votes.compte(30, essai=True)), imported(pb("a;1", "b;1,2", "c;9").encode()),
    )  # fmt: skip
    answer = verify(found.write(tmp_path))
    assert faulty(answer) == set() and answer["checks"]["V9"] == "ok", answer["faults"]
    assert "5 votes recomptés, 3 sans bulletins publiés" in run(tmp_path).stdout.replace("\u00a0", " ")


def test_nothing_to_recount(tmp_path: Path) -> None:
    assert verify(small(5).write(tmp_path))["checks"]["V9"] == "na"


Spoil = Callable[[list[Line]], Any]


def drop(name: str, rank: int = 0) -> Spoil:
    def spoil(events: list[Line]) -> None:
        places = [place for place, (topic, _, _) in enumerate(events) if topic.split("/")[1] == name]
        del events[places[rank]]

    return spoil


def swap(one: str, other: str) -> Spoil:
    def spoil(events: list[Line]) -> None:
        names = [topic.split("/")[1] for topic, _, _ in events]
        a, b = names.index(one), names.index(other)
        events[a], events[b] = events[b], events[a]

    return spoil


def change(name: str, **values: Any) -> Spoil:
    return lambda events: payload(events, name).update(values)


def ballot(change: Callable[[list[dict[str, Any]]], Any]) -> Spoil:
    return lambda events: change(payload(events, "BulletinsDepouilles")["bulletins"])


SPOILED: dict[str, tuple[Spoil, str]] = {
    "another winner": (change("ScrutinDepouille", gagnants=["p5", "p3"], cout_total_cents=2_550_000), "gagnants"),
    "winners in another order": (
        lambda events: payload(events, "ScrutinDepouille")["gagnants"].reverse(), "gagnants"),
    "a winner out of the list": (change("ScrutinDepouille", gagnants=["p1", "p9"]), "inconnus ou répétés"),
    "a winner twice": (change("ScrutinDepouille", gagnants=["p1", "p1"]), "inconnus ou répétés"),
    "other steps": (change("ScrutinDepouille", empreinte_trace="00" * 32), "empreinte_trace"),
    "another total": (change("ScrutinDepouille", cout_total_cents=1), "cout_total_cents"),
    "another proclamation": (change("ResultatProclame", gagnants=["p5"]), "gagnants proclamés"),
    "a vote more": (lambda events: payload(events, "ScrutinDepouille")["voix"].update(p5=99), "voix"),
    "blank ballots": (change("ScrutinDepouille", n_blancs=0), "n_blancs"),
    "a ballot changed": (ballot(lambda found: found[0].update(c=["p5"])), "empreinte_bulletins"),
    "a ballot dropped": (ballot(list.pop), "n_bulletins"),
    "a ballot added": (
        ballot(lambda found: found.append({"c": ["p5"], "t": "zzz-zzz-zzz-zzz"})), "n_bulletins"),
    "a tracker twice": (ballot(lambda found: found[1].update(t=found[0]["t"])), "même numéro de vérification"),
    "a tracker removed": (ballot(lambda found: found[0].pop("t")), "sans numéro de vérification"),
    "ballots out of order": (ballot(list.reverse), "non triés"),
    "an unknown project": (ballot(lambda found: found[0].update(c=["p9"])), "projet inconnu"),
    "too many choices": (ballot(lambda found: found[0].update(c=["p1", "p2", "p3", "p4"])), "trop de choix"),
    "a project repeated": (ballot(lambda found: found[0].update(c=["p1", "p1"])), "un projet répété"),
    "points without points": (ballot(lambda found: found[0].update(p=[3])), "points hors d'un vote à points"),
    "a lot dropped": (drop("BulletinsDepouilles", 1), "lots manquants"),
    "a lot twice": (lambda events: payload(events, "BulletinsDepouilles", 1).update(lot=1), "lots manquants"),
    "another rule": (lambda events: payload(events, "ScrutinCree")["parametres"].update(score="points"), ""),
    "an unknown rule": (change("ScrutinCree", regle_comptage="hasard"), "inconnue de ce programme"),
    "another budget": (change("ScrutinCree", budget_cents=2_000_000), "gagnants"),
    "another price": (
        lambda events: payload(events, "ScrutinCree")["projets"][0].update(cout_cents=1), "cout_total_cents"),
    "published under k_min": (change("ScrutinCree", k_min=100), "sous k_min"),
    "one ballot less in the urn": (change("ScrutinClos", n_urne=43), "n_urne"),
    "another urn": (change("ScrutinClos", empreinte_urne="00" * 32), "empreinte_urne"),
    "fewer used slips": (change("ScrutinClos", n_utilises=40), "n_utilises"),
    "more slips": (change("ScrutinClos", n_crees=600), "n_crees"),
    "slips handed out": (change("ScrutinClos", n_remis=30), "n_remis"),
    "slips handed out, and the same act": (
        lambda events: [payload(events, "ScrutinClos").update(n_remis=30),
                        payload(events, "BilletsRemis").update(n=20),
                        payload(events, "BilletsRemis", 1).update(n=10)], "plus de bulletins que de billets remis"),
    "a reading dropped": (drop("UrneRelevee"), "n_urne"),
    "a digest replaced": (
        lambda events: payload(events, "UrneRelevee")["empreintes"].__setitem__(0, "00" * 32), "empreinte_urne"),
    "a digest forgotten": (lambda events: payload(events, "UrneRelevee")["empreintes"].pop(), "relevé 1 mal formé"),
    "a layer that loses a ballot": (change("CoucheOuverte", n_sorties=43), "43 sortis et 0 rejetés, 44 entrés"),
    "a layer that takes fewer": (change("CoucheOuverte", n_entrees=43), "n_entrees"),
    "a layer that rejects in silence": (change("CoucheOuverte", rejets={"illisible": 1}), "44 sortis et 1 rejetés"),
    "a layer dropped": (drop("CoucheOuverte", 1), "sans l'ouverture des deux couches"),
    "layers in disorder": (
        lambda events: [payload(events, "CoucheOuverte").update(couche="bureau"),
                        payload(events, "CoucheOuverte", 1).update(couche="metropole")], "dans le désordre"),
    "null ballots forgotten": (change("ScrutinDepouille", nuls={"illisible": 1}), "44 comptés et 1 nuls"),
    "paper out of nothing": (change("ScrutinDepouille", n_papier=1), "n_papier"),
    "an exchange out of nothing": (change("ScrutinClos", n_echanges=1), "n_echanges"),
    "rules confirmed by their author": (change("ReglesConfirmees", par=votes.DIRECTION), "par la même fonction"),
    "rules never confirmed": (drop("ReglesConfirmees"), "ScrutinOuvert avant ReglesConfirmees"),
    "rules written twice": (lambda events: events.insert(3, events[0]), "écrites deux fois"),
    "counted without rules": (drop("ScrutinCree"), "dépouillé sans règles"),
    "opened with one key": (drop("ClesDuScrutinPubliees"), "sans ses deux clés"),
    "opened without slips": (drop("BilletsCrees"), "sans billets"),
    "never opened": (drop("ScrutinOuvert"), "ScrutinClos avant ScrutinOuvert"),
    "never closed": (drop("ScrutinClos"), "dépouillé sans être clos"),
    "a reading after closing": (swap("UrneRelevee", "ScrutinClos"), "UrneRelevee après la clôture"),
    "counted before the layers": (swap("CoucheOuverte", "ScrutinDepouille"), "ScrutinDepouille avant CoucheOuverte"),
    "proclaimed before the count": (swap("ScrutinDepouille", "ResultatProclame"), "ResultatProclame avant"),
    "a field removed": (lambda events: payload(events, "ScrutinDepouille").pop("nuls"), "mal formé (KeyError)"),
    "a field of another type": (change("ScrutinDepouille", nuls=[]), "mal formé"),
    "ballots that are not": (change("BulletinsDepouilles", bulletins=["p1"]), "mal formé"),
    "a list of no one": (change("ScrutinDepouille", liste="personne"), "liste « personne »"),
    "a list withheld": (change("ScrutinDepouille", liste="bureau"), "retenue alors que k_min est atteint"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_what_does_not_add_up_is_named(tmp_path: Path, name: str) -> None:
    spoil, words = SPOILED[name]
    events = lines(votes.compte(44))
    spoil(events)
    answer = verify(register(events).write(tmp_path))
    if name == "another rule":  # votes and points of an approval are the same number
        assert faulty(answer) == set()
        return
    assert faulty(answer) == {"V9"}, answer["faults"]
    assert says(answer, "V9 : SC-2026-0001, entrée", words), answer["faults"]


@pytest.mark.parametrize(("spoil", "words"), [
    (drop("LotPapierContreSaisi"), "sans ses deux saisies"),
    (drop("LotPapierValide"), "sans ses deux saisies"),
    (change("LotPapierValide", n=1), "n_papier"),
    (drop("BilletEchangeContrePapier"), "n_echanges"),
])  # fmt: skip
def test_paper_is_reconciled(tmp_path: Path, spoil: Spoil, words: str) -> None:
    events = with_paper()
    spoil(events)
    answer = verify(register(events).write(tmp_path))
    assert faulty(answer) == {"V9"} and says(answer, words), answer["faults"]


def test_an_exchanged_slip_without_its_paper_ballot_is_told(tmp_path: Path) -> None:
    events = with_paper()
    events.insert(10, ("scrutins/BilletEchangeContrePapier/1", {"par": votes.BUREAU}, False))
    payload(events, "ScrutinClos")["n_echanges"] = 3
    found = register(events).write(tmp_path)
    assert faulty(verify(found)) == set()
    assert "SC-2026-0001 : 1 billets échangés sans bulletin papier" in run(found).stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(("spoil", "words"), [
    (change("ScrutinDepouille", gagnants=["p5"], cout_total_cents=2_200_000), "gagnants"),
    (lambda events: payload(events, "ScrutinDepouille")["voix"].pop("p1"), "voix mal formées"),
    (lambda events: events.append(line(votes.compte(44)[-5])), "bulletins publiés sous k_min"),
])  # fmt: skip
def test_under_k_min_the_totals_are_recounted(tmp_path: Path, spoil: Spoil, words: str) -> None:
    events = lines(votes.compte(7))
    assert faulty(verify(register(events).write(tmp_path / "good"))) == set()
    spoil(events)
    answer = verify(register(events).write(tmp_path / "bad"))
    assert faulty(answer) == {"V9"} and says(answer, words), answer["faults"]


FILE = pb("a;1", "b;1,2", "c;9", "d;2", budget="25", meta="\nrule;greedy\ndescription;Bancs").encode()


@pytest.mark.parametrize(("spoil", "words"), [
    (change("ScrutinImporte", gagnants=["2"]), "gagnants"),
    (change("ScrutinImporte", n_bulletins=4), "n_bulletins"),
    (change("ScrutinImporte", budget=26), "budget"),
    (change("ScrutinImporte", unite=10), "unite"),
    (change("ScrutinImporte", regle_comptage="glouton_seuil", parametres={"seuil": 3}), "gagnants"),
    (change("ScrutinImporte", empreinte="00" * 32), "empreinte du fichier"),
    (lambda events: payload(events, "LignesImportees")["lignes"].__setitem__(-1, "d;1\n"), "empreinte du fichier"),
    (lambda events: payload(events, "LignesImportees").update(lignes=["META\n"]), "illisible"),
    (change("LignesImportees", lot=2), "lots manquants"),
    (drop("LignesImportees"), "illisible"),
])  # fmt: skip
def test_an_imported_election_is_recounted(tmp_path: Path, spoil: Spoil, words: str) -> None:
    events = imported(FILE)
    assert faulty(verify(register(events).write(tmp_path / "good"))) == set()
    spoil(events)
    answer = verify(register(events).write(tmp_path / "bad"))
    assert faulty(answer) == {"V9"} and says(answer, words), answer["faults"]


def test_a_file_in_base64_is_recounted(tmp_path: Path) -> None:
    events = imported(FILE + "# e\u0301".encode())
    assert payload(events, "ScrutinImporte")["codage"] == "base64"
    assert faulty(verify(register(events).write(tmp_path))) == set()


@sans_donnees
def test_every_real_election_is_recounted(tmp_path: Path) -> None:
    files = sorted((DONNEES / "files").iterdir())
    found = register(*(imported(path.read_bytes()) for path in files))
    answer = verify(found.write(tmp_path))
    assert faulty(answer) == set() and answer["checks"]["V9"] == "ok"
    assert f"{len(files)} votes recomptés" in run(tmp_path).stdout.replace("\u00a0", " ")
