"""What the author does with the code: understand or not, add, withdraw; and the call-backs that follow."""

from typing import Any

import pytest

from domain.choix import ChoixInconnu
from domain.coordonnees import TelephoneInvalide
from domain.ledger.event import Event
from domain.propositions.ajouter_complement import AjouterComplement
from domain.propositions.confirmer_comprehension import ConfirmerComprehension, DejaComprise
from domain.propositions.dossier import CodeFaux, DossierClos, PasEncoreDeReponse, PropositionDejaRetiree
from domain.propositions.events import (
    ComplementAjoute,
    ComprehensionConfirmee,
    IncomprehensionSignalee,
    PropositionClose,
    PropositionRestituee,
    PropositionRetiree,
    RappelNote,
    SuiteDonnee,
)
from domain.propositions.noter_rappel import AucunRappelDu, NoterRappel
from domain.propositions.retirer_proposition import RetirerProposition
from domain.propositions.signaler_incomprehension import DemiJourneeInconnue, RappelDejaDemande, SignalerIncomprehension
from domain.texte import TexteTropLong, TexteVide
from tests.monde import ANIMATION, DOSSIER, EMPREINTE, JOUR, REF, animation, deposee, flux, qualifiee
from tests.spec import given

repondue = (
    qualifiee,
    SuiteDonnee(suite="on_le_fait", motif="Les travaux commencent en mars.", par="coordination"),
    PropositionRestituee(mode="page", par="coordination"),
)
close = PropositionClose(par="coordination")
retiree = PropositionRetiree(survenu_le=JOUR, regle="code-de-suivi-2026", effacement_souhaite=False)
signalee = IncomprehensionSignalee(survenu_le=JOUR, regle="rappel-2026")
comprise = ComprehensionConfirmee(survenu_le=JOUR)

ACTES: dict[Any, dict[str, Any]] = {
    SignalerIncomprehension: {},
    ConfirmerComprehension: {},
    AjouterComplement: {"texte": "Encore un mot"},
    RetirerProposition: {},
}


def dossier(*facts: Event) -> given:
    return given(DOSSIER, deposee(), *facts)


def act(kind: Any, **others: Any) -> Any:
    return kind(**{"proposition": REF, "code_empreinte": EMPREINTE, "le": JOUR, **ACTES[kind], **others})


@pytest.mark.parametrize("kind", ACTES)
def test_sans_le_bon_code_on_ne_touche_pas_au_dossier(kind: Any) -> None:
    for wrong in ("cd" * 32, "", "é", EMPREINTE.upper()):
        dossier(*repondue).when(act(kind, code_empreinte=wrong)).refused(CodeFaux)
    refusal = given().when(act(kind)).refused(CodeFaux)
    assert str(refusal) == str(dossier().when(act(kind, code_empreinte="")).refused(CodeFaux)), (
        "one could tell them apart"
    )


@pytest.mark.parametrize("kind", ACTES)
def test_une_proposition_retiree_ne_bouge_plus(kind: Any) -> None:
    dossier(*repondue, retiree).when(act(kind)).refused(PropositionDejaRetiree)


def test_je_n_ai_pas_compris() -> None:
    dossier(*repondue).when(act(SignalerIncomprehension)).then(signalee)


def test_la_personne_dit_quand_et_ou_l_appeler() -> None:
    wanted = ("vendredi_apres_midi", "lundi_matin", "lundi_matin")
    dossier(*repondue).when(act(SignalerIncomprehension, telephone="0612345678", demi_journees=wanted)).then(
        IncomprehensionSignalee(
            survenu_le=JOUR,
            regle="rappel-2026",
            telephone="06 12 34 56 78",
            demi_journees=["lundi_matin", "vendredi_apres_midi"],
        )
    )
    dossier().when(act(SignalerIncomprehension, demi_journees=("dimanche_matin",))).refused(DemiJourneeInconnue)
    dossier().when(act(SignalerIncomprehension, telephone="06")).refused(TelephoneInvalide)


def test_on_peut_ne_pas_comprendre_avant_la_reponse_et_apres_la_fin() -> None:
    dossier().when(act(SignalerIncomprehension)).then(signalee)
    dossier(*repondue, close).when(act(SignalerIncomprehension)).then(signalee)


def test_un_seul_rappel_a_la_fois() -> None:
    dossier(*repondue, signalee).when(act(SignalerIncomprehension)).refused(RappelDejaDemande)
    joined = RappelNote(issue="joint", par="animation:gepi")
    dossier(*repondue, signalee, joined).when(act(SignalerIncomprehension)).then(signalee)


def test_j_ai_compris_quand_il_y_a_une_reponse() -> None:
    dossier(*repondue).when(act(ConfirmerComprehension)).then(comprise)
    dossier(qualifiee).when(act(ConfirmerComprehension)).refused(PasEncoreDeReponse)
    dossier(*repondue, comprise).when(act(ConfirmerComprehension)).refused(DejaComprise)
    dossier(*repondue, comprise, signalee).when(act(ConfirmerComprehension)).then(comprise)


def test_on_ajoute_quelque_chose_que_seule_l_equipe_lit() -> None:
    dossier().when(act(AjouterComplement)).then(ComplementAjoute(survenu_le=JOUR, texte="Encore un mot"))
    assert ComplementAjoute.PERSONAL == {"texte": "complement"}
    dossier().when(act(AjouterComplement, texte=" ")).refused(TexteVide)
    dossier().when(act(AjouterComplement, texte="a" * 5_001)).refused(TexteTropLong)
    dossier(*repondue, close).when(act(AjouterComplement)).refused(DossierClos)


def test_l_auteur_retire_sa_proposition_quand_il_veut() -> None:
    dossier().when(act(RetirerProposition)).then(retiree)
    dossier(*repondue, close).when(act(RetirerProposition, effacement_souhaite=True)).then(
        PropositionRetiree(survenu_le=JOUR, regle="code-de-suivi-2026", effacement_souhaite=True)
    )


def rappeler(issue: str) -> NoterRappel:
    return NoterRappel(acteur=ANIMATION, le=JOUR, proposition=REF, issue=issue)  # type: ignore[arg-type]  # a wrong one too


def note(issue: Any) -> RappelNote:
    return RappelNote(survenu_le=JOUR, regle="rappel-2026", issue=issue, par="animation:gepi")


def equipe(*facts: Event) -> given:
    return dossier(*facts).and_given(flux(ANIMATION), animation)


def test_on_note_un_rappel_qui_est_attendu() -> None:
    equipe(signalee).when(rappeler("joint")).then(note("joint"))
    equipe(signalee).when(rappeler("peut-être")).refused(ChoixInconnu)
    equipe().when(rappeler("joint")).refused(AucunRappelDu)
    equipe(signalee, note("joint")).when(rappeler("joint")).refused(AucunRappelDu)
    equipe(*repondue, signalee, comprise).when(rappeler("joint")).refused(AucunRappelDu)


def test_on_essaie_trois_fois() -> None:
    equipe(signalee, note("absent"), note("absent")).when(rappeler("absent")).then(note("absent"))
    equipe(signalee, *[note("absent")] * 3).when(rappeler("absent")).refused(AucunRappelDu)
    again = (signalee, *[note("absent")] * 3, signalee)
    equipe(*again).when(rappeler("absent")).then(note("absent"))
