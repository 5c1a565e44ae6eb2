"""The rule book: every rule is complete and dated, and every example that it shows is executed here."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

import domain
from domain.avis.regles import AVIS_COMMUNAL_MEL
from domain.avis.saisine import terme_de
from domain.budget_participatif.deposer_idee import texte_d_idee
from domain.chaines.attentes import attente
from domain.composition import Membre
from domain.coordonnees import telephone
from domain.deliberations.actes_ctes import lire_identifiant
from domain.deliberations.deliberation import contestable_jusqu_au, executoire_le
from domain.deliberations.scdl import VOTES, defauts_du_vote
from domain.enveloppes.compte import Sommes
from domain.enveloppes.proposer_operation import depasse
from domain.enveloppes.repartition import Beneficiaire, annuites, plus_forts_restes
from domain.errors import RegleViolee
from domain.identifiers import lire_code, lire_reference
from domain.instances.regles import siren_valide
from domain.law import REGLES, Exemple, Regle
from domain.majorites.double import VoixDeMaire, double_majorite
from domain.majorites.entrees import Entree, lire
from domain.majorites.regles import QUORUM_COMMISSION_PERMANENTE, QUORUM_CONSEIL, QUORUM_COVID
from domain.majorites.seuils import quorum, scrutin_public, un_tiers
from domain.majorites.simple import Resultat, majorite_conseil, majorite_ctm
from domain.majorites.suffrages import Suffrages
from domain.money import lire_euros
from domain.propositions.donner_suite import DonnerSuite
from domain.propositions.dossier import Dossier
from domain.propositions.echeances import echeances
from domain.propositions.events import IncomprehensionSignalee, RappelNote, SuiteDonnee
from domain.seances.delais import delai_suffisant, moitie
from domain.texte import propre
from tests.budget_participatif.histoire import etape
from tests.budget_participatif.test_au_college import entrer, rentree
from tests.monde import AGENT, DOSSIER, JOUR, REF, coordination, deposee, flux, qualifiee
from tests.scrutins import regles_du_vote
from tests.spec import given

for found in pkgutil.walk_packages(domain.__path__, "domain."):
    importlib.import_module(found.name)


def delais(depose_le: str) -> dict[str, str]:
    return {due.nature: due.terme.isoformat() for due in echeances(date.fromisoformat(depose_le))}


def rappel_du(issues: list[Any]) -> bool:
    dossier = Dossier()
    for event in (IncomprehensionSignalee(), *(RappelNote(issue=issue, par="animation:gepi") for issue in issues)):
        dossier.know(event)
    return dossier.rappel_du


def suite(motif: str) -> str:
    answer = DonnerSuite(AGENT, JOUR, REF, suite="on_le_fait", motif=motif)
    decision = given(DOSSIER, deposee(), qualifiee).and_given(flux(AGENT), coordination).when(answer)
    if refusal := decision.refusal():
        raise refusal
    (fact,) = decision.decided()
    assert isinstance(fact, SuiteDonnee)
    return fact.suite


def budget(budget_cents: int) -> str:
    refusal = rentree(*etape("intentions")).when(entrer(budget_cents=budget_cents)).refusal()
    if refusal:
        raise refusal
    return "accepte"


def numero(texte: str) -> str | None:
    return str(read) if (read := lire_reference(texte)) else None


def partage(cents: int, parts: int) -> list[int]:
    return plus_forts_restes(cents, [1] * parts, [Beneficiaire(f"{n}", "", 1) for n in range(parts)])


def nouveau_partage(cents: int, annees: int, passees: int) -> list[int]:
    return annuites(cents - sum(annuites(cents, annees)[:passees]), annees - passees)


def siege(du: str, fin: str, le: str) -> bool:
    return Membre("a", "M.", "A", date.fromisoformat(du), fin=date.fromisoformat(fin)).siege(date.fromisoformat(le))


def convocation(envoyee: str, seance: str, urgence: bool) -> bool:
    return delai_suffisant(date.fromisoformat(envoyee), date.fromisoformat(seance), urgence)


def executoire(recue: str | None, publiee: str | None) -> str | None:
    found = executoire_le(*(date.fromisoformat(day) if day else None for day in (recue, publiee)))
    return found.isoformat() if found else None


def terme_communal(transmis: str) -> str:
    found = terme_de(AVIS_COMMUNAL_MEL, date.fromisoformat(transmis))
    assert found is not None
    return found.isoformat()


def solde(dotation: int, reconduit: int = 0, engage: int = 0, libere: int = 0, sorti: int = 0) -> int:
    return Sommes(dotation=dotation, reconduit=reconduit, engage={"OP-2026-0001": engage - libere}).solde(sorti)


def majorite(rule: Callable[..., Resultat], pour: int, contre: int, president: Any, abstentions: int = 0) -> str:
    return rule(Suffrages(1_000, 0, pour, contre, abstentions), president).issue


def double(maires_pour: int, maires_contre: int, maires: int, population_pour: int, population: int) -> bool:
    senses: list[Any] = ["pour"] * maires_pour + ["contre"] * maires_contre
    senses += [None] * (maires - len(senses))
    people = [population_pour, population - population_pour] + [0] * (maires - 2)
    senses = [senses[0], senses[-1], *senses[1:-1]]  # one who is for, one who is not, bring everybody
    return double_majorite(VoixDeMaire(f"{n}", people[n], sens) for n, sens in enumerate(senses)).adoptee


def quorum_atteint(rule: Regle, **donne: int) -> bool:
    mode, fraction = rule.parametres["mode"], rule.parametres["fraction"]
    return quorum(**donne, mode=mode, fraction=fraction).atteint  # type: ignore[arg-type]  # words of the rule


def champs_fautifs(votes: list[str]) -> list[str]:
    said = dict(zip(VOTES, votes, strict=True))
    numbers = {name: int(value) if value else None for name, value in said.items()}
    return [defaut.champ for defaut in defauts_du_vote(numbers, {name for name, value in said.items() if value})]


EXECUTE: dict[str, Callable[..., Any]] = {
    **regles_du_vote.EXECUTE,
    "budget-participatif-plafond-2025": budget,
    "idees-des-eleves-2026": texte_d_idee,
    "textes-2026": lambda texte: propre(texte, 5_000, "texte"),
    "coordonnees-2026": telephone,
    "references-2026": numero,
    "code-en-mots-2026": lire_code,
    "codes-des-communes-2026": siren_valide,
    "delais-propositions-2026": delais,
    "cle-de-repartition-2021": partage,
    "nouveau-partage-2021": nouveau_partage,
    "mandats-dates-2015": siege,
    "scdl-deliberations-2023": champs_fautifs,
    "avis-communal-mutualisation-mel": terme_communal,
    "entree-en-vigueur-cgct": executoire,
    "delai-de-recours-cja": lambda depart: contestable_jusqu_au(date.fromisoformat(depart)).isoformat(),
    "identifiant-actes-2005": lambda texte: lire_identifiant(texte).siren,
    "convocation-cgct": convocation,
    "reunion-ctm-2021": moitie,
    "montants-2026": lire_euros,
    "compte-jamais-negatif-2021": solde,
    "seuils-des-operations-2021": depasse,
    "calculs-2026": lambda valeur: lire([Entree("valeur", "La valeur")], {"valeur": valeur})["valeur"],
    "majorite-ctm-2021": partial(majorite, majorite_ctm),
    "majorite-conseil-cgct": partial(majorite, majorite_conseil),
    "double-majorite-2021": double,
    "quorum-conseil-cgct": partial(quorum_atteint, QUORUM_CONSEIL),
    "quorum-commission-permanente-cgct": partial(quorum_atteint, QUORUM_COMMISSION_PERMANENTE),
    "quorum-urgence-sanitaire-2020": partial(quorum_atteint, QUORUM_COVID),
    "scrutin-public-cgct": scrutin_public,
    "un-tiers-des-maires-2021": un_tiers,
    "droit-de-suite-2026": suite,
    "rappel-2026": rappel_du,
    "pieces-attendues-2026": attente,
}


def answer(rule: str, donne: dict[str, Any]) -> Any:
    """What the rule answers, or the name of its refusal."""
    try:
        return EXECUTE[rule](**{"texte" if name == "telephone" else name: value for name, value in donne.items()})
    except RegleViolee as refusal:
        return refusal.regle


EXAMPLES = [(rule.id, example) for rule in REGLES.values() for example in rule.exemples]
RULES = sorted(REGLES.values(), key=lambda rule: rule.id)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule}: {e.phrase}" for rule, e in EXAMPLES])
def test_un_exemple_de_regle_est_vrai(rule: str, example: Exemple) -> None:
    assert answer(rule, example.donne) == example.attendu
    assert example.phrase.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_une_regle_dit_son_texte_sa_source_et_ses_dates(rule: Regle) -> None:
    assert rule.id.isascii() and rule.id == rule.id.lower() and " " not in rule.id
    assert rule.titre and rule.texte.endswith((".", "»")) and rule.source
    assert rule.au is None or rule.du <= rule.au
    assert not rule.lien or rule.lien.startswith("https://")
    for text in (rule.titre, rule.texte, rule.source, rule.note, *(e.phrase for e in rule.exemples)):
        assert "\u202f" not in text and not any(f" {sign}" in text for sign in ":;!?»"), (
            "a non-breaking space is missing"
        )
        assert "« " not in text


def test_les_regles_dont_les_exemples_disparaissent_se_voient() -> None:
    assert {rule for rule, _ in EXAMPLES} >= set(EXECUTE)


def test_chaque_refus_du_domaine_est_publie_et_conseille() -> None:
    pending, seen = list(RegleViolee.__subclasses__()), 0
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if kind.__module__.startswith("domain.") and hasattr(kind, "fondement"):
            seen += 1
            assert REGLES[kind.fondement.id] is kind.fondement, kind
            assert kind.conseil.strip() and not any(f" {sign}" in kind.conseil for sign in ":;!?»"), kind
    assert seen > 60
