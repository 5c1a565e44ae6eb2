"""After the vote: application, review, jury, deliberation, works, opening; or a reasoned end."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.budget_participatif import events as e
from domain.budget_participatif.abandonner_projet import AbandonnerProjet, ListeFigee, ProjetDejaRealise
from domain.budget_participatif.commander_travaux import CommanderTravaux, FinDesTravauxPassee, TravauxDejaCommandes
from domain.budget_participatif.constater_realisation import (
    ConstaterRealisation,
    PhotoIllisible,
    RealisationDejaConstatee,
)
from domain.budget_participatif.deliberer_jury import DelibererJury, JuryDejaRendu, ProjetImpossible
from domain.budget_participatif.deposer_candidature import (
    CandidatureDejaDeposee,
    CandidaturesCloses,
    DeposerCandidature,
    ProjetEluOublie,
    ProjetNonElu,
)
from domain.budget_participatif.dossier import AutreEdition, EtapePrecedente, ProjetDejaAbandonne, ProjetInconnu
from domain.budget_participatif.edition import PasACetteEtape
from domain.budget_participatif.inaugurer_projet import DejaInaugure, InaugurerProjet
from domain.budget_participatif.montants import MontantImpossible, RaisonTropCourte
from domain.budget_participatif.rendre_instruction import InstructionDejaRendue, RendreInstruction
from domain.budget_participatif.resultat import AutreScrutin, PasEncoreProclame
from domain.budget_participatif.voter_allocation import (
    AllocationDejaVotee,
    EnveloppeDepassee,
    NumeroDeDeliberationIllisible,
    PlafondDepasse,
    VoterAllocation,
)
from domain.ledger.event import Event
from domain.scrutins.events import ScrutinAnnule
from domain.texte import TexteVide
from tests.budget_participatif.histoire import (
    ANNEE,
    BPC,
    DIRECTION,
    EDITION,
    EDUCATION,
    JOUR,
    PAR,
    SC,
    SCRUTIN,
    a_la_metropole,
    allocation,
    au_college,
    candidat,
    candidature,
    edition,
    etape,
    examen,
    intention,
    jury,
    liste,
    proclame,
    projet,
    rattache,
)
from tests.spec import given

CANDIDATURES = ("intentions", "candidatures")
INSTRUCTION = (*CANDIDATURES, "instruction")
JURY = (*INSTRUCTION, "jury")
DELIBERATION = (*JURY, "deliberation")
TRAVAUX = (*DELIBERATION, "elaboration", "travaux")
MOTIF = "Une raison dite en une phrase."
VOTE = (*liste(), rattache)
abandon = e.ProjetAbandonne(projet="p1", motif=MOTIF, par=PAR)
commande = e.TravauxCommandes(projet="p2", par="education")
realise = e.RealisationConstatee(projet="p2", cout_reel_cents=590_000, description="Des bancs.", par="education")


def candidater(**others: Any) -> DeposerCandidature:
    values: dict[str, Any] = {"edition": ANNEE, "scrutin": SC, "projets": ("p1", "p2")}
    return DeposerCandidature(DIRECTION, JOUR, BPC, **{**values, **others})


def vote(*facts: Event, etapes: Any = CANDIDATURES, resultat: tuple[Event, ...] = (proclame,)) -> given:
    return au_college(*VOTE, *facts).and_given(EDITION, *etape(*etapes)).and_given(SCRUTIN, *resultat)


def test_les_projets_elus_partent_a_la_metropole() -> None:
    vote().when(candidater()).then(
        e.CandidatureDeposee(
            survenu_le=JOUR,
            regle="candidature-du-college-2026",
            projets=("p2", "p1"),
            montant_cents=1_200_000,
            par=PAR,
        )
    )


def test_seuls_les_elus_partent_et_aucun_n_est_oublie() -> None:
    only = proclame.__class__(gagnants=("p2",), reclamations_jusqu_au=JOUR, par=PAR)
    vote(resultat=(only,)).when(candidater()).refused(ProjetNonElu, "p1")
    vote().when(candidater(projets=("p2",))).refused(ProjetEluOublie, "Le projet p1")
    vote().when(candidater(projets=())).refused(ProjetEluOublie)
    vote(abandon).when(candidater(projets=("p2",))).decided()
    vote(abandon).when(candidater()).refused(ProjetDejaAbandonne)
    vote().when(candidater(projets=("p1", "p2", "p9"))).refused(ProjetNonElu)


def test_la_candidature_attend_la_proclamation_et_l_etape() -> None:
    vote(resultat=()).when(candidater()).refused(PasEncoreProclame)
    vote(resultat=(proclame, ScrutinAnnule(motif="x", par=PAR))).when(candidater()).refused(PasEncoreProclame)
    vote(etapes=("intentions",)).when(candidater()).refused(PasACetteEtape)
    vote(candidature).when(candidater()).refused(CandidatureDejaDeposee)
    late = DeposerCandidature(DIRECTION, date(2027, 1, 30), BPC, ANNEE, SC, ("p1", "p2"))
    vote().when(late).refused(CandidaturesCloses, "29 janvier 2027")
    other = au_college(*VOTE).and_given(EDITION, *etape(*CANDIDATURES)).and_given("scrutins/SC-2026-0002", proclame)
    other.when(candidater(scrutin="SC-2026-0002")).refused(AutreScrutin)
    wrong = au_college(*VOTE).and_given("editions/2025-2026", edition).and_given(SCRUTIN, proclame)
    wrong.when(candidater(edition="2025-2026")).refused(AutreEdition)


def metropole(*facts: Event, etapes: Any) -> given:
    return a_la_metropole(*candidat(*facts)).and_given(EDITION, *etape(*etapes))


def instruire(nom: str = "p1", **others: Any) -> RendreInstruction:
    values: dict[str, Any] = {"avis": "recevable", "motif": MOTIF, "cout_cents": 610_000}
    return RendreInstruction(EDUCATION, JOUR, BPC, ANNEE, nom, **{**values, **others})


def test_les_services_examinent_chaque_projet_candidat() -> None:
    (fact,) = metropole(etapes=INSTRUCTION).when(instruire()).decided()
    assert isinstance(fact, e.InstructionRendue) and (fact.projet, fact.cout_cents) == ("p1", 610_000)
    metropole(examen("p1"), etapes=INSTRUCTION).when(instruire()).refused(InstructionDejaRendue)
    metropole(etapes=CANDIDATURES).when(instruire()).refused(PasACetteEtape)
    metropole(etapes=INSTRUCTION).when(instruire("p7")).refused(ProjetInconnu)
    metropole(etapes=INSTRUCTION).when(instruire(motif="Oui.")).refused(RaisonTropCourte)
    metropole(etapes=INSTRUCTION).when(instruire(cout_cents=0)).refused(MontantImpossible)
    a_la_metropole(*VOTE).and_given(EDITION, *etape(*INSTRUCTION)).when(instruire()).refused(EtapePrecedente)


def test_le_college_ne_s_examine_pas_lui_meme() -> None:
    known = au_college(*candidat()).and_given(EDITION, *etape(*INSTRUCTION))
    known.when(RendreInstruction(DIRECTION, JOUR, BPC, ANNEE, "p1", "recevable", MOTIF, 1)).refused(FonctionManquante)


def juger(decision: Any = "retenu", motif: str = MOTIF) -> DelibererJury:
    return DelibererJury(EDUCATION, JOUR, BPC, ANNEE, "p1", decision, motif)


def test_le_jury_decide_apres_l_examen_et_dit_pourquoi() -> None:
    metropole(examen("p1"), etapes=JURY).when(juger()).decided()
    metropole(examen("p1"), etapes=JURY).when(juger("non_retenu")).decided()
    metropole(etapes=JURY).when(juger()).refused(EtapePrecedente)
    metropole(examen("p1"), etapes=JURY).when(juger(motif="")).refused(TexteVide)
    metropole(examen("p1"), jury("p1"), etapes=JURY).when(juger()).refused(JuryDejaRendu)
    metropole(examen("p1"), etapes=INSTRUCTION).when(juger()).refused(PasACetteEtape)
    metropole(examen("p1", "non_recevable"), etapes=JURY).when(juger()).refused(ProjetImpossible)
    metropole(examen("p1", "non_recevable"), etapes=JURY).when(juger("non_retenu")).decided()


RETENUS = (examen("p1"), examen("p2"), jury("p1", "non_retenu"), jury("p2"))


def allouer(**others: Any) -> VoterAllocation:
    values: dict[str, Any] = {"deliberation": " 2027-1234", "montant_cents": 600_000, "projets": ("p2",)}
    return VoterAllocation(EDUCATION, JOUR, BPC, ANNEE, **{**values, **others})


def test_le_conseil_vote_une_somme() -> None:
    metropole(*RETENUS, etapes=DELIBERATION).when(allouer()).then(
        e.AllocationVotee(
            survenu_le=JOUR,
            regle="jury-et-deliberation-2025",
            deliberation="2027-1234",
            montant_cents=600_000,
            projets=("p2",),
            par="education",
        )
    )


@pytest.mark.parametrize(
    ("others", "rule"),
    [
        ({"deliberation": "douze"}, NumeroDeDeliberationIllisible),
        ({"projets": ()}, EtapePrecedente),
        ({"projets": ("p1",)}, EtapePrecedente),
        ({"projets": ("p3",)}, ProjetInconnu),
        ({"montant_cents": 4_000_001}, PlafondDepasse),
        ({"montant_cents": 0}, MontantImpossible),
    ],
)
def test_une_allocation_hors_des_regles_est_refusee(others: dict[str, Any], rule: Any) -> None:
    metropole(*RETENUS, etapes=DELIBERATION).when(allouer(**others)).refused(rule)


def test_un_projet_n_est_finance_qu_une_fois_et_au_bon_moment() -> None:
    metropole(*RETENUS, allocation("p2"), etapes=DELIBERATION).when(allouer()).refused(AllocationDejaVotee)
    metropole(*RETENUS, etapes=JURY).when(allouer()).refused(PasACetteEtape)


def test_l_enveloppe_de_l_edition_compte_les_autres_colleges() -> None:
    others = [f"BPC-2026-{n:04d}" for n in range(2, 15)]  # 13 times 38,000 € of 500,000 €

    def ready() -> given:
        known = metropole(*RETENUS, etapes=DELIBERATION)
        for other in others:
            known.and_given(f"budgets/{other}", intention, allocation("p1", cents=3_800_000))
        return known

    left = 50_000_000 - 13 * 3_800_000
    ready().when(allouer(autres=tuple(others), montant_cents=left)).decided()
    refusal = ready().when(allouer(autres=tuple(others), montant_cents=left + 1)).refused(EnveloppeDepassee)
    assert "6\u00a0000\u00a0€" in str(refusal)


FINANCE = (*RETENUS, allocation("p2"))


def commander(nom: str = "p2", pour: date | None = date(2027, 6, 1)) -> CommanderTravaux:
    return CommanderTravaux(EDUCATION, JOUR, BPC, ANNEE, nom, pour)


def test_les_travaux_suivent_l_argent() -> None:
    metropole(*FINANCE, etapes=TRAVAUX).when(commander()).decided()
    metropole(*FINANCE, etapes=TRAVAUX).when(commander("p1")).refused(EtapePrecedente)
    metropole(*FINANCE, commande, etapes=TRAVAUX).when(commander()).refused(TravauxDejaCommandes)
    metropole(*FINANCE, etapes=DELIBERATION).when(commander()).refused(PasACetteEtape)
    metropole(*FINANCE, etapes=TRAVAUX).when(commander(pour=date(2026, 1, 1))).refused(FinDesTravauxPassee)


def constater(**others: Any) -> ConstaterRealisation:
    values: dict[str, Any] = {"projet": "p2", "cout_reel_cents": 590_000, "description": "Douze bancs sous les arbres."}
    return ConstaterRealisation(EDUCATION, JOUR, BPC, **{**values, **others})


def test_la_realisation_se_constate_avec_son_cout_reel() -> None:
    done = a_la_metropole(*candidat(*FINANCE, commande))
    done.when(constater(photo="ab" * 32)).decided()
    done.when(constater(photo="../x")).refused(PhotoIllisible)
    done.when(constater(description="")).refused(TexteVide)
    a_la_metropole(*candidat(*FINANCE)).when(constater()).refused(EtapePrecedente)
    a_la_metropole(*candidat(*FINANCE, commande, realise)).when(constater()).refused(RealisationDejaConstatee)


def test_un_projet_realise_s_ouvre_une_fois() -> None:
    ouvrir = InaugurerProjet(EDUCATION, JOUR, BPC, "p2")
    a_la_metropole(*candidat(*FINANCE, commande, realise)).when(ouvrir).decided()
    a_la_metropole(*candidat(*FINANCE, commande)).when(ouvrir).refused(EtapePrecedente)
    opened = e.ProjetInaugure(projet="p2", par="education")
    a_la_metropole(*candidat(*FINANCE, commande, realise, opened)).when(ouvrir).refused(DejaInaugure)


def abandonner(scrutin: str | None = SC, motif: str = MOTIF) -> AbandonnerProjet:
    return AbandonnerProjet(DIRECTION, JOUR, BPC, "p2", motif, scrutin)


def test_un_abandon_dit_pourquoi_et_ne_touche_pas_a_la_liste_pendant_le_vote() -> None:
    au_college(*liste(arretee_=False)).when(abandonner(None)).decided()
    au_college(*liste()).when(abandonner(None)).refused(ListeFigee)
    au_college(*VOTE).and_given(SCRUTIN).when(abandonner()).refused(PasEncoreProclame)
    au_college(*VOTE).and_given(SCRUTIN, proclame).when(abandonner()).decided()
    au_college(*VOTE).when(abandonner(None)).refused(AutreScrutin)
    au_college(*candidat(*FINANCE, commande)).when(abandonner(None)).decided()
    au_college(*candidat(*FINANCE, commande, realise)).when(abandonner(None)).refused(ProjetDejaRealise)
    au_college(*candidat(), e.ProjetAbandonne(projet="p2", motif=MOTIF, par=PAR)).when(abandonner(None)).refused(
        ProjetDejaAbandonne
    )
    au_college(*candidat()).when(abandonner(None, "Non.")).refused(RaisonTropCourte)
    assert projet("p2").projet == "p2"
