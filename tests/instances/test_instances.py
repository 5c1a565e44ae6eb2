"""Bodies and services: what they need to receive a proposition and to be reached."""

from datetime import date
from typing import Any

import pytest

from domain.actes import FonctionManquante
from domain.choix import ChoixInconnu
from domain.coordonnees import CourrielInvalide, TelephoneInvalide
from domain.instances.events import AppellationInscrite, InstanceInscrite
from domain.instances.inscrire_appellation import AppellationDejaInscrite, InscrireAppellation, InstanceNonInscrite
from domain.instances.inscrire_instance import (
    DatesInversees,
    IdentifiantIllisible,
    InscrireInstance,
    InstanceDejaInscrite,
    RepondantManquant,
    SerieImpossible,
    ServiceInjoignable,
)
from domain.ledger.event import Event
from domain.texte import TexteVide
from tests.monde import ADMIN, ANIMATION, JOUR, administration, animation, flux, instance
from tests.spec import given

NOM = "Groupe d'Évaluation et de Participation pour l'Inclusion"
SERVICE = "instances/service-participation"
service = instance("service-participation", "service", serie=None, repondant=None, adresse="x", telephone="115")


def inscrire(**others: Any) -> InscrireInstance:
    values: dict[str, Any] = {
        "instance": "gepi",
        "nom": NOM,
        "sigle": "GEPI",
        "type": "participation",
        "du": date(2019, 1, 1),
        "source": "D:457",
        "serie": "GEPI",
        "repondant": "service-participation",
        **others,
    }
    return InscrireInstance(acteur=ADMIN, le=JOUR, **values)


def registre(*facts: Event) -> given:
    return given(flux(ADMIN), administration).and_given("instances/gepi", *facts).and_given(SERVICE, service)


def test_une_instance_recoit_des_propositions_sous_son_sigle() -> None:
    registre().when(inscrire()).then(
        InstanceInscrite(
            survenu_le=date(2019, 1, 1),
            regle="instances-2026",
            instance="gepi",
            nom=NOM,
            sigle="GEPI",
            type="participation",
            serie="GEPI",
            du=date(2019, 1, 1),
            source="D:457",
            repondant="service-participation",
            par="administration",
        )
    )


def test_seule_l_administration_inscrit() -> None:
    command = inscrire()
    command.acteur = ANIMATION
    given(flux(ANIMATION), animation).when(command).refused(FonctionManquante)


def test_une_instance_s_inscrit_une_fois() -> None:
    registre(instance()).when(inscrire(nom="Autre")).refused(InstanceDejaInscrite)


@pytest.mark.parametrize("slug", ["", "GEPI", "gépi", "a b", "-a", "a" * 41, "a/b", "a\n"])
def test_un_identifiant_lisible(slug: str) -> None:
    given().when(inscrire(instance=slug)).refused(IdentifiantIllisible)


@pytest.mark.parametrize(
    "others",
    [{"serie": "GP"}, {"serie": "gepi"}, {"type": "ctm"}, {"type": "service"}, {"type": "conseil"}],
)
def test_la_suite_des_numeros_suit_l_identifiant(others: dict[str, Any]) -> None:
    registre().when(inscrire(**others)).refused(SerieImpossible)


def test_un_service_repond_pour_l_instance() -> None:
    given(flux(ADMIN), administration).when(inscrire()).refused(RepondantManquant)
    given(flux(ADMIN), administration).when(inscrire(repondant=None)).refused(RepondantManquant)
    given(flux(ADMIN), administration).when(inscrire(repondant="gepi")).refused(RepondantManquant)
    given(flux(ADMIN), administration).and_given("instances/comet", instance("comet", "jeunes")).when(
        inscrire(repondant="comet")
    ).refused(RepondantManquant)


def un_service(**others: Any) -> InscrireInstance:
    values = {"instance": "service-participation", "type": "service", "serie": None, "repondant": None}
    reach = {"adresse": "20 rue du Lac, 69003 Lyon", "telephone": "0478634040"}
    return inscrire(**{**values, **reach, **others})


def test_un_service_est_joignable() -> None:
    admin = given(flux(ADMIN), administration)
    (found,) = admin.when(un_service(courriel="participation@exemple.fr")).decided()
    assert isinstance(found, InstanceInscrite) and found.telephone == "04 78 63 40 40"
    admin.when(un_service(adresse=None)).refused(ServiceInjoignable)
    admin.when(un_service(telephone=None)).refused(ServiceInjoignable)
    admin.when(un_service(telephone="04")).refused(TelephoneInvalide)
    admin.when(un_service(courriel="participation")).refused(CourrielInvalide)


def test_les_dates_et_les_listes() -> None:
    registre().when(inscrire(au=date(2018, 12, 31))).refused(DatesInversees)
    registre().when(inscrire(type="autre")).refused(ChoixInconnu)
    registre().when(inscrire(nom=" ")).refused(TexteVide)


def nommer(**others: Any) -> InscrireAppellation:
    values: dict[str, Any] = {
        "instance": "gepi",
        "nom": "Groupe d'Évaluation et de Participation pour l'Insertion",
        "source": "D:1603",
        "sigle": "GEPI",
        "au": date(2022, 12, 31),
        **others,
    }
    return InscrireAppellation(acteur=ADMIN, le=JOUR, **values)


ancienne = AppellationInscrite(
    survenu_le=JOUR,
    regle="instances-2026",
    nom="Groupe d'Évaluation et de Participation pour l'Insertion",
    sigle="GEPI",
    au=date(2022, 12, 31),
    source="D:1603",
    par="administration",
)


def test_un_ancien_nom_reste_avec_ses_dates() -> None:
    known = given("instances/gepi", instance()).and_given(flux(ADMIN), administration)
    known.when(nommer()).then(ancienne)
    known.when(nommer(du=date(2023, 1, 1))).refused(DatesInversees)
    given(flux(ADMIN), administration).when(nommer()).refused(InstanceNonInscrite)
    known.and_given("instances/gepi", ancienne).when(nommer(au=None)).refused(AppellationDejaInscrite)
