"""After the count: proclamation, complaints, cancellation, destruction of the urn and of the keys."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.choix import ChoixInconnu
from domain.ledger.event import Event
from domain.scrutins import events as e
from domain.scrutins.acte import EtapeAVenir, EtapePassee, ScrutinIntrouvable, VoteAnnule, VoteImporte
from domain.scrutins.annuler_scrutin import AnnulerScrutin, RaisonDAnnulationTropCourte
from domain.scrutins.deposer_reclamation import DelaiDeReclamationPasse, DeposerReclamation, ReclamationTropTot
from domain.scrutins.detruire_cles import ClesDejaDetruites, DetruireCles, UrnePasEncoreEffacee
from domain.scrutins.effacer_urne import (
    DelaiEnCours,
    EffacerUrne,
    NombreDifferent,
    ReclamationsEnAttente,
    UrneDejaEffacee,
)
from domain.scrutins.proclamer_resultat import EssaiNonProclame, ProclamerResultat
from domain.scrutins.trancher_reclamation import (
    RaisonTropCourte,
    ReclamationDejaTranchee,
    ReclamationInconnue,
    TrancherReclamation,
)
from domain.texte import TexteTropLong, TexteVide
from tests.scrutins import vote as v
from tests.spec import Decision, as_read, given

MOTIF = "Le bureau a fermé une heure trop tôt."
DERNIER = date(2027, 3, 30)
LENDEMAIN = DERNIER + timedelta(days=1)
PROCLAME = v.histoire("proclame")
RECLAMATION = {"survenu_le": v.PROCLAME_LE, "regle": "reclamations-du-vote-2026"}
deposee = e.ReclamationDeposee(rang=1, motif="secret", texte="On voyait l'écran.", **RECLAMATION)  # type: ignore[arg-type]
rejetee = e.ReclamationTranchee(rang=1, decision="rejetee", motif=MOTIF, par="education", **RECLAMATION)  # type: ignore[arg-type]
annule = e.ScrutinAnnule(survenu_le=v.PROCLAME_LE, regle="annulation-du-vote-2026", motif=MOTIF, par=v.PAR_DIRECTION)


def quand(
    kind: Any, facts: list[Event], acteur: str = v.DIRECTION, le: date = v.PROCLAME_LE, **others: Any
) -> Decision:
    return v.scrutin(facts, acteur).when(v.acte(kind, acteur, le, **others))


def test_la_proclamation_ouvre_le_delai_jusqu_a_un_jour_ouvre() -> None:
    quand(ProclamerResultat, v.histoire("depouille")).then(v.proclame(12))
    # Ten days after 15 March 2027 is Thursday 25; twelve is Saturday 27, then Easter Monday 29: Tuesday 30.
    for jours, dernier in ((10, date(2027, 3, 25)), (12, date(2027, 3, 30)), (15, date(2027, 3, 30))):
        (found,) = quand(ProclamerResultat, v.histoire("depouille", jours_reclamation=jours)).decided()
        assert isinstance(found, e.ResultatProclame) and found.reclamations_jusqu_au == dernier
    quand(ProclamerResultat, v.histoire("couches_ouvertes")).refused(EtapeAVenir)
    quand(ProclamerResultat, PROCLAME).refused(EtapePassee)
    quand(ProclamerResultat, v.histoire("depouille"), v.BUREAU).refused(FonctionManquante)


def test_un_essai_ne_se_proclame_jamais() -> None:
    quand(ProclamerResultat, v.histoire("depouille", essai=True)).refused(EssaiNonProclame)


def reclamer(facts: list[Event], le: date = v.PROCLAME_LE, **others: Any) -> Decision:
    values: dict[str, Any] = {"motif": "secret", "texte": "On voyait l'écran.", **others}
    return given(v.FLUX, *facts).when(DeposerReclamation(v.REF, le=le, **values))


def test_chacun_reclame_pendant_le_delai() -> None:
    reclamer(PROCLAME).then(deposee)
    (second,) = reclamer([*PROCLAME, deposee], DERNIER, contact=" 6e B, délégué ").decided()
    assert isinstance(second, e.ReclamationDeposee) and (second.rang, second.contact) == (2, "6e B, délégué")
    assert as_read(second, v.FLUX, 1).texte is None  # type: ignore[attr-defined]  # erasable: not in the entry
    reclamer(PROCLAME, LENDEMAIN).refused(DelaiDeReclamationPasse, "30 mars 2027")
    reclamer(v.histoire("efface"), v.PROCLAME_LE).refused(EtapePassee)


def test_une_reclamation_dit_quelque_chose() -> None:
    reclamer(PROCLAME, texte=" ").refused(TexteVide)
    reclamer(PROCLAME, texte="x" * 3_001).refused(TexteTropLong)
    reclamer(PROCLAME, motif="colere").refused(ChoixInconnu)


def test_avant_la_proclamation_on_previent_le_bureau() -> None:
    for phase in ("ouvert", "clos", "depouille"):
        assert "bureau de vote" in reclamer(v.histoire(phase)).refused(ReclamationTropTot).conseil
    reclamer([*v.histoire("ouvert"), annule]).refused(VoteAnnule)
    reclamer([]).refused(ScrutinIntrouvable)


def trancher(
    facts: list[Event], decision: str = "rejetee", rang: int = 1, motif: str = MOTIF, **others: Any
) -> Decision:
    return quand(TrancherReclamation, facts, v.EDUCATION, rang=rang, decision=decision, motif=motif, **others)


def test_la_direction_de_l_education_tranche_avec_ses_raisons() -> None:
    waits = [*PROCLAME, deposee]
    trancher(waits).then(rejetee)
    assert trancher(waits, le=LENDEMAIN).decided()
    trancher(waits, rang=2).refused(ReclamationInconnue)
    trancher(waits, motif="Non.").refused(RaisonTropCourte)
    trancher(waits, "plus_tard").refused(ChoixInconnu)
    trancher([*waits, rejetee]).refused(ReclamationDejaTranchee)
    quand(TrancherReclamation, waits, rang=1, decision="rejetee", motif=MOTIF).refused(FonctionManquante)


def test_une_reclamation_peut_annuler_le_vote() -> None:
    tranchee, annulation = trancher([*PROCLAME, deposee], "scrutin_annule").decided()
    assert isinstance(tranchee, e.ReclamationTranchee) and isinstance(annulation, e.ScrutinAnnule)
    assert annulation.motif == MOTIF and v.etat([*PROCLAME, deposee, tranchee, annulation]).phase == "annule"


@pytest.mark.parametrize(
    "phase", ["prepare", "confirme", "pret", "ouvert", "clos", "premiere_couche", "depouille", "proclame"]
)
def test_un_vote_s_annule_a_toute_etape_avec_une_raison(phase: str) -> None:
    quand(AnnulerScrutin, v.histoire(phase), motif=MOTIF).then(annule)
    quand(AnnulerScrutin, v.histoire(phase), motif="Erreur").refused(RaisonDAnnulationTropCourte)


def test_un_vote_annule_ou_termine_ne_s_annule_plus() -> None:
    quand(AnnulerScrutin, [*PROCLAME, annule], motif=MOTIF).refused(VoteAnnule)
    quand(AnnulerScrutin, v.histoire("efface"), motif=MOTIF).refused(EtapePassee)
    quand(AnnulerScrutin, PROCLAME, v.BUREAU, motif=MOTIF).refused(FonctionManquante)


def effacer(facts: list[Event], le: date = LENDEMAIN, n: int = 12) -> Decision:
    return quand(EffacerUrne, facts, v.BUREAU, le, n=n)


def test_l_urne_est_detruite_apres_le_delai_et_les_reclamations() -> None:
    effacer(PROCLAME).then(
        e.UrneEffacee(survenu_le=LENDEMAIN, regle="effacement-de-l-urne-2026", n=12, par=v.PAR_BUREAU)
    )
    effacer(PROCLAME, DERNIER).refused(DelaiEnCours, "30 mars 2027")
    effacer([*PROCLAME, deposee]).refused(ReclamationsEnAttente)
    assert effacer([*PROCLAME, deposee, rejetee]).decided()
    effacer(PROCLAME, n=11).refused(NombreDifferent)
    effacer(v.histoire("depouille")).refused(EtapeAVenir)
    effacer(v.histoire("efface")).refused(UrneDejaEffacee)


def test_un_vote_annule_attend_aussi_et_un_essai_non() -> None:
    effacer([*v.histoire("clos"), annule], DERNIER).refused(DelaiEnCours)
    assert effacer([*v.histoire("clos"), annule]).decided()
    assert effacer([*v.histoire("pret"), annule], n=0).decided()
    effacer([*v.histoire("pret"), annule], n=-1).refused(NombreDifferent)
    assert effacer(v.histoire("depouille", essai=True), v.PROCLAME_LE).decided()
    assert effacer([*v.histoire("ouvert", essai=True), annule], v.PROCLAME_LE, 0).decided()
    effacer(v.histoire("couches_ouvertes", essai=True)).refused(EtapeAVenir)


def test_les_cles_sont_detruites_apres_l_urne() -> None:
    efface = v.histoire("efface")
    (found,) = quand(DetruireCles, efface, v.BUREAU).decided()
    assert isinstance(found, e.ClesDetruites) and v.etat([*efface, found]).cles_detruites
    quand(DetruireCles, [*efface, found], v.BUREAU).refused(ClesDejaDetruites)
    quand(DetruireCles, PROCLAME, v.BUREAU).refused(UrnePasEncoreEffacee)


def test_une_election_importee_se_lit_seulement() -> None:
    importe = e.ScrutinImporte(
        survenu_le=v.LE, titre="Wesoła", source="pabulib.org", meta={}, type_vote="approval", budget=1, unite=1,
        longueur_max=0, n_projets=1, n_bulletins=1, regle_comptage="glouton", parametres={"score": "votes"},
        gagnants=("1",), empreinte=v.PAGE, par="installation",
    )  # fmt: skip
    assert v.etat([importe]).phase == "importe"
    quand(AnnulerScrutin, [importe], motif=MOTIF).refused(VoteImporte)
    quand(DetruireCles, [importe]).refused(VoteImporte)
    reclamer([importe]).refused(VoteImporte)
