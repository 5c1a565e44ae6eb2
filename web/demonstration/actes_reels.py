"""The real act of the demonstration: délibération 2017-2275, entered whole from its extract (seed lines as `B:22`).

What the extract does not carry (hours, the counts of the vote) is not invented: hours are midnight, counts absent.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.calendrier import PARIS
from domain.chaines.tisser_chaine import ConstaterJalon, SignalerPieceAbsente
from domain.deliberations.constater_vote import ConstaterVote
from domain.deliberations.deposer_projet import DeposerProjet
from domain.deliberations.executer_acte import PublierActe, RecevoirActe, SignerActe, TransmettreActe
from domain.deliberations.preparer_deliberation import AdresserRapport, ConsulterCommission, InscrireALaSeance
from domain.ledger.command import Command
from domain.mandats.clore_mandat import CloreMandat
from domain.mandats.elire_fonction import ElireFonction
from domain.mandats.fixer_sieges import FixerSieges
from domain.mandats.ouvrir_mandat import OuvrirMandat
from domain.seances.appeler_point import AppelerPoint, ConstaterQuorum
from domain.seances.compter_vote import NoterIssue
from domain.seances.constater_presences import ConstaterPresences, DonnerPouvoir
from domain.seances.convoquer import Convoquer
from domain.seances.inscrire_point import InscrirePoint
from domain.seances.planifier_seance import PlanifierSeance
from domain.seances.tenir_seance import ElireSecretaire, LeverSeance, OuvrirSeance
from web.demonstration.acts import person

FILE = Path(__file__).parent / "conseil_2017.json"
NUMERO, SEANCE_LE = "2017-2275", date(2017, 11, 6)
HEURE = datetime(2017, 11, 6, tzinfo=PARIS)  # the extract carries no hour
FIN_DE_MANDAT = date(2020, 7, 2)
SIREN = "200046977"
DECIDE = (
    "Approuve les orientations et le programme d'actions proposés dans le cadre du projet métropolitain des "
    "solidarités pour la période 2017-2022."
)
SERVICE = (
    "Direction générale déléguée au développement solidaire, à l'habitat et à l'éducation - Direction de la santé et "
    "du développement social"
)
COMMISSION = "développement solidaire et action sociale"
Made = Iterator[tuple[str, Command]]


def conseil(start: date) -> Made:
    """Seats and members of the Council, key and command of each act, in order."""
    yield from _conseil(start, _told())


def acte(start: date, seance: str) -> Made:
    """The meeting (its reference), the deliberation, its chain."""
    yield from _seance(start, _told(), seance)
    yield from _deliberation(start, seance)
    yield from _chaine(start)


def _told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def planifier(start: date) -> Command:
    """The meeting; its reference is drawn."""
    return PlanifierSeance(
        person("secretariat-conseil"),
        start,
        "conseil",
        HEURE,
        "Lieu non porté à l'extrait",
        True,
        source="B:5",
    )


def _conseil(start: date, told: dict[str, Any]) -> Made:
    """165 seats and who held them on 6 November 2017; 150 since the renewal of 2020 (A:69)."""
    admin = person("administration")
    yield "conseil/165", FixerSieges(admin, start, "conseil", 165, date(2015, 1, 1), "B:22")
    source = "B:28 à B:50 ; début du mandat non porté à l'extrait"
    for member in told["membres"]:
        opened = OuvrirMandat(
            admin, start, "conseil", member["elu"], member["civilite"], member["nom"], SEANCE_LE, source
        )
        yield f"conseil/{member['elu']}", opened
    yield "conseil/president", ElireFonction(admin, start, "conseil", "kimelfeld", "president", SEANCE_LE)
    for member in told["membres"]:
        closed = CloreMandat(admin, start, "conseil", member["elu"], FIN_DE_MANDAT, "fin_de_mandat")
        yield f"conseil/{member['elu']}/fin", closed
    yield "conseil/150", FixerSieges(admin, start, "conseil", 150, FIN_DE_MANDAT, "A:69")


def _seance(start: date, told: dict[str, Any], seance: str) -> Made:
    here: tuple[str, date, str, str] = (person("secretariat-conseil"), start, seance, "conseil")
    objet = "Projet métropolitain des solidarités 2017-2022"
    yield "seance/point", InscrirePoint(*here, objet, "metropole", NUMERO)
    yield "seance/convocation", Convoquer(*here, date(2017, 10, 17), source="B:23")
    yield "seance/ouverture", OuvrirSeance(*here, HEURE, "kimelfeld")
    yield "seance/presents", ConstaterPresences(*here, tuple(told["presents"]), "arrivee", HEURE)
    yield "seance/secretaire", ElireSecretaire(*here, "michonneau")
    for proxy in told["pouvoirs"]:
        given = DonnerPouvoir(*here, proxy["mandant"], proxy["mandataire"], HEURE)
        yield f"seance/pouvoir/{proxy['mandant']}", given
    yield "seance/quorum", ConstaterQuorum(*here)


def _deliberation(start: date, seance: str) -> Made:
    who = person("secretariat-conseil")
    here: tuple[str, date, str, str] = (who, start, NUMERO, "conseil")
    meeting: tuple[str, date, str, str] = (who, start, seance, "conseil")
    yield (
        "projet",
        DeposerProjet(
            who,
            start,
            "conseil",
            SIREN,
            "Projet métropolitain des solidarités 2017-2022",
            "8.2",
            "Aide sociale (choix du projet)",
            date(2017, 10, 12),
            numero=NUMERO,
            rapporteur="Madame la Vice-Présidente Laurent",
            service=SERVICE,
            commission=COMMISSION,
            source="B:7 à B:18",
        ),
    )
    yield "rapport", AdresserRapport(*here, date(2017, 10, 12), "B:62")
    yield "inscription", InscrireALaSeance(*here, date(2017, 10, 17), seance, 1)
    yield (
        "commission",
        ConsulterCommission(*here, SEANCE_LE, COMMISSION, source="B:302 ; date de l'avis non portée à l'extrait"),
    )
    yield "seance/appel", AppelerPoint(*meeting, 1, HEURE)
    yield "seance/vote", NoterIssue(*meeting, 1, True, projet=NUMERO)
    yield "seance/levee", LeverSeance(*meeting, HEURE)
    yield "vote", ConstaterVote(*here, SEANCE_LE, seance, 1, DECIDE, source="B:303 à B:306")
    yield "signature", SignerActe(*here, SEANCE_LE, "les membres présents (B:308)")
    yield "affichage", PublierActe(*here, date(2017, 11, 8), "affichage", source="B:26")
    yield (
        "transmission",
        TransmettreActe(*here, date(2017, 11, 8), source="B:311 ; au plus tard le jour de sa réception"),
    )
    yield "reception", RecevoirActe(*here, date(2017, 11, 8), "B:311")


def _chaine(start: date) -> Made:
    """What the report tells of the years before (B:105 to B:122), and what is missing here."""
    here: tuple[str, date, str] = (person("coordination"), start, NUMERO)
    yield (
        "jalon/etat-des-lieux",
        ConstaterJalon(
            *here, "participation", "État des lieux", "Plus de 770 personnes", "B:111 à B:114", date(2016, 1, 1),
            date(2016, 5, 31), "mois", "Données, entretiens et questionnaires.",
        ),
    )  # fmt: skip
    yield (
        "jalon/co-construction",
        ConstaterJalon(
            *here, "participation", "Co-construction des actions", "Plus de 1 000 participants", "B:115 à B:117",
            date(2016, 6, 1), date(2016, 11, 30), "mois", "Ateliers, lors de 8 rencontres partenariales.",
        ),
    )  # fmt: skip
    yield (
        "jalon/ctm",
        ConstaterJalon(
            *here, "institution", "Passage en conférences territoriales des maires", "Les communes", "B:117 et B:118",
            date(2016, 9, 1), date(2016, 11, 30), "mois", "« Partagé avec les communes » : ce n'est pas un avis voté.",
        ),
    )  # fmt: skip
    yield (
        "jalon/formalisation",
        ConstaterJalon(
            *here, "institution", "Consolidation et formalisation", "Partenaires et élus métropolitains",
            "B:120 à B:122", date(2017, 1, 1), date(2017, 12, 31), "annee",
        ),
    )  # fmt: skip
    yield "absente/pv", SignalerPieceAbsente(*here, "Procès-verbal publié", "proces-verbal-cgct")
    yield "absente/avis", SignalerPieceAbsente(*here, "Avis écrit de la commission", "etapes-de-deliberation-2015")
