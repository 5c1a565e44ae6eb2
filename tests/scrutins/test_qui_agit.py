"""Who may do what on a vote: the function, its collège, its dates."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.actes import FonctionManquante, FonctionTerminee
from domain.droits import FONCTIONS
from domain.scrutins.annuler_billets import AnnulerBillets
from domain.scrutins.annuler_scrutin import AnnulerScrutin
from domain.scrutins.clore_scrutin import CloreScrutin
from domain.scrutins.confirmer_regles import ConfirmerRegles
from domain.scrutins.consigner_incident import ConsignerIncident
from domain.scrutins.contre_saisir_lot_papier import ContreSaisirLotPapier
from domain.scrutins.declarer_billets import DeclarerBillets
from domain.scrutins.depouillement import preparer
from domain.scrutins.depouiller_scrutin import DepouillerScrutin
from domain.scrutins.detruire_cles import DetruireCles
from domain.scrutins.echanger_billet import EchangerBillet
from domain.scrutins.effacer_urne import EffacerUrne
from domain.scrutins.ouvrir_couche import OuvrirCouche
from domain.scrutins.ouvrir_scrutin import OuvrirScrutin
from domain.scrutins.proclamer_resultat import ProclamerResultat
from domain.scrutins.publier_cle import PublierCle
from domain.scrutins.remettre_billets import RemettreBillets
from domain.scrutins.rendre_billets import RendreBillets
from domain.scrutins.saisir_lot_papier import SaisirLotPapier
from domain.scrutins.trancher_reclamation import TrancherReclamation
from domain.scrutins.valider_lot_papier import ValiderLotPapier
from tests import monde
from tests.scrutins import vote as v

MOTIF = "Une raison assez longue pour être lue."
LOT = {"lot": 1, "n": 3, "empreinte": v.PAGE}
ACTES: dict[Any, dict[str, Any]] = {
    ConfirmerRegles: {},
    PublierCle: {"couche": "bureau", "cle": v.cle(2)},
    DeclarerBillets: {"n": 1, "empreinte": v.PAGE},
    RemettreBillets: {"groupe": "6e B", "n": 1},
    RendreBillets: {"groupe": "6e B", "n": 1},
    AnnulerBillets: {"n": 1, "motif": "perdu"},
    EchangerBillet: {},
    OuvrirScrutin: {"membres": ("Direction", "CPE"), "moment": v.OUVRE},
    ConsignerIncident: {"texte": "Un incident"},
    CloreScrutin: {"moment": v.FERME, "n_urne": 0, "empreinte_urne": v.PAGE, "empreinte_utilises": v.PAGE},
    SaisirLotPapier: LOT,
    ContreSaisirLotPapier: {**LOT, "ecarts": 0},
    ValiderLotPapier: {**LOT, "ecarts_tranches": 0},
    OuvrirCouche: {"couche": "metropole", "n_entrees": 0, "n_sorties": 0, "rejets": {}, "empreinte": v.PAGE},
    DepouillerScrutin: {"compte": preparer(v.cree(), [], v.SEL)},
    ProclamerResultat: {},
    TrancherReclamation: {"rang": 1, "decision": "rejetee", "motif": MOTIF},
    AnnulerScrutin: {"motif": MOTIF},
    EffacerUrne: {"n": 0},
    DetruireCles: {},
}
PREPARE = v.histoire("prepare")


def holder(kind: Any, **others: Any) -> Any:
    """A function that allows this act, of one person."""
    nom = next(nom for nom in ("direction", "bureau_de_vote", "education") if kind.DROIT in FONCTIONS[nom].droits)
    return monde.confiee(v.SECONDE, nom, v.COLLEGE if nom != "education" else None, **others)


def refusal(kind: Any, *titres: Any) -> Any:
    return v.scrutin(PREPARE, v.SECONDE, *titres).when(v.acte(kind, v.SECONDE, **ACTES[kind]))


@pytest.mark.parametrize("kind", ACTES)
def test_sans_fonction_on_n_agit_pas(kind: Any) -> None:
    refusal(kind, monde.confiee(v.SECONDE, "administration")).refused(FonctionManquante)
    refusal(kind, monde.confiee(v.SECONDE, "protection_donnees")).refused(FonctionManquante)


@pytest.mark.parametrize("kind", ACTES)
def test_une_fonction_finie_la_veille_ne_suffit_plus(kind: Any) -> None:
    refusal(kind, holder(kind, au=v.LE - timedelta(days=1))).refused(FonctionTerminee)
    assert not isinstance(refusal(kind, holder(kind)).refusal(), FonctionManquante)


@pytest.mark.parametrize("kind", ACTES)
def test_la_fonction_d_un_autre_college_ne_suffit_pas(kind: Any) -> None:
    for nom in ("direction", "bureau_de_vote"):
        refusal(kind, monde.confiee(v.SECONDE, nom, "college-voisin")).refused(FonctionManquante)


def test_chaque_etape_refuse_ce_qui_vient_trop_tot_avec_la_meme_reponse_que_la_page() -> None:
    early = {kind for kind in ACTES if kind not in (ConfirmerRegles, AnnulerScrutin, DetruireCles)}
    for kind in early:
        found = refusal(kind, holder(kind)).refusal()
        assert found is not None and found.status == 409, kind


def test_une_fonction_commencee_le_jour_meme_suffit() -> None:
    today = monde.confiee(v.SECONDE, "bureau_de_vote", v.COLLEGE, du=date(2027, 3, 1))
    assert refusal(ConfirmerRegles, today).decided()
