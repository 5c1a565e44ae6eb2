"""Any acts in any order, by anybody: decided or refused with a reason, and the counts always agree."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import RegleViolee
from domain.ledger.command import Command
from domain.ledger.event import Event
from domain.scrutins import depouillement
from domain.scrutins import events as e
from domain.scrutins.deposer_reclamation import DeposerReclamation
from domain.scrutins.ouvrir_scrutin import OuvrirScrutin
from domain.scrutins.relever_urne import ReleverUrne
from tests import spec
from tests.scrutins import vote as v
from tests.scrutins.test_qui_agit import ACTES, MOTIF

ACTEURS = (v.DIRECTION, v.BUREAU, v.EDUCATION)
COMPTES = [depouillement.preparer(v.cree(), v.vote(n), v.SEL) for n in (0, 3, 12)]
JOURS = [v.LE + timedelta(days=n) for n in (0, 7, 14, 60)]
MOMENTS = [v.MOMENT, v.OUVRE, v.PENDANT, v.FERME]
nombres = st.integers(-1, 40)


@st.composite
def actes(draw: st.DrawFn) -> Command:
    """Any act, with values that are often right."""
    kind = draw(st.sampled_from([*ACTES, DeposerReclamation, ReleverUrne, OuvrirScrutin]))
    le = draw(st.sampled_from(JOURS))
    if kind is DeposerReclamation:
        return DeposerReclamation(v.REF, le=le, motif="secret", texte=MOTIF)
    if kind is ReleverUrne:
        n = draw(st.integers(0, 12))
        return ReleverUrne(v.REF, lot=draw(st.integers(1, 3)), empreintes=v.empreintes(n))
    values: dict[str, Any] = dict(ACTES[kind])
    for name in values:
        if name in ("n", "ecarts", "ecarts_tranches", "n_entrees", "n_sorties", "n_urne"):
            values[name] = draw(nombres | st.sampled_from([0, 3, 12]))
    if "n_urne" in values:
        values["empreinte_urne"] = v.empreinte_urne(max(values["n_urne"], 0))
    for name, choices in (
        ("moment", MOMENTS), ("couche", ["metropole", "bureau"]), ("lot", [0, 1, 2]), ("rang", [1, 2]),
        ("compte", COMPTES), ("cle", [v.cle(1), v.cle(2)]), ("decision", ["rejetee", "scrutin_annule"]),
        ("motif", ["perdu", MOTIF]),
    ):  # fmt: skip
        if name in values:
            values[name] = draw(st.sampled_from(choices))
    return v.acte(kind, draw(st.sampled_from(ACTEURS)), le, **values)  # type: ignore[no-any-return]


def jouer(facts: list[Event], command: Command) -> list[Event]:
    """What it adds, or nothing when it is refused. Anything but a rule fails the test."""
    person = getattr(command, "acteur", None)
    known = v.scrutin(facts, person) if person else spec.given(v.FLUX, *facts)
    try:
        return known.when(command).decided()
    except RegleViolee as refusal:
        spec.says_all(refusal)
        return []


def coherent(facts: list[Event]) -> None:
    etat = v.etat(facts)
    assert 0 <= etat.en_main <= etat.n_crees and etat.n_annules <= etat.n_crees
    assert etat.n_echanges <= max(etat.n_remis, 0) and all(n >= 0 for n in etat.groupes.values())
    if etat.clos is not None:
        assert etat.clos.n_urne == etat.clos.n_utilises == etat.n_releves
        assert etat.clos.n_utilises + etat.clos.n_echanges <= etat.en_main and etat.n_papier <= etat.clos.n_echanges
    before = etat.clos.n_urne if etat.clos else 0
    for nom in ("metropole", "bureau"):
        if layer := etat.couches.get(nom):
            assert layer.n_entrees == before == layer.n_sorties + sum(layer.rejets.values())
            before = layer.n_sorties
    if etat.depouille is not None:
        assert (
            etat.depouille.n == before + etat.n_papier == etat.depouille.n_bulletins + sum(etat.depouille.nuls.values())
        )
        assert etat.depouille.cout_total_cents <= v.cree().budget_cents
    if etat.proclame is not None and etat.depouille is not None:
        assert etat.proclame.gagnants == etat.depouille.gagnants
    assert [fact for fact in facts if isinstance(fact, e.ScrutinCree)] == facts[:1]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["prepare", "pret", "releve", "clos", "couches_ouvertes", "proclame"]),
    st.lists(actes(), max_size=25),
)
def test_n_importe_quels_actes_sont_decides_ou_refuses_et_les_comptes_tiennent(
    debut: str, suite: list[Command]
) -> None:
    facts = v.histoire(debut, 12, echanges=4)
    for command in suite:
        facts += jouer(facts, command)
    coherent(facts)


def test_une_vie_entiere_se_joue_acte_par_acte() -> None:
    phases, facts = [], v.histoire("prepare")
    steps = v.histoire("efface")[1:]
    for fact in steps:
        facts.append(fact)
        coherent(facts)
        phases.append(v.etat(facts).phase)
    assert phases[0] == "confirme" and phases[-1] == "efface"
