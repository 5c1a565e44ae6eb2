"""The demonstration's acts of the invented council: those of its money made executory, one to transmit, one to come.

The secretary of the Council serves that council too: somebody sits in it today.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from domain.calendrier import PARIS
from domain.deliberations.constater_vote import ConstaterVote
from domain.deliberations.deposer_projet import DeposerProjet
from domain.deliberations.executer_acte import PublierActe, RecevoirActe, SignerActe, TransmettreActe
from domain.deliberations.preparer_deliberation import AdresserRapport, ConsulterCommission, InscrireALaSeance
from domain.fonctions.confier_fonction import ConfierFonction
from domain.ledger.command import Command
from domain.seances.appeler_point import AppelerPoint, ConstaterQuorum
from domain.seances.compter_vote import CompterVote
from domain.seances.constater_presences import ConstaterPresences
from domain.seances.convoquer import Convoquer
from domain.seances.inscrire_point import InscrirePoint
from domain.seances.planifier_seance import PlanifierSeance
from domain.seances.tenir_seance import LeverSeance, OuvrirSeance
from web.demonstration.acts import person
from web.demonstration.argent import CONSEIL, ELUS, SEANCES, SIREN
from web.demonstration.frame import START, _mail

SECRETAIRE = "secretariat-conseil"
TENUE, A_VENIR = 20, 20  # days before and after today
LIEU = "Lieu inventé"
Made = Iterator[tuple[str, Command]]


def suites() -> Made:
    """What follows each vote of the money's deliberations; the second function of the secretary."""
    admin, held = person("administration"), "Secrétariat du Conseil (démonstration)"
    yield (
        "secretaire",
        ConfierFonction(
            admin, START, person(SECRETAIRE), "secretariat", held, _mail(SECRETAIRE), START, instance=CONSEIL
        ),
    )
    for day, items in SEANCES:
        for numero, _ in items:
            yield from _suites(person("secretariat-demonstration"), numero, day)


def _suites(who: str, numero: str, day: date) -> Made:
    """Signed on the day, sent and received three days later, posted the next one."""
    sent, posted = day + timedelta(days=3), day + timedelta(days=4)
    stamp = f"069-{SIREN}-{day:%Y%m%d}-{numero.replace('-', '_')}-DE"
    yield f"{numero}/signature", SignerActe(who, day, numero, CONSEIL, day, "la présidente")
    yield f"{numero}/transmission", TransmettreActe(who, sent, numero, CONSEIL, sent, stamp)
    yield f"{numero}/reception", RecevoirActe(who, sent, numero, CONSEIL, sent)
    yield f"{numero}/affichage", PublierActe(who, posted, numero, CONSEIL, posted, "affichage")


def planifier(today: date, days: int) -> Command:
    """A meeting so many days from today; its reference is drawn."""
    day = today + timedelta(days=days)
    return PlanifierSeance(person(SECRETAIRE), day - timedelta(days=40), CONSEIL, _heure(day, 9), LIEU, True)


def a_transmettre(today: date, reference: str) -> Made:
    """Voted, signed; it waits for its transmission, and is late."""
    day = today - timedelta(days=TENUE)
    numero = f"{day.year}-9001"
    filed, who = day - timedelta(days=30), person(SECRETAIRE)
    own: tuple[str, date, str, str] = (who, day, numero, CONSEIL)
    here: tuple[str, date, str, str] = (who, day, reference, CONSEIL)
    at, objet = _heure(day, 9), "Un bac entre les deux rives (démonstration)"
    yield "bac/projet", _projet(filed, numero, objet, "8.7", "transports")
    yield "bac/commission", ConsulterCommission(*own, day - timedelta(days=25), "Mobilités", "avis favorable")
    yield "bac/point", InscrirePoint(*here, objet, "metropole", numero)
    yield "bac/inscription", InscrireALaSeance(*own, day - timedelta(days=20), reference, 1)
    yield "bac/rapport", AdresserRapport(*own, day - timedelta(days=15))
    yield "bac/convocation", Convoquer(*here, day - timedelta(days=15), source="démonstration")
    yield "bac/ouverture", OuvrirSeance(*here, at, ELUS[0])
    yield "bac/presents", ConstaterPresences(*here, ELUS, "arrivee", at)
    yield "bac/quorum", ConstaterQuorum(*here)
    yield "bac/appel", AppelerPoint(*here, 1, at)
    yield "bac/vote", CompterVote(*here, 1, 3, 1, 1, projet=numero)
    yield "bac/adoptee", ConstaterVote(*own, day, reference, 1, "Approuve l'essai d'un bac (démonstration).")
    yield "bac/levee", LeverSeance(*here, _heure(day, 11))
    yield "bac/signature", SignerActe(*own, day, "la présidente")


def a_venir(today: date, reference: str) -> Made:
    """On the agenda of the next meeting; its report is to be sent."""
    day = today - timedelta(days=5)
    numero, who = f"{today.year}-9002", person(SECRETAIRE)
    objet = "Des arbres dans les cours (démonstration)"
    yield "arbres/projet", _projet(day, numero, objet, "8.8", "environnement")
    yield "arbres/point", InscrirePoint(who, day, reference, CONSEIL, objet, "metropole", numero)
    yield "arbres/inscription", InscrireALaSeance(who, day, numero, CONSEIL, day, reference, 1)


def _projet(day: date, numero: str, objet: str, code: str, division: str) -> DeposerProjet:
    name = f"domaines de compétences par thèmes/{division}"
    return DeposerProjet(
        person(SECRETAIRE), day, CONSEIL, SIREN, objet, code, name, day, numero=numero, commission="Mobilités",
        rapporteur="Une vice-présidente (démonstration)", service="Service inventé", source="démonstration",
    )  # fmt: skip


def _heure(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), PARIS)
