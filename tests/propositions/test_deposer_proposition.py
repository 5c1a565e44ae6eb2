"""Filing: what is asked, what is not, and what the receipt can promise."""

from datetime import date
from typing import Any

import msgspec
import pytest

from domain.actes import FonctionManquante
from domain.choix import ChoixInconnu
from domain.coordonnees import CourrielInvalide, TelephoneInvalide
from domain.ledger.event import Event
from domain.propositions.deposer_proposition import (
    CommuneInconnue,
    DeposerProposition,
    EmpreinteIllisible,
    InstanceFermee,
    InstanceInconnue,
    PasDePropositionIci,
    PersonneNAide,
    PrenomAbsent,
    PrenomDeMineur,
    RelectureManquante,
)
from domain.texte import TexteTropLong, TexteVide
from tests.monde import ANIMATION, DEPOT, EMPREINTE, INCONNUE, animation, commune, confiee, deposee, flux, instance
from tests.spec import given

GEPI = "instances/gepi"


def deposer(texte: str = "Un banc devant la mairie", **others: Any) -> DeposerProposition:
    values: dict[str, Any] = {"instance": "gepi", "code_empreinte": EMPREINTE, "le": DEPOT, **others}
    return DeposerProposition(texte=texte, **values)


def avec_aide(**others: Any) -> DeposerProposition:
    values: dict[str, Any] = {"aidant_nom": "Une travailleuse sociale", "aidant_structure": "CCAS", "relue": True}
    return deposer(canal="avec_aide", **{**values, **others})


def au_gepi(*facts: Event) -> given:
    return given(GEPI, instance(), *facts)


def test_on_depose_sans_dire_qui_l_on_est() -> None:
    au_gepi().when(deposer()).then(deposee(texte="Un banc devant la mairie"))


def test_par_defaut_seule_l_equipe_lit() -> None:
    (filed,) = au_gepi().when(deposer()).decided()
    assert (filed.lecture, filed.reponse_par, filed.langue, filed.par) == ("equipe", "code", "fr", None)  # type: ignore[attr-defined]  # a PropositionDeposee


def test_le_texte_est_garde_comme_il_est_ecrit() -> None:
    texte = "jè pa de lojement 😢 <b>aidé moi</b>\r\n— merci"
    au_gepi().when(deposer(texte)).then(deposee(texte="jè pa de lojement 😢 <b>aidé moi</b>\n— merci"))


@pytest.mark.parametrize(("texte", "rule"), [("  \n", TexteVide), ("a" * 5_001, TexteTropLong)])
def test_un_texte_vide_ou_trop_long_est_refuse(texte: str, rule: type[TexteVide]) -> None:
    assert au_gepi().when(deposer(texte)).refused(rule).field == "texte"


def test_le_depot_porte_la_regle_de_ses_delais() -> None:
    (filed,) = au_gepi().when(deposer()).decided()
    assert filed.regle == "delais-propositions-2026"


@pytest.mark.parametrize(
    ("par", "typed", "kept"),
    [
        ("courriel", "Prenom@Exemple.FR", "Prenom@exemple.fr"),
        ("telephone", "0612345678", "06 12 34 56 78"),
        ("courrier", "1 rue du Lac\n69003 Lyon", "1 rue du Lac\n69003 Lyon"),
        ("code", "0612345678", None),
    ],
)
def test_on_repond_comme_la_personne_le_veut(par: Any, typed: str, kept: str | None) -> None:
    expected = deposee(texte="Un banc devant la mairie", reponse_par=par, contact=kept)
    au_gepi().when(deposer(reponse_par=par, contact=typed)).then(expected)


@pytest.mark.parametrize(
    ("par", "typed", "rule"),
    [
        ("courriel", "moi@", CourrielInvalide),
        ("courriel", "", TexteVide),
        ("telephone", "06 12", TelephoneInvalide),
        ("courrier", None, TexteVide),
    ],
)
def test_il_faut_de_quoi_repondre(par: Any, typed: str | None, rule: type[TexteVide]) -> None:
    assert au_gepi().when(deposer(reponse_par=par, contact=typed)).refused(rule).field == "contact"


def test_la_personne_qui_aide_a_relu_et_dit_sa_structure() -> None:
    au_gepi().when(avec_aide(reponse_par="aidant")).then(
        deposee(
            canal="avec_aide",
            reponse_par="aidant",
            relue=True,
            texte="Un banc devant la mairie",
            aidant_nom="Une travailleuse sociale",
            aidant_structure="CCAS",
        )
    )
    au_gepi().when(avec_aide(relue=False)).refused(RelectureManquante)
    assert au_gepi().when(avec_aide(aidant_nom=" ")).refused(TexteVide).field == "aidant_nom"
    assert au_gepi().when(avec_aide(aidant_structure=None)).refused(TexteVide).field == "aidant_structure"


def test_on_ne_garde_pas_de_nom_d_aidant_sans_aide() -> None:
    au_gepi().when(deposer(aidant_nom="Quelqu'un", relue=True)).then(deposee(texte="Un banc devant la mairie"))
    au_gepi().when(deposer(reponse_par="aidant")).refused(PersonneNAide)


def test_montrer_son_prenom_demande_un_prenom() -> None:
    au_gepi().when(deposer(lecture="tous_avec_prenom")).refused(PrenomAbsent)
    au_gepi().when(deposer(lecture="tous_avec_prenom", prenom=" Ana ")).then(
        deposee(lecture="tous_avec_prenom", prenom="Ana", texte="Un banc devant la mairie")
    )


def test_le_prenom_d_un_eleve_n_est_jamais_public() -> None:
    comet = given("instances/comet", instance("comet", "jeunes"))
    comet.when(deposer(instance="comet", lecture="tous_avec_prenom", prenom="Inès")).refused(PrenomDeMineur)
    comet.when(deposer(instance="comet", lecture="tous_sans_nom")).then(
        deposee(instance="comet", lecture="tous_sans_nom", texte="Un banc devant la mairie")
    )


def test_le_numero_vient_de_la_suite_de_l_instance_et_de_l_annee() -> None:
    assert deposer().series() == "GEPI-2026"
    assert deposer(instance="comet", le=date(2027, 1, 1)).series() == "COMET-2027"


def test_l_instance_existe_et_recoit_des_propositions() -> None:
    given().when(deposer()).refused(InstanceInconnue)
    given("instances/conseil", instance("conseil", "conseil", serie=None)).when(deposer(instance="conseil")).refused(
        PasDePropositionIci
    )


@pytest.mark.parametrize("slug", ["GEPI", "ctm-plateau-nord", "", "a/b", "gepi\x00", "é", "x" * 500])
def test_une_instance_mal_ecrite_est_inconnue(slug: str) -> None:
    given().when(deposer(instance=slug)).refused(InstanceInconnue)


@pytest.mark.parametrize("dates", [{"du": date(2026, 3, 4)}, {"au": date(2026, 3, 2)}])
def test_l_instance_existe_le_jour_du_depot(dates: dict[str, Any]) -> None:
    given(GEPI, instance(**dates)).when(deposer()).refused(InstanceFermee)


def test_l_instance_existe_encore_son_dernier_jour() -> None:
    given(GEPI, instance(du=DEPOT, au=DEPOT)).when(deposer()).then(deposee(texte="Un banc devant la mairie"))


def test_on_peut_dire_de_quelle_commune_on_parle() -> None:
    ici = au_gepi().and_given("communes/69149", commune())
    ici.when(deposer(territoire="69149")).then(deposee(territoire="69149", texte="Un banc devant la mairie"))
    au_gepi().when(deposer(territoire="69999")).refused(CommuneInconnue)
    au_gepi().when(deposer(territoire="Lyon")).refused(CommuneInconnue)
    au_gepi().when(deposer(territoire="")).then(deposee(texte="Un banc devant la mairie"))


def test_en_seance_l_animation_depose_au_titre_de_sa_fonction() -> None:
    seance = deposer(canal="session", acteur=ANIMATION)
    au_gepi().and_given(flux(ANIMATION), animation).when(seance).then(
        deposee(canal="session", par="animation:gepi", texte="Un banc devant la mairie")
    )
    au_gepi().and_given(flux(ANIMATION), confiee(ANIMATION, "animation", "comet")).when(seance).refused(
        FonctionManquante
    )
    au_gepi().when(deposer(canal="session", acteur=INCONNUE)).refused(FonctionManquante)
    au_gepi().when(deposer(canal="session")).refused(FonctionManquante)


@pytest.mark.parametrize("field", ["canal", "lecture", "reponse_par"])
def test_un_choix_hors_de_la_liste_est_refuse(field: str) -> None:
    wrong: dict[str, Any] = {field: "autre chose"}
    assert au_gepi().when(deposer(**wrong)).refused(ChoixInconnu).field == field


@pytest.mark.parametrize("empreinte", ["", "tasse-riviere-marche-lundi", "AB" * 32, "ab" * 31])
def test_le_code_lui_meme_n_entre_jamais(empreinte: str) -> None:
    au_gepi().when(deposer(code_empreinte=empreinte)).refused(EmpreinteIllisible)


def test_ce_qui_dit_la_personne_est_effacable_et_rien_d_autre() -> None:
    (filed,) = au_gepi().when(avec_aide(prenom="Ana", reponse_par="telephone", contact="0612345678")).decided()
    hidden = msgspec.structs.replace(filed, **dict.fromkeys(filed.PERSONAL))
    shown = msgspec.json.encode(hidden).decode()
    for word in ("banc", "Ana", "06 12", "sociale", "CCAS"):
        assert word not in shown
