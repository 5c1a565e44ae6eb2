"""The answer, its way back, and the end: nothing is closed without a reasoned follow-up."""

from datetime import date
from typing import Any, get_args

import pytest

from domain.choix import ChoixInconnu
from domain.coordonnees import LienInvalide, TelephoneInvalide
from domain.ledger.event import Event
from domain.propositions.clore_proposition import (
    CloreProposition,
    DejaClose,
    RappelAttendu,
    SansReponse,
    SansRestitution,
)
from domain.propositions.donner_suite import DonnerSuite, MotifTropCourt, OrientationManquante, ReponseDejaDonnee
from domain.propositions.dossier import PasEncoreDeReponse, PasEncoreLue, PropositionDejaRetiree
from domain.propositions.events import (
    IncomprehensionSignalee,
    PropositionClose,
    PropositionRestituee,
    PropositionRetiree,
    RappelNote,
    Suite,
    SuiteDonnee,
)
from domain.propositions.restituer_proposition import DejaRestituee, RestituerProposition
from domain.texte import TexteTropLong, TexteVide
from tests.monde import AGENT, DOSSIER, JOUR, REF, coordination, deposee, flux, qualifiee
from tests.spec import given

MOTIF = "Les travaux commencent en mars 2027, rue du Lac."


def dossier(*facts: Event) -> given:
    return given(DOSSIER, deposee(), *facts).and_given(flux(AGENT), coordination)


def act(kind: Any, **others: Any) -> Any:
    return kind(**{"acteur": AGENT, "le": JOUR, "proposition": REF, **others})


def repondre(suite: str = "on_le_fait", motif: str = MOTIF, **others: Any) -> Any:
    return act(DonnerSuite, suite=suite, motif=motif, **others)


def suite(nature: Any = "on_le_fait", **others: Any) -> SuiteDonnee:
    return SuiteDonnee(
        survenu_le=JOUR, regle="droit-de-suite-2026", suite=nature, motif=MOTIF, par="coordination", **others
    )


@pytest.mark.parametrize("nature", [s for s in get_args(Suite) if s != "pas_nous"])
def test_une_reponse_parmi_cinq_avec_ses_raisons(nature: str) -> None:
    dossier(qualifiee).when(repondre(nature)).then(suite(nature))


def test_une_sixieme_reponse_n_existe_pas() -> None:
    dossier(qualifiee).when(repondre("plus_tard")).refused(ChoixInconnu)


def test_on_ne_garde_qui_et_comment_que_pour_dire_que_ce_n_est_pas_nous() -> None:
    dossier(qualifiee).when(repondre(qui="La mairie", telephone="115")).then(suite())


def test_pas_nous_dit_qui_et_comment_le_joindre() -> None:
    dossier(qualifiee).when(repondre("pas_nous", qui="La mairie de Bron", telephone="04 72 36 13 13")).then(
        suite("pas_nous", qui="La mairie de Bron", telephone="04 72 36 13 13")
    )
    dossier(qualifiee).when(repondre("pas_nous", qui="L'État", lien="https://www.exemple.fr")).then(
        suite("pas_nous", qui="L'État", lien="https://www.exemple.fr")
    )
    dossier(qualifiee).when(repondre("pas_nous", qui="La mairie")).refused(OrientationManquante)
    dossier(qualifiee).when(repondre("pas_nous", telephone="115")).refused(TexteVide)
    dossier(qualifiee).when(repondre("pas_nous", qui="L'État", lien="exemple")).refused(LienInvalide)
    dossier(qualifiee).when(repondre("pas_nous", qui="L'État", telephone="4")).refused(TelephoneInvalide)


@pytest.mark.parametrize(
    ("motif", "rule"),
    [("", TexteVide), ("Non.", MotifTropCourt), ("a" * 19, MotifTropCourt), ("a" * 3_001, TexteTropLong)],
)
def test_une_reponse_dit_pourquoi(motif: str, rule: type[TexteVide]) -> None:
    assert dossier(qualifiee).when(repondre("on_ne_peut_pas", motif)).refused(rule).field == "motif"


def test_un_motif_de_vingt_signes_suffit_et_le_plus_long_tient_dans_le_registre() -> None:
    for motif in ("a" * 20, "𝕏" * 3_000, "\n".join("é" * 1_500) + "é"):
        assert len(dossier(qualifiee).when(repondre(motif=motif)).decided()) == 1


def test_on_lit_avant_de_repondre() -> None:
    dossier().when(repondre()).refused(PasEncoreLue)


def test_de_deux_reponses_la_premiere_reste() -> None:
    second = dossier(qualifiee, suite()).when(repondre("on_ne_peut_pas")).refused(ReponseDejaDonnee)
    assert second.status == 409


def test_on_ne_repond_plus_a_une_proposition_retiree() -> None:
    dossier(qualifiee, PropositionRetiree(effacement_souhaite=False)).when(repondre()).refused(PropositionDejaRetiree)


def restituer(mode: str = "reunion", lieu: str | None = "Maison de la Métropole") -> Any:
    return act(RestituerProposition, mode=mode, lieu=lieu)


restituee = PropositionRestituee(
    survenu_le=JOUR, regle="droit-de-suite-2026", mode="reunion", lieu="Maison de la Métropole", par="coordination"
)


def test_la_reponse_est_rapportee_une_fois_qu_elle_existe() -> None:
    dossier(qualifiee, suite()).when(restituer()).then(restituee)
    dossier(qualifiee).when(restituer()).refused(PasEncoreDeReponse)
    dossier(qualifiee, suite(), restituee).when(restituer("courriel", None)).refused(DejaRestituee)


def test_une_reunion_a_un_lieu_un_courriel_non() -> None:
    dossier(qualifiee, suite()).when(restituer(lieu=None)).refused(TexteVide)
    (by_mail,) = dossier(qualifiee, suite()).when(restituer("courriel", None)).decided()
    assert isinstance(by_mail, PropositionRestituee) and by_mail.lieu is None
    dossier(qualifiee, suite()).when(restituer("pigeon")).refused(ChoixInconnu)


def clore(**others: Any) -> Any:
    return act(CloreProposition, **others)


close = PropositionClose(survenu_le=JOUR, regle="droit-de-suite-2026", par="coordination")
perdue = IncomprehensionSignalee(survenu_le=JOUR)


def rappel(issue: Any) -> RappelNote:
    return RappelNote(survenu_le=JOUR, issue=issue, par="coordination")


def test_rien_n_est_clos_sans_reponse_ni_retour() -> None:
    dossier().when(clore()).refused(SansReponse)
    dossier(qualifiee).when(clore()).refused(SansReponse)
    dossier(qualifiee, suite()).when(clore()).refused(SansRestitution)
    dossier(qualifiee, suite(), restituee).when(clore()).then(close)


def test_on_ne_clot_qu_une_fois() -> None:
    dossier(qualifiee, suite(), restituee, close).when(clore()).refused(DejaClose)


def test_rien_n_est_clos_tant_qu_une_personne_attend_un_rappel() -> None:
    waiting = (qualifiee, suite(), restituee, perdue)
    dossier(*waiting).when(clore()).refused(RappelAttendu)
    dossier(*waiting, rappel("absent"), rappel("absent")).when(clore()).refused(RappelAttendu)
    dossier(*waiting, rappel("absent"), rappel("absent"), rappel("absent")).when(clore()).then(close)
    dossier(*waiting, rappel("joint")).when(clore()).then(close)


def test_je_n_ai_pas_compris_rouvre_un_dossier_clos() -> None:
    reopened = (qualifiee, suite(), restituee, close, perdue)
    dossier(*reopened).when(clore()).refused(RappelAttendu)
    dossier(*reopened, rappel("joint")).when(clore(le=date(2026, 5, 4))).then(
        PropositionClose(survenu_le=date(2026, 5, 4), regle="droit-de-suite-2026", par="coordination")
    )
