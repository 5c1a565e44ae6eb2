"""Who may entrust, to whom, for how long; and what being entrusted allows."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from domain.actes import FonctionManquante, FonctionTerminee
from domain.choix import ChoixInconnu
from domain.coordonnees import CourrielInvalide
from domain.droits import FONCTIONS, Titre, fonction_id, peut, retenir
from domain.fonctions.confier_fonction import (
    ConfierFonction,
    DatesInversees,
    FonctionDejaConfiee,
    FonctionInconnue,
    InstanceDeLaFonction,
    InstanceInconnue,
    PasASoiMeme,
)
from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from domain.fonctions.nommer_premier_titulaire import NommerPremierTitulaire
from domain.fonctions.retirer_fonction import FonctionNonTenue, RetirerFonction
from domain.ledger.event import Event
from domain.texte import TexteVide
from tests.monde import ADMIN, AGENT, ANIMATION, INCONNUE, JOUR, administration, animation, confiee, flux, instance
from tests.monde import retiree as sans
from tests.spec import given

GEPI = "instances/gepi"


def nommer(fonction: str = "administration", ou: str | None = None, **others: Any) -> NommerPremierTitulaire:
    values: dict[str, Any] = {"nom": "Une agente", "courriel": "agente@exemple.fr", "le": JOUR, **others}
    return NommerPremierTitulaire(ADMIN, fonction, instance=ou, **values)


def test_la_premiere_personne_est_nommee_par_l_installation() -> None:
    given().when(nommer()).then(
        FonctionConfiee(
            survenu_le=JOUR,
            regle="fonctions-confiees-2026",
            personne=ADMIN,
            fonction="administration",
            du=JOUR,
            par="installation",
            nom="Une agente",
            courriel="agente@exemple.fr",
        )
    )
    given(flux(ADMIN), administration).when(nommer()).refused(FonctionDejaConfiee)
    ended = given(flux(ADMIN), administration, sans(ADMIN, "administration", JOUR))
    assert ended.when(nommer()).decided(), "nobody administers any more: the installation may name again"


def test_l_installation_nomme_aussi_dans_une_instance() -> None:
    assert fonction_id("animation:gepi") == ("animation", "gepi") and fonction_id("coordination")[1] is None
    assert given(GEPI, instance()).when(nommer("animation", "gepi")).decided()
    given().when(nommer("animation", "gepi")).refused(InstanceInconnue)
    given().when(nommer("animation")).refused(InstanceDeLaFonction)
    given().when(nommer("maire")).refused(FonctionInconnue)
    given().when(nommer(courriel="agente")).refused(CourrielInvalide)
    given().when(nommer(nom="")).refused(TexteVide)


def confier(personne: str = ANIMATION, fonction: str = "animation", ou: str | None = "gepi", **others: Any) -> Any:
    values: dict[str, Any] = {"nom": "Un animateur", "courriel": "anim@exemple.fr", "du": JOUR, **others}
    acteur = values.pop("acteur", ADMIN)
    return ConfierFonction(acteur, JOUR, personne=personne, fonction=fonction, instance=ou, **values)


def registre(*facts: Event, personne: str = ANIMATION) -> given:
    return given(flux(ADMIN), administration).and_given(GEPI, instance()).and_given(flux(personne), *facts)


def test_l_administration_confie_une_fonction() -> None:
    registre().when(confier(au=date(2026, 12, 31))).then(
        FonctionConfiee(
            survenu_le=JOUR,
            regle="fonctions-confiees-2026",
            personne=ANIMATION,
            fonction="animation",
            instance="gepi",
            du=JOUR,
            au=date(2026, 12, 31),
            par="administration",
            nom="Un animateur",
            courriel="anim@exemple.fr",
        )
    )


def test_personne_d_autre_ne_confie() -> None:
    given(flux(AGENT), confiee(AGENT, "coordination")).when(confier(acteur=AGENT)).refused(FonctionManquante)
    ended = confiee(AGENT, "administration", au=JOUR - timedelta(days=1))
    given(flux(AGENT), ended).when(confier(acteur=AGENT)).refused(FonctionTerminee)


def test_personne_ne_se_confie_une_fonction() -> None:
    given(flux(ADMIN), administration).when(confier(ADMIN, "protection_donnees", None)).refused(PasASoiMeme)


@pytest.mark.parametrize(
    ("fonction", "ou", "rule"),
    [
        ("maire", None, FonctionInconnue),
        ("animation", None, InstanceDeLaFonction),
        ("coordination", "gepi", InstanceDeLaFonction),
        ("animation", "GEPI/..", InstanceInconnue),
    ],
)
def test_une_fonction_se_tient_la_ou_elle_existe(fonction: str, ou: str | None, rule: Any) -> None:
    given(flux(ADMIN), administration).when(confier(fonction=fonction, ou=ou)).refused(rule)


def test_on_n_anime_qu_une_instance_inscrite_et_pas_un_service() -> None:
    admin = given(flux(ADMIN), administration)
    admin.when(confier(ou="comet")).refused(InstanceInconnue)
    admin.and_given("instances/service", instance("service", "service", serie=None)).when(
        confier(ou="service")
    ).refused(InstanceInconnue)


def test_une_fonction_ne_se_confie_pas_deux_fois_aux_memes_dates() -> None:
    registre(animation).when(confier()).refused(FonctionDejaConfiee)
    ended = confiee(ANIMATION, "animation", "gepi", au=JOUR - timedelta(days=1))
    assert registre(ended).when(confier()).decided()
    registre(confiee(ANIMATION, "animation", "gepi", au=JOUR)).when(confier()).refused(FonctionDejaConfiee)
    assert registre(confiee(ANIMATION, "animation", "comet")).when(confier()).decided()
    registre().when(confier(au=JOUR - timedelta(days=1))).refused(DatesInversees)


def retirer(personne: str = ANIMATION, sans_le: date = JOUR, **others: Any) -> Any:
    values: dict[str, Any] = {"fonction": "animation", "instance": "gepi", "motif": "fin_de_mission", **others}
    return RetirerFonction(ADMIN, JOUR, personne=personne, sans_le=sans_le, **values)


retiree = FonctionRetiree(
    survenu_le=JOUR,
    regle="fonctions-confiees-2026",
    personne=ANIMATION,
    fonction="animation",
    instance="gepi",
    motif="fin_de_mission",
    le=JOUR,
    par="administration",
)


def tenue(*facts: Event) -> given:
    return given(flux(ANIMATION), *facts).and_given(flux(ADMIN), administration)


def test_l_administration_retire_une_fonction() -> None:
    tenue(animation).when(retirer()).then(retiree)
    tenue(animation, retiree).when(retirer()).refused(FonctionNonTenue)
    tenue().when(retirer()).refused(FonctionNonTenue)
    tenue(confiee(ANIMATION, "animation", "comet")).when(retirer()).refused(FonctionNonTenue)
    tenue(animation).when(retirer(motif="humeur")).refused(ChoixInconnu)
    given(flux(INCONNUE)).when(RetirerFonction(INCONNUE, JOUR, ADMIN, "administration", "erreur", JOUR)).refused(
        FonctionManquante
    )


def test_on_peut_quitter_l_administration() -> None:
    leave = RetirerFonction(ADMIN, JOUR, ADMIN, "administration", "fin_de_mission", JOUR)
    assert given(flux(ADMIN), administration).when(leave).decided()


def test_ce_qui_nomme_une_personne_est_effacable() -> None:
    assert FonctionConfiee.PERSONAL == {"nom": "titulaire", "courriel": "titulaire"}
    assert FonctionRetiree.PERSONAL == {}


@forall(st.lists(st.tuples(st.booleans(), st.integers(0, 40), st.integers(0, 40)), max_size=8), st.integers(-5, 60))
def test_une_fonction_est_en_cours_ou_non_et_rien_entre_les_deux(acts: list[tuple[bool, int, int]], when: int) -> None:
    """Against a plain day-by-day reading: entrusting adds days, withdrawing removes all that follow."""
    first, days, titres = date(2026, 1, 1), set[date](), list[Titre]()
    for entrust, start, length in acts:
        begin = first + timedelta(days=start)
        if entrust:
            end = begin + timedelta(days=length)
            retenir(titres, confiee(ANIMATION, "animation", "gepi", du=begin, au=end))
            days.update(begin + timedelta(days=n) for n in range(length + 1))
        else:
            retenir(titres, sans(ANIMATION, "animation", begin, "gepi"))
            days = {day for day in days if day < begin}
    day = first + timedelta(days=when)
    assert (peut(titres, "qualifier_proposition", "gepi", day) is not None) == (day in days)
    assert peut(titres, "qualifier_proposition", "comet", day) is None
    assert peut(titres, "donner_suite", "gepi", day) is None


def test_la_fonction_de_l_instance_passe_avant_celle_du_registre() -> None:
    both = [Titre("coordination", None, JOUR), Titre("animation", "gepi", JOUR)]
    found = peut(both, "qualifier_proposition", "gepi", JOUR)
    assert found is not None and found.id == "animation:gepi"
    elsewhere = peut(both, "qualifier_proposition", "comet", JOUR)
    assert elsewhere is not None and elsewhere.id == "coordination"


def test_une_fonction_que_le_programme_ne_connait_plus_ne_permet_rien() -> None:
    assert peut([Titre("tribun", None, JOUR)], "qualifier_proposition", None, JOUR) is None
    assert all(fonction.id == name and fonction.nom for name, fonction in FONCTIONS.items())
