"""The group: a session, an adoption, a transmission, in that order."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.choix import ChoixInconnu
from domain.ledger.event import Event
from domain.propositions.adopter_proposition import (
    AdopterProposition,
    DejaAdoptee,
    PasEncoreDiscutee,
    PlusDeVoixQueDePersonnes,
    VoteIncomplet,
    VoteNonMajoritaire,
)
from domain.propositions.dossier import DateAvantLeDepot, PasEncoreLue
from domain.propositions.events import PropositionAdoptee, PropositionMiseEnDiscussion, PropositionTransmise
from domain.propositions.mettre_en_discussion import (
    DejaDiscutee,
    MettreEnDiscussion,
    NombreDeParticipantsImpossible,
    SeanceAVenir,
)
from domain.propositions.transmettre_proposition import DejaTransmise, PasEncoreAdoptee, TransmettreProposition
from domain.texte import TexteVide
from tests.monde import ANIMATION, DEPOT, DOSSIER, JOUR, REF, SEANCE, animation, deposee, flux, qualifiee
from tests.spec import given


def dossier(*facts: Event) -> given:
    return given(DOSSIER, deposee(), *facts).and_given(flux(ANIMATION), animation)


def act(kind: Any, **others: Any) -> Any:
    return kind(**{"acteur": ANIMATION, "le": JOUR, "proposition": REF, **others})


def discuter(**others: Any) -> Any:
    return act(MettreEnDiscussion, **{"session_le": SEANCE, "lieu": "Vénissieux", "participants": 11, **others})


discutee = PropositionMiseEnDiscussion(
    survenu_le=SEANCE,
    regle="participation-libre-2023",
    session_le=SEANCE,
    lieu="Vénissieux",
    participants=11,
    par="animation:gepi",
)


def test_une_seance_a_une_date_un_lieu_un_nombre_et_aucun_nom() -> None:
    dossier(qualifiee).when(discuter()).then(discutee)
    assert not PropositionMiseEnDiscussion.PERSONAL


def test_on_discute_ce_que_l_equipe_a_lu() -> None:
    dossier().when(discuter()).refused(PasEncoreLue)


def test_une_seance_est_passee_et_vient_apres_le_depot() -> None:
    dossier(qualifiee).when(discuter(session_le=JOUR + timedelta(days=1))).refused(SeanceAVenir)
    dossier(qualifiee).when(discuter(session_le=DEPOT - timedelta(days=1))).refused(DateAvantLeDepot)
    (same_day,) = dossier(qualifiee).when(discuter(session_le=DEPOT)).decided()
    assert same_day.survenu_le == DEPOT


@pytest.mark.parametrize("participants", [0, -1, 10_001])
def test_un_nombre_de_personnes_possible(participants: int) -> None:
    dossier(qualifiee).when(discuter(participants=participants)).refused(NombreDeParticipantsImpossible)


def test_une_seance_n_est_notee_qu_une_fois_mais_on_peut_en_reparler() -> None:
    dossier(qualifiee, discutee).when(discuter()).refused(DejaDiscutee)
    assert len(dossier(qualifiee, discutee).when(discuter(session_le=date(2026, 4, 15))).decided()) == 1
    dossier(qualifiee).when(discuter(lieu=" ")).refused(TexteVide)


def adopter(mode: str = "consensus", *voix: int | None) -> Any:
    pour, contre, abstentions = voix or (None, None, None)
    return act(AdopterProposition, mode=mode, pour=pour, contre=contre, abstentions=abstentions)


def adoptee(mode: Any = "consensus", *voix: int) -> PropositionAdoptee:
    pour, contre, abstentions = voix or (None, None, None)
    return PropositionAdoptee(
        survenu_le=JOUR,
        regle="etapes-2026",
        mode=mode,
        pour=pour,
        contre=contre,
        abstentions=abstentions,
        par="animation:gepi",
    )


def test_le_groupe_adopte_par_consensus_ou_par_vote() -> None:
    dossier(qualifiee, discutee).when(adopter()).then(adoptee())
    dossier(qualifiee, discutee).when(adopter("consensus", 5, 1, 0)).then(adoptee())
    dossier(qualifiee, discutee).when(adopter("vote", 6, 4, 1)).then(adoptee("vote", 6, 4, 1))
    dossier(qualifiee, discutee).when(adopter("tirage")).refused(ChoixInconnu)


def test_le_groupe_parle_avant_d_adopter() -> None:
    dossier(qualifiee).when(adopter()).refused(PasEncoreDiscutee)


def test_le_groupe_adopte_une_fois() -> None:
    dossier(qualifiee, discutee, adoptee()).when(adopter("vote", 6, 4, 1)).refused(DejaAdoptee)


@pytest.mark.parametrize("voix", [(6, 4, None), (None, None, None), (6, -1, 0)])
def test_un_vote_a_trois_nombres(voix: tuple[int | None, ...]) -> None:
    dossier(qualifiee, discutee).when(adopter("vote", *voix)).refused(VoteIncomplet)


@pytest.mark.parametrize("voix", [(4, 4, 0), (3, 5, 2), (0, 0, 5)])
def test_un_vote_sans_majorite_n_adopte_pas(voix: tuple[int, int, int]) -> None:
    dossier(qualifiee, discutee).when(adopter("vote", *voix)).refused(VoteNonMajoritaire)


def test_pas_plus_de_voix_que_de_personnes() -> None:
    dossier(qualifiee, discutee).when(adopter("vote", 8, 3, 1)).refused(PlusDeVoixQueDePersonnes, "11 personnes")


def transmettre(service: str = "Direction de l'insertion", pilote: str | None = "Comité de pilotage") -> Any:
    return act(TransmettreProposition, service=service, pilote=pilote)


transmise = PropositionTransmise(
    survenu_le=JOUR,
    regle="etapes-2026",
    service="Direction de l'insertion",
    pilote="Comité de pilotage",
    par="animation:gepi",
)


def test_on_transmet_ce_que_le_groupe_a_adopte() -> None:
    dossier(qualifiee, discutee, adoptee()).when(transmettre()).then(transmise)
    dossier(qualifiee, discutee).when(transmettre()).refused(PasEncoreAdoptee)


def test_on_transmet_une_fois_a_chaque_service() -> None:
    done = dossier(qualifiee, discutee, adoptee(), transmise)
    done.when(transmettre(pilote=None)).refused(DejaTransmise)
    assert len(done.when(transmettre("Direction de l'habitat", " ")).decided()) == 1
    dossier(qualifiee, discutee, adoptee()).when(transmettre("")).refused(TexteVide)
