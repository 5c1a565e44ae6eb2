"""In the collège: the intention, the ideas, their study, the list, the scrutin that is attached."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.budget_participatif import events as e
from domain.budget_participatif.arreter_liste import ArreterListe, IdeesSansReponse, ListeTropCourte
from domain.budget_participatif.arreter_projet import (
    ArreterProjet,
    IdeeDejaDansUnProjet,
    IdeeSansAvisFavorable,
    PhraseTropLongue,
    ProjetSansIdee,
    ProjetTropCher,
)
from domain.budget_participatif.clore_idees import CloreIdees, IdeesDejaCloses, IdeesEncoreAttendues
from domain.budget_participatif.college import CollegeFerme, CollegeIntrouvable
from domain.budget_participatif.decrire_college import DecrireCollege, EffectifImpossible, UaiIllisible
from domain.budget_participatif.deposer_intention import (
    AutreDossierIllisible,
    BudgetTropGrand,
    DeposerIntention,
    IntentionDejaDeposee,
    IntentionsCloses,
)
from domain.budget_participatif.dossier import (
    DateAvantLeDossier,
    DossierIntrouvable,
    EtapePrecedente,
    ListeDejaArretee,
)
from domain.budget_participatif.edition import EditionIntrouvable, PasACetteEtape
from domain.budget_participatif.idee import IdeeDUnAutreDossier, IdeeIntrouvable
from domain.budget_participatif.montants import MontantImpossible
from domain.budget_participatif.ouvrir_idees import FinDesIdeesPassee, IdeesDejaOuvertes, OuvrirIdees
from domain.budget_participatif.rattacher_scrutin import (
    RattacherScrutin,
    ScrutinDAilleurs,
    ScrutinDejaAnnule,
    ScrutinDejaRattache,
    ScrutinDEssai,
    ScrutinIntrouvable,
    ScrutinSurUneAutreListe,
)
from domain.ledger.event import Event
from domain.scrutins.events import ScrutinAnnule
from tests.budget_participatif.histoire import (
    ANNEE,
    BPC,
    COLLEGE,
    DEBUT,
    DIRECTION,
    EDITION,
    FIN_IDEES,
    IDEE_A,
    IDEE_B,
    IDEE_C,
    JOUR,
    PAR,
    SC,
    SCRUTIN,
    arretee,
    au_college,
    closes,
    college,
    deposee,
    direction,
    ecartee,
    edition,
    etape,
    impossible,
    intention,
    liste,
    montree,
    ouvertes,
    possible,
    projet,
    rattache,
    scrutin,
)
from tests.monde import flux, instance
from tests.spec import given


def entrer(**others: Any) -> DeposerIntention:
    values: dict[str, Any] = {
        "acteur": DIRECTION,
        "le": DEBUT,
        "college": COLLEGE,
        "edition": ANNEE,
        "adoptee_par": "conseil de la vie collégienne",
        "budget_cents": 4_000_000,
    }
    return DeposerIntention(**{**values, **others})


def rentree(*facts: Event, inscrit: Event | None = college) -> given:
    found = given(EDITION, *facts).and_given(flux(DIRECTION), direction)
    return found.and_given(f"instances/{COLLEGE}", inscrit) if inscrit else found


def test_un_college_entre_dans_une_edition() -> None:
    rentree(*etape("intentions")).when(entrer()).then(intention)


def test_un_college_a_un_seul_dossier_par_edition() -> None:
    known = rentree(*etape("intentions")).and_given(f"budgets/{BPC}", intention)
    known.when(entrer(autres=(BPC,))).refused(IntentionDejaDeposee)
    rentree(*etape("intentions")).when(entrer(autres=("x",))).refused(AutreDossierIllisible)


def test_l_intention_vient_a_temps_et_dans_la_limite() -> None:
    rentree(edition).when(entrer()).refused(PasACetteEtape, "annonce")
    rentree().when(entrer()).refused(EditionIntrouvable)
    rentree(*etape("intentions")).when(entrer(le=date(2026, 10, 3))).refused(IntentionsCloses, "2 octobre 2026")
    rentree(*etape("intentions")).when(entrer(budget_cents=4_000_001)).refused(BudgetTropGrand, "40\u00a0000\u00a0€")
    rentree(*etape("intentions")).when(entrer(budget_cents=0)).refused(MontantImpossible)


def test_seul_un_college_ouvert_entre_dans_une_edition() -> None:
    ready = etape("intentions")
    rentree(*ready, inscrit=None).when(entrer()).refused(CollegeIntrouvable)
    rentree(*ready, inscrit=instance(COLLEGE, "service")).when(entrer()).refused(CollegeIntrouvable)
    ferme = instance(COLLEGE, "college", au=date(2026, 7, 31))
    rentree(*ready, inscrit=ferme).when(entrer()).refused(CollegeFerme)
    given().when(entrer(college="Collège !")).refused(CollegeIntrouvable)


def test_un_college_se_decrit_a_la_rentree() -> None:
    def decrire(**others: Any) -> DecrireCollege:
        values: dict[str, Any] = {"college": COLLEGE, "commune": "Bron", "effectif": 540, "rentree": 2026}
        return DecrireCollege(acteur=DIRECTION, le=DEBUT, **{**values, **others})

    known = given(f"instances/{COLLEGE}", college).and_given(flux(DIRECTION), direction)
    known.when(decrire(uai=" 0691234a")).then(
        e.CollegeDecrit(
            survenu_le=DEBUT,
            regle="budget-participatif-college-2026",
            commune="Bron",
            effectif=540,
            rentree=2026,
            uai="0691234A",
            par=PAR,
        )
    )
    known.when(decrire(effectif=0)).refused(EffectifImpossible)
    known.when(decrire(rentree=26)).refused(EffectifImpossible)
    known.when(decrire(uai="069")).refused(UaiIllisible)
    given(flux(DIRECTION), direction).when(decrire()).refused(CollegeIntrouvable)


def test_les_idees_s_ouvrent_une_fois() -> None:
    ouvrir = OuvrirIdees(DIRECTION, DEBUT, BPC, FIN_IDEES)
    opened = e.IdeesOuvertes(survenu_le=DEBUT, regle="budget-participatif-college-2026", jusqu_au=FIN_IDEES, par=PAR)
    au_college(intention).when(ouvrir).then(opened)
    au_college(intention, ouvertes).when(ouvrir).refused(IdeesDejaOuvertes)
    au_college(intention).when(OuvrirIdees(DIRECTION, JOUR, BPC, FIN_IDEES)).refused(FinDesIdeesPassee)
    au_college().when(ouvrir).refused(DossierIntrouvable)
    given().when(OuvrirIdees(DIRECTION, DEBUT, "GEPI-2026-0001", FIN_IDEES)).refused(DossierIntrouvable)
    au_college(intention).when(OuvrirIdees(DIRECTION, date(2026, 9, 1), BPC, FIN_IDEES)).refused(DateAvantLeDossier)


def test_la_direction_d_un_autre_college_n_agit_pas_ici() -> None:
    other = intention.__class__(**{f: getattr(intention, f) for f in intention.__struct_fields__} | {"college": "x"})
    au_college(other).when(OuvrirIdees(DIRECTION, DEBUT, BPC, FIN_IDEES)).refused(FonctionManquante)


def test_les_idees_closent_a_la_date_annoncee() -> None:
    closed = e.IdeesCloses(survenu_le=FIN_IDEES, regle="budget-participatif-college-2026", par=PAR)
    au_college(intention, ouvertes).when(CloreIdees(DIRECTION, FIN_IDEES, BPC)).then(closed)
    au_college(intention, ouvertes).when(CloreIdees(DIRECTION, date(2026, 11, 19), BPC)).refused(IdeesEncoreAttendues)
    au_college(intention).when(CloreIdees(DIRECTION, JOUR, BPC)).refused(EtapePrecedente)
    au_college(intention, ouvertes, closes).when(CloreIdees(DIRECTION, JOUR, BPC)).refused(IdeesDejaCloses)


def inscrire(**others: Any) -> ArreterProjet:
    values: dict[str, Any] = {
        "titre": "Des bancs à l'ombre",
        "phrase": "Douze bancs sous les arbres de la cour.",
        "cout_cents": 600_000,
        "comparaison": "le prix de 12 bancs",
        "lieu": "La cour",
        "avis": "C'est possible. La cour a la place.",
        "idees": (IDEE_A,),
    }
    return ArreterProjet(DIRECTION, JOUR, BPC, **{**values, **others})


def etudie(*facts: Event, idee: tuple[Event, ...] = (deposee(), montree, possible)) -> given:
    return au_college(intention, ouvertes, closes, *facts).and_given(f"idees/{IDEE_A}", *idee)


def test_un_projet_vient_d_idees_possibles() -> None:
    (first,) = etudie().when(inscrire()).decided()
    assert isinstance(first, e.ProjetArrete) and (first.projet, first.idees) == ("p1", (IDEE_A,))
    both = etudie(projet("p1", idees=(IDEE_C,))).and_given(f"idees/{IDEE_B}", deposee(), montree, possible)
    (second,) = both.when(inscrire(idees=(IDEE_B, IDEE_A, IDEE_B))).decided()
    assert isinstance(second, e.ProjetArrete) and (second.projet, second.idees) == ("p2", (IDEE_B, IDEE_A))


@pytest.mark.parametrize(
    ("idee", "rule"),
    [
        ((deposee(), montree), IdeeSansAvisFavorable),
        ((deposee(), montree, possible, impossible), IdeeSansAvisFavorable),
        ((deposee("BPC-2026-0002"), montree, possible), IdeeDUnAutreDossier),
        ((), IdeeIntrouvable),
    ],
)
def test_une_idee_impossible_ou_d_ailleurs_ne_fait_pas_un_projet(idee: tuple[Event, ...], rule: Any) -> None:
    etudie(idee=idee).when(inscrire()).refused(rule)


def test_un_projet_tient_sur_un_bulletin_et_dans_le_budget() -> None:
    etudie().when(inscrire(phrase=" ".join(["mot"] * 15))).decided()
    etudie().when(inscrire(phrase=" ".join(["mot"] * 16))).refused(PhraseTropLongue, "16 mots")
    etudie().when(inscrire(cout_cents=4_000_000)).decided()
    etudie().when(inscrire(cout_cents=4_000_001)).refused(ProjetTropCher)
    au_college(intention, ouvertes, closes).when(inscrire(idees=())).refused(ProjetSansIdee)
    etudie(projet("p1")).when(inscrire()).refused(IdeeDejaDansUnProjet)
    etudie(*liste()[3:]).when(inscrire()).refused(ListeDejaArretee)
    abandon = e.ProjetAbandonne(projet="p1", motif="Trop cher pour le collège.", par=PAR)
    etudie(projet("p1"), abandon).when(inscrire()).decided()
    au_college(intention, ouvertes).and_given(f"idees/{IDEE_A}", deposee()).when(inscrire()).refused(EtapePrecedente)


def test_la_liste_attend_que_chaque_idee_ait_sa_reponse() -> None:
    arreter = ArreterListe(DIRECTION, JOUR, BPC, (IDEE_A, IDEE_B))
    closed = e.ListeArretee(survenu_le=JOUR, regle="liste-des-projets-2026", projets=("p1", "p2"), par=PAR)
    ready = au_college(*liste(arretee_=False)).and_given(f"idees/{IDEE_A}", deposee(), montree, possible)
    ready.and_given(f"idees/{IDEE_B}", deposee(), ecartee).when(arreter).then(closed)
    for waiting in ((deposee(),), (deposee(), montree)):
        late = au_college(*liste(arretee_=False)).and_given(f"idees/{IDEE_A}", deposee(), montree, possible)
        late.and_given(f"idees/{IDEE_B}", *waiting).when(arreter).refused(IdeesSansReponse, IDEE_B)


def test_une_liste_a_deux_projets_et_ne_change_plus() -> None:
    au_college(intention, ouvertes, closes, projet()).when(ArreterListe(DIRECTION, JOUR, BPC)).refused(ListeTropCourte)
    au_college(*liste()).when(ArreterListe(DIRECTION, JOUR, BPC)).refused(ListeDejaArretee)


def attacher(**others: Any) -> RattacherScrutin:
    return RattacherScrutin(DIRECTION, JOUR, BPC, **{"scrutin": SC, **others})


def test_le_vrai_vote_se_rattache_au_dossier() -> None:
    attached = e.ScrutinRattache(survenu_le=JOUR, regle="scrutin-du-college-2026", scrutin=SC, par=PAR)
    au_college(*liste()).and_given(SCRUTIN, scrutin()).when(attacher()).then(attached)


@pytest.mark.parametrize(
    ("others", "rule"),
    [
        ({"essai": True}, ScrutinDEssai),
        ({"college": "autre"}, ScrutinDAilleurs),
        ({"dossier": "BPC-2026-0002"}, ScrutinDAilleurs),
        ({"dossier": None}, ScrutinDAilleurs),
        ({"budget_cents": 1}, ScrutinSurUneAutreListe),
        ({"projets": scrutin().projets[:1]}, ScrutinSurUneAutreListe),
    ],
)
def test_un_autre_vote_ne_se_rattache_pas(others: dict[str, Any], rule: Any) -> None:
    au_college(*liste()).and_given(SCRUTIN, scrutin(**others)).when(attacher()).refused(rule)


def test_le_vote_vient_apres_la_liste() -> None:
    au_college(intention).and_given(SCRUTIN, scrutin()).when(attacher()).refused(EtapePrecedente)
    au_college(*liste()).when(attacher()).refused(ScrutinIntrouvable)
    given().when(attacher(scrutin="GEPI-2026-0001")).refused(ScrutinIntrouvable)


def test_un_vote_annule_se_remplace() -> None:
    annule = ScrutinAnnule(motif="Les deux clés sont perdues.", par=PAR)
    deux = au_college(*liste(), rattache).and_given("scrutins/SC-2026-0002", scrutin())
    deux.and_given(SCRUTIN, scrutin()).when(attacher(scrutin="SC-2026-0002", ancien=SC)).refused(ScrutinDejaRattache)
    deux.and_given(SCRUTIN, annule).when(attacher(scrutin="SC-2026-0002", ancien=SC)).decided()
    au_college(*liste(), rattache).and_given(SCRUTIN, scrutin()).when(attacher()).refused(ScrutinDejaRattache)
    au_college(*liste()).and_given(SCRUTIN, scrutin(), annule).when(attacher()).refused(ScrutinDejaAnnule)
    assert arretee.projets == ("p1", "p2")
