"""The demonstration's saisines: real conferences and councils, invented subjects, every stage of every procedure.

Days count back from the day of the load. A metropolis and a commune that do not exist show the only rule under which
silence counts.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.avis.deposer_saisine import DeposerSaisine
from domain.avis.events import Procedure
from domain.avis.rendre_avis import ConstaterSilence, RendreAvis
from domain.avis.repondre_saisine import (
    AccuserReception,
    AdopterContribution,
    DemanderPresentation,
    DesignerService,
    SignerReponse,
    TransmettreReponse,
)
from domain.avis.suivre_saisine import (
    CloreSaisine,
    DesignerPresentateur,
    DonnerSuiteALAvis,
    PresenterAvis,
    ProrogerEcheance,
    SuivreReserve,
    TransmettreAvis,
)
from domain.calendrier import PARIS
from domain.instances.inscrire_instance import InscrireInstance
from domain.ledger.command import Command
from domain.seances.appeler_point import AppelerPoint
from domain.seances.compter_vote import CompterVote
from domain.seances.constater_presences import ConstaterPresences
from domain.seances.convoquer import Convoquer
from domain.seances.inscrire_point import InscrirePoint
from domain.seances.planifier_seance import PlanifierSeance
from domain.seances.tenir_seance import LeverSeance, OuvrirSeance
from web.demonstration.acts import person

Made = Iterator[tuple[str, Command]]
Make = Callable[[str, date], Command]

METROPOLE, COMMUNE = "metropole-imaginee", "conseil-municipal-imagine"
PLATEAU_NORD = "ctm-plateau-nord"
MAIRES = ("maire-caluire-et-cuire", "maire-rillieux-la-pape", "maire-sathonay-camp")
TOWNS = ("69034", "69286", "69292")
MARK = " (démonstration)"

# key, days ago, procedure, who asks, who is asked, about what, whether the silence rule applies
DEPOTS: tuple[tuple[str, int, Procedure, str, str, str, bool], ...] = (
    ("reserves", 75, "avis_ctm", "conseil", PLATEAU_NORD, "Plan de déplacements du plateau nord", False),
    ("villeurbanne", 60, "avis_ctm", "conseil", "ctm-villeurbanne", "Réseau de chaleur", False),
    ("attendu", 20, "avis_ctm", "conseil", "ctm-val-d-yzeron", "Prévention des crues de l'Yzeron", False),
    ("suivi", 110, "avis_ctm", "conseil", "ctm-porte-des-alpes", "Accueil des entreprises", False),
    ("commune", 34, "avis_communal", "conseil", "conseil-municipal-69266", "Projet de territoire", False),
    ("bron", 90, "avis_communal", "conseil", "conseil-municipal-69029", "Projet de territoire", False),
    ("reste", 51, "avis_communal", METROPOLE, COMMUNE, "Schéma de mutualisation, version 3", True),
    ("silence", 100, "avis_communal", METROPOLE, COMMUNE, "Schéma de mutualisation, version 2", True),
    ("repute", 150, "avis_communal", METROPOLE, COMMUNE, "Schéma de mutualisation, version 1", True),
    ("retard", 40, "saisine_ecrite", PLATEAU_NORD, "conseil", "Les travaux arrêtés de l'avenue de l'Exemple", False),
    ("bientot", 26, "saisine_ecrite", "ctm-lones-et-coteaux-du-rhone", "conseil", "L'étude d'un bus de nuit", False),
    ("repondue", 80, "saisine_ecrite", PLATEAU_NORD, "conseil", "L'entretien des berges entre les deux ponts", False),
    ("contribution", 45, "contribution", "ctm-val-de-saone", "conseil", "Une navette entre les gares", False),
    ("cdd", 95, "conseil_developpement", "conseil", "cdd", "La place des jeunes dans la Métropole", False),
)  # fmt: skip


def corps(start: date) -> Made:
    """An invented metropolis of ordinary law, and one of its communes."""
    admin, source = person("administration"), "inventé pour la démonstration"
    council = "Conseil d'une métropole imaginée, de droit commun"
    yield METROPOLE, InscrireInstance(admin, start, METROPOLE, council, "Métropole imaginée", "conseil", start, source)
    town = "Conseil municipal d'une commune imaginée"
    yield (
        COMMUNE,
        InscrireInstance(admin, start, COMMUNE, town, "Commune imaginée", "conseil_municipal", start, source),
    )


def depots(today: date) -> Made:
    """Every filing, in order; their references are drawn."""
    for key, ago, procedure, de, a, objet, silence in DEPOTS:
        day = today - timedelta(days=ago)
        yield (
            key,
            DeposerSaisine(person("coordination"), day, procedure, de, a, objet + MARK, day, mutualisation=silence),
        )


def planifier(today: date) -> Command:
    """The meeting of a conference that gives an avis; its reference is drawn."""
    day = today - timedelta(days=40)
    who = person("secretariat-ctm-plateau-nord")
    return PlanifierSeance(
        who, day - timedelta(days=20), PLATEAU_NORD, _heure(day, 18), "Lieu inventé", False, source="démonstration"
    )


def seance(today: date, reunion: str, saisine: str) -> Made:
    """It votes: one for, one against, one abstention; the chair's voice decides."""
    day = today - timedelta(days=40)
    here: tuple[str, date, str, str] = (person("secretariat-ctm-plateau-nord"), day, reunion, PLATEAU_NORD)
    at = _heure(day, 18)
    yield "seance/point", InscrirePoint(*here, f"Avis sur le plan de déplacements{MARK}", "metropole", saisine)
    yield "seance/convocation", Convoquer(*here, day - timedelta(days=15), source="démonstration")
    yield "seance/ouverture", OuvrirSeance(*here, at, MAIRES[0])
    yield "seance/presents", ConstaterPresences(*here, MAIRES, "arrivee", at)
    yield "seance/appel", AppelerPoint(*here, 1, at)
    yield "seance/vote", CompterVote(*here, 1, 1, 1, 1, president="pour")
    yield "seance/levee", LeverSeance(*here, _heure(day, 20))


def suites(today: date, references: dict[str, str], reunion: str) -> Made:
    """What happened to each saisine after its filing, in order."""
    for key, ago, name, make in _actes(reunion):
        day = today - timedelta(days=ago)
        yield f"{key}/{name}", make(references[key], day)


def _acte(kind: Callable[..., Command], *values: Any, **named: Any) -> Make:
    """This act, done by the coordination on its legal day."""
    return lambda reference, day: kind(person("coordination"), day, reference, day, *values, **named)


RESERVES = (
    "Garder l'arrêt de bus devant le collège de l'Exemple pendant les travaux.",
    "Planter les arbres avant l'ouverture de la piste cyclable.",
)
ECRIT = (
    "Les berges sont entretenues par la Métropole d'octobre à mars, et par les communes le reste de l'année "
    "(démonstration)."
)


def _actes(reunion: str) -> Iterator[tuple[str, int, str, Make]]:
    """(saisine, days ago, name of the act, act): a saisine's own acts in the order of their days."""
    yield from (
        ("reserves", 40, "avis", _acte(RendreAvis, "favorable_avec_reserves", RESERVES,
                                       "La conférence approuve le plan (démonstration).", reunion, 1)),
        ("reserves", 38, "transmis", _acte(TransmettreAvis)),
        ("reserves", 37, "presentateur", _acte(DesignerPresentateur, "La présidence de la CTM Plateau Nord")),
        ("reserves", 18, "presente", _acte(PresenterAvis, source="démonstration")),
        ("reserves", 10, "reserve/1", _acte(SuivreReserve, 1, "retenue", "L'arrêt est gardé, rue voisine.")),
        ("villeurbanne", 30, "avis", _acte(RendreAvis, "favorable", (), "Le maire approuve le tracé.")),
        ("villeurbanne", 28, "transmis", _acte(TransmettreAvis)),
        ("suivi", 90, "avis", _acte(RendreAvis, "defavorable", (), "Les voies d'accès ne suffisent pas.")),
        ("suivi", 88, "transmis", _acte(TransmettreAvis)),
        ("suivi", 85, "presentateur", _acte(DesignerPresentateur, "La présidence de la CTM Porte des Alpes")),
        ("suivi", 70, "presente", _acte(PresenterAvis, source="démonstration")),
        ("suivi", 60, "suite", _acte(DonnerSuiteALAvis, "partielle", "Un second accès est ajouté au projet.")),
        ("suivi", 55, "close", _acte(CloreSaisine)),
        ("bron", 50, "avis", _acte(RendreAvis, "favorable", (), "Le conseil approuve le projet.")),
        ("repute", 50, "silence", _acte(ConstaterSilence)),
        ("bientot", 24, "accuse", _acte(AccuserReception)),
        ("bientot", 22, "service", _acte(DesignerService, "Direction des mobilités")),
        ("retard", 38, "accuse", _acte(AccuserReception)),
        ("repondue", 78, "accuse", _acte(AccuserReception)),
        ("repondue", 76, "service", _acte(DesignerService, "Direction de l'eau")),
        ("repondue", 60, "prorogee",
         lambda r, day: ProrogerEcheance(person("coordination"), day, r, day, day + timedelta(days=40), "Visite")),
        ("repondue", 45, "reponse", _acte(SignerReponse, ECRIT, "le président de la Métropole")),
        ("repondue", 44, "transmise", _acte(TransmettreReponse, TOWNS, TOWNS)),
        ("repondue", 43, "close", _acte(CloreSaisine)),
        ("contribution", 30, "adoptee", _acte(AdopterContribution, "Une navette toutes les dix minutes.")),
        ("contribution", 25, "demandee", _acte(DemanderPresentation, "Un membre du Conseil, élu de la conférence")),
        ("cdd", 50, "adoptee", _acte(AdopterContribution, "Les jeunes demandent un lieu par collège.")),
        ("cdd", 48, "transmise", _acte(TransmettreAvis)),
        ("cdd", 18, "presentee", _acte(PresenterAvis, source="démonstration")),
    )  # fmt: skip


def _heure(jour: date, heure: int) -> datetime:
    return datetime.combine(jour, time(heure), PARIS)
