"""The table of scrutins: the domain's own fold, whatever the order of the facts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.event import Event, Recorded
from domain.scrutins import events as e
from domain.scrutins.etat import Scrutin
from projections.rows import Batch, Rows
from projections.scrutins import ScrutinRow, Scrutins
from tests.scrutins import vote as v
from tests.spec import as_read

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
TOUT = v.histoire("efface", echanges=2)


def folded(events: Sequence[Event], stream: str = v.FLUX) -> ScrutinRow | None:
    """The row as the table gives it back between two batches of one event: through JSON."""
    projection, row = Scrutins(), None
    for n, event in enumerate(events, start=1):
        rows = Rows()
        if row is not None:
            rows.load([msgspec.convert(msgspec.json.decode(msgspec.json.encode(row)), ScrutinRow)])
        fact = Recorded(n, stream, n, AT, as_read(event, stream, n))
        assert list(projection.wanted(Batch([fact]))) == ([(ScrutinRow, v.REF)] if stream == v.FLUX else [])
        projection.apply(fact, rows)
        found = rows.all(ScrutinRow)
        row = found[0] if found else None
    return row


def test_les_phases_se_suivent() -> None:
    phases = []
    for n in range(1, len(TOUT) + 1):
        row = folded(TOUT[:n])
        assert row is not None and row.phase == v.etat(TOUT[:n]).phase
        phases.append(row.phase)
    assert list(dict.fromkeys(phases)) == [
        "prepare", "confirme", "pret", "ouvert", "clos", "premiere_couche", "couches_ouvertes", "depouille", "proclame",
        "efface",
    ]  # fmt: skip


def test_la_ligne_dit_tout_ce_que_la_page_de_vote_lit() -> None:
    row = folded(v.histoire("ouvert"))
    assert row is not None and row.regles == msgspec.structs.replace(
        v.cree(), survenu_le=None, regle="regles-du-vote-2026"
    )
    assert (row.ouvre_le, row.ferme_le, row.ouvert_le) == (v.OUVRE, v.FERME, v.OUVRE)
    assert row.cles == {"metropole": v.cle(1), "bureau": v.cle(2)} and (row.n_crees, row.n_remis) == (60, 30)
    assert (row.n_urne, row.gagnants, row.liste, row.proclame_le) == (0, [], None, None)
    assert (row.college, row.dossier, row.essai, row.importe) == (v.COLLEGE, None, False, False)


def test_le_resultat_et_son_delai() -> None:
    row = folded(v.histoire("proclame"))
    assert row is not None and row.gagnants == ["p2", "p3", "p4"] and row.voix["p2"] == 12
    assert (row.n_urne, row.n_bulletins, row.n_nuls, row.liste) == (12, 12, 0, "publiee")
    assert (row.proclame_le, row.reclamations_jusqu_au) == (v.PROCLAME_LE, date(2027, 3, 30))
    later = folded(
        [*v.histoire("proclame"), e.ReclamationDeposee(survenu_le=v.PROCLAME_LE, rang=1, motif="secret", texte="x")]
    )
    assert later is not None and later.reclamations_en_attente == 1 and later.proclame_le == v.PROCLAME_LE
    assert "x" not in str(later.etat["reclamations"])


def test_les_lots_de_bulletins_ne_changent_que_la_position() -> None:
    facts = v.histoire("couches_ouvertes")
    lot = e.BulletinsDepouilles(lot=1, lots=1, bulletins=tuple(v.vote(12)))
    before, after = folded(facts), folded([*facts, lot])
    assert before is not None and after is not None
    assert (after.position, after.evenements) == (before.position + 1, before.evenements + 1)
    after.position, after.evenements = before.position, before.evenements
    assert msgspec.json.encode(after) == msgspec.json.encode(before)


def test_une_election_importee_est_finie() -> None:
    importe = e.ScrutinImporte(
        survenu_le=v.LE, titre="Wesoła 2023", source="pabulib.org", meta={"country": "Poland"}, type_vote="approval",
        budget=100, unite=1, longueur_max=0, n_projets=2, n_bulletins=7, regle_comptage="glouton",
        parametres={"score": "votes"}, gagnants=("12", "7"), empreinte=v.PAGE, par="installation",
    )  # fmt: skip
    row = folded([importe, e.LignesImportees(lot=1, lots=1, lignes=("META",))])
    assert row is not None and (row.importe, row.phase, row.cree, row.evenements) == (True, "importe", {}, 2)
    assert (row.gagnants, row.n_bulletins, row.titre, row.ouvre_le) == (["12", "7"], 7, "Wesoła 2023", None)


def test_les_faits_des_autres_flux_et_les_faits_sans_debut_ne_font_rien() -> None:
    assert folded(TOUT[1:]) is None and folded(TOUT, "instances/x") is None


@given(st.permutations(TOUT[1:]), st.integers(0, len(TOUT) - 1))
def test_n_importe_quel_ordre_se_raconte_sans_faute(order: list[Event], size: int) -> None:
    row = folded([TOUT[0], *order[:size]])
    assert row is not None and row.evenements == size + 1
    assert isinstance(msgspec.convert(row.etat, Scrutin), Scrutin)
