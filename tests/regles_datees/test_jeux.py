"""Rule-sets: proposed, executed, published by somebody else, in force on their days, never two at once."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.jeux_de_regles import Jeux, flux_regles
from domain.ledger.event import Event
from domain.majorites.entrees import ValeurImpossible
from domain.regles_datees import events as e
from domain.regles_datees.actes import ExempleFaux, JeuDejaDecide, MemePersonnePourLaRegle, ValiditeImpossible
from domain.regles_datees.clore_validite import CloreValidite
from domain.regles_datees.proposer_jeu import LienIllisible, NomDuJeu, ProposerJeu
from domain.regles_datees.publier_jeu import EcarterJeu, PublierJeu
from domain.regles_datees.regles import JeuInconnu
from domain.texte import TexteVide
from tests.monde import ADMIN, AGENT, ANIMATION, DPO, administration, confiee, coordination, flux
from tests.spec import given

JOUR, DU = date(2026, 6, 1), date(2027, 1, 1)
NOM = "quorum-ctm-2027"
TIERS = {"mode": "presents", "fraction": "un_tiers"}
EXEMPLES = (
    e.ExempleDuJeu(donne={"en_exercice": 9, "presents": 3, "representes": 0}, attendu="oui"),
    e.ExempleDuJeu(donne={"en_exercice": 9, "presents": 2, "representes": 4}, attendu="non"),
)
publication = confiee(DPO, "regles")


def propose(jeu: str = NOM, par: str = "coordination", **others: Any) -> e.JeuDeReglesPropose:
    values: dict[str, Any] = {
        "survenu_le": JOUR, "regle": "jeux-de-regles-2026", "jeu": jeu, "titre": "Le quorum", "texte": "Un tiers.",
        "source": "Règlement intérieur", "parametres": TIERS, "exemples": EXEMPLES, "du": DU, "portee": "ctm",
        "par": par, **others,
    }  # fmt: skip
    return e.JeuDeReglesPropose(**values)


def publie(jeu: str = NOM) -> e.JeuDeReglesPublie:
    return e.JeuDeReglesPublie(survenu_le=JOUR, regle="publier-une-regle-a-deux-2026", jeu=jeu, par="regles")


def proposer(jeu: str = NOM, **others: Any) -> ProposerJeu:
    values: dict[str, Any] = {
        "titre": "Le quorum", "texte": "Un tiers.", "source": "Règlement intérieur", "parametres": TIERS,
        "exemples": EXEMPLES, "du": DU, "portee": "ctm", **others,
    }  # fmt: skip
    return ProposerJeu(AGENT, JOUR, jeu, **values)


def world(*facts: Event, person: str = AGENT, function: Event = coordination) -> given:
    return given("regles/quorum", *facts).and_given(flux(person), function)


def second(*facts: Event) -> given:
    return world(*facts, person=DPO, function=publication)


def test_proposer_execute_les_exemples() -> None:
    world().when(proposer()).then(propose())
    world(propose(titre="Avant")).when(proposer()).then(propose())  # a proposal may be written again
    wrong = (EXEMPLES[0], e.ExempleDuJeu(donne=EXEMPLES[1].donne, attendu="oui"))
    world().when(proposer(exemples=wrong)).refused(ExempleFaux)
    refusal = world().when(proposer(exemples=wrong)).refusal()
    assert "Exemple 2" in str(refusal) and "2 présents sur 9, il en faut 3" in str(refusal)
    world().when(proposer(exemples=())).refused(ExempleFaux)
    world().when(proposer(parametres={"mode": "presents", "fraction": "un_quart"})).refused(ValeurImpossible)
    world().when(proposer(parametres=TIERS | {"x": 1})).refused(ValeurImpossible)
    strange = e.ExempleDuJeu(donne={"en_exercice": -1, "presents": 3}, attendu="oui")
    world().when(proposer(exemples=(strange,))).refused(ValeurImpossible)


def test_proposer_dit_un_nom_des_dates_une_source() -> None:
    for name in ("quorum-", "quorum-Été", "quorum-a--b", "quorum-" + "a" * 60):
        world().when(proposer(name)).refused(NomDuJeu)
    with pytest.raises(JeuInconnu):
        proposer("vote-2027").reads()
    with pytest.raises(JeuInconnu):
        flux_regles("../quorum")
    world().when(proposer("quorum-conseil-cgct")).refused(JeuDejaDecide)  # a rule of the book
    world(propose(), publie()).when(proposer()).refused(JeuDejaDecide)
    world().when(proposer(au=date(2026, 12, 31))).refused(ValiditeImpossible)
    world().when(proposer(lien="javascript:alert(1)")).refused(LienIllisible)
    world().when(proposer(source=" ")).refused(TexteVide)
    given("regles/quorum").and_given(flux(ANIMATION), confiee(ANIMATION, "animation", "gepi")).when(
        ProposerJeu(ANIMATION, JOUR, NOM, "t", "t", "s", dict(TIERS), EXEMPLES, DU)
    ).refused(FonctionManquante)


def test_publier_demande_une_seconde_personne() -> None:
    second(propose()).when(PublierJeu(DPO, JOUR, NOM)).then(publie())
    both = world(propose(), function=coordination).and_given(flux(AGENT), confiee(AGENT, "regles"))
    both.when(PublierJeu(AGENT, JOUR, NOM)).refused(MemePersonnePourLaRegle)
    both.when(EcarterJeu(AGENT, JOUR, NOM, "Non.")).refused(MemePersonnePourLaRegle)
    world(propose()).when(PublierJeu(AGENT, JOUR, NOM)).refused(FonctionManquante)
    second(propose(), publie()).when(PublierJeu(DPO, JOUR, NOM)).refused(JeuDejaDecide)
    second().when(PublierJeu(DPO, JOUR, NOM)).refused(JeuInconnu)


def test_publier_recalcule_les_exemples() -> None:
    false = propose(exemples=(e.ExempleDuJeu(donne=EXEMPLES[0].donne, attendu="non"),))
    second(false).when(PublierJeu(DPO, JOUR, NOM)).refused(ExempleFaux)


def test_ecarter_dit_pourquoi() -> None:
    [fact] = second(propose()).when(EcarterJeu(DPO, JOUR, NOM, "La source dit autre chose.")).decided()
    assert isinstance(fact, e.JeuDeReglesEcarte)
    second(propose(), fact).when(PublierJeu(DPO, JOUR, NOM)).refused(JeuDejaDecide)
    second(propose()).when(EcarterJeu(DPO, JOUR, NOM, "")).refused(TexteVide)
    assert world(propose(), fact).when(proposer()).refusal() is None


def test_une_seule_regle_vaut_un_jour() -> None:
    known = (propose(), publie())
    other = propose("quorum-ctm-2028", du=date(2028, 1, 1))
    second(*known, other).when(PublierJeu(DPO, JOUR, other.jeu)).refused(ValiditeImpossible)
    elsewhere = propose("quorum-commission-2028", portee="commission")
    assert second(*known, elsewhere).when(PublierJeu(DPO, JOUR, elsewhere.jeu)).refusal() is None
    close = CloreValidite(DPO, JOUR, NOM, date(2027, 12, 31), "Le règlement change.")
    [closed] = second(*known).when(close).decided()
    assert second(*known, other, closed).when(PublierJeu(DPO, JOUR, other.jeu)).refusal() is None
    jeux = Jeux()
    for fact in (*known, other, publie(other.jeu), closed):
        jeux.retenir(fact)
    days = (date(2026, 12, 31), DU, date(2027, 12, 31), date(2028, 1, 1))
    names = [found.id if (found := jeux.en_vigueur("quorum", "ctm", day)) else "" for day in days]
    assert names == ["", NOM, NOM, other.jeu]
    assert jeux.en_vigueur("quorum", "conseil", DU) is None and jeux.en_vigueur("majorite", "ctm", DU) is None
    regle = jeux.par_id[NOM].regle
    assert regle.exemples[0].phrase.startswith("3 présents sur 9, il en faut 3")


def test_une_validite_ne_se_ferme_pas_dans_le_passe() -> None:
    old = propose(du=date(2026, 1, 1))
    for wrong in (date(2026, 5, 31), date(2025, 1, 1)):
        second(old, publie()).when(CloreValidite(DPO, JOUR, NOM, wrong, "x")).refused(ValiditeImpossible)
    second(old).when(CloreValidite(DPO, JOUR, NOM, JOUR, "x")).refused(JeuDejaDecide)
    closed = e.ValiditeClose(jeu=NOM, au=JOUR, motif="x", par="regles")
    later = CloreValidite(DPO, date(2026, 7, 1), NOM, date(2026, 8, 1), "x")
    second(old, publie(), closed).when(later).refused(JeuDejaDecide)
    longer = CloreValidite(DPO, JOUR, NOM, date(2027, 1, 1), "x")
    second(old, publie(), closed).when(longer).refused(ValiditeImpossible)


def test_l_administration_propose_aussi() -> None:
    order = ProposerJeu(ADMIN, JOUR, NOM, "t", "t", "s", dict(TIERS), EXEMPLES, DU)
    assert world(person=ADMIN, function=administration).when(order).refusal() is None
