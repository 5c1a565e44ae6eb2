"""The demonstration's money: real communes, populations and key; deliberations, operations and their dates invented.

The split follows the population alone (alpha 1): no road surface by commune is public.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from domain.calendrier import PARIS
from domain.deliberations.constater_vote import ConstaterVote
from domain.deliberations.deposer_projet import DeposerProjet
from domain.deliberations.preparer_deliberation import InscrireALaSeance
from domain.enveloppes.adopter_repartition import AdopterRepartition
from domain.enveloppes.constater_projet_de_territoire import ConstaterProjetDeTerritoire
from domain.enveloppes.events import DonneeCommune, NomEnveloppe
from domain.enveloppes.inscrire_dotation import InscrireDotation
from domain.enveloppes.masses import ANNEES, MASSES
from domain.enveloppes.ouvrir_enveloppe import OuvrirEnveloppe
from domain.enveloppes.suivre_pacte import PrendreRendezVous, TenirRendezVous
from domain.fonctions.confier_fonction import ConfierFonction
from domain.instances.inscrire_instance import InscrireInstance
from domain.ledger.command import Command
from domain.mandats.elire_fonction import ElireFonction
from domain.mandats.fixer_sieges import FixerSieges
from domain.mandats.ouvrir_mandat import OuvrirMandat
from domain.seances.appeler_point import AppelerPoint, ConstaterQuorum
from domain.seances.compter_vote import CompterVote
from domain.seances.constater_presences import ConstaterPresences
from domain.seances.convoquer import Convoquer
from domain.seances.inscrire_point import InscrirePoint
from domain.seances.planifier_seance import PlanifierSeance
from domain.seances.tenir_seance import LeverSeance, OuvrirSeance
from web.demonstration.acts import person
from web.demonstration.frame import START, _mail, _read, _slug

CONSEIL = "conseil-demonstration"
DEPUIS = date(2021, 1, 1)
SIREN = "200046977"
ELUS = tuple(f"exemple-{rang}" for rang in range(1, 6))
TITRES: dict[NomEnveloppe, str] = {
    "fic": "Fonds d'initiative communale",
    "prox": "Actions de proximité",
    "projets": "Projets des territoires",
}
OUVERTURES: dict[NomEnveloppe, str] = {"fic": "2021-9001", "prox": "2021-9002", "projets": "2021-9003"}
NOUVEAU_PARTAGE, RECONDUCTIONS = "2023-9001", "2024-9001"
TERRITOIRES = (
    ("2022-9001", "ctm-porte-des-alpes", "Porte des Alpes"),
    ("2022-9002", "ctm-val-de-saone", "Val de Saône"),
    ("2022-9003", "ctm-rhone-amont", "Rhône Amont"),
)
FUSION = date(2023, 12, 18)
# day of the meeting, number and object of each deliberation
SEANCES: tuple[tuple[date, tuple[tuple[str, str], ...]], ...] = (
    (date(2021, 3, 15), tuple((OUVERTURES[nom], TITRES[nom]) for nom in OUVERTURES)),
    (date(2022, 6, 27), tuple((numero, f"Projet de territoire {nom}") for numero, _, nom in TERRITOIRES)),
    (FUSION, ((NOUVEAU_PARTAGE, "Nouveau partage du fonds d'initiative communale, à partir de 2024"),)),
    (date(2024, 3, 11), ((RECONDUCTIONS, "Reconductions de 2023 sur 2024"),)),
)

# slug, function, instance, name
PERSONS = (
    ("finances", "finances", None, "Finances"),
    ("services-techniques", "services_techniques", None, "Services techniques"),
    ("mairie-bron", "mairie", "conseil-municipal-69029", "Mairie de Bron"),
    ("secretariat-demonstration", "secretariat", CONSEIL, "Secrétariat des séances inventées"),
)
Made = Iterator[tuple[str, Command]]


def cadre() -> Made:
    """The bodies, who holds which function, five invented members."""
    admin = person("administration")
    name = "Conseil de la Métropole (séances inventées)"
    yield CONSEIL, InscrireInstance(admin, START, CONSEIL, name, "Conseil inventé", "conseil", DEPUIS, "démonstration")
    for slug, function, instance, called in PERSONS:
        held = f"{called} (démonstration)"
        given = ConfierFonction(admin, START, person(slug), function, held, _mail(slug), DEPUIS, instance=instance)
        yield f"personnes/{slug}", given
    yield "sieges", FixerSieges(admin, START, CONSEIL, len(ELUS), DEPUIS, "démonstration")
    for elu in ELUS:
        label = elu.replace("-", " ").capitalize()
        yield elu, OuvrirMandat(admin, START, CONSEIL, elu, "Mme", label, DEPUIS, "démonstration")
    yield "president", ElireFonction(admin, START, CONSEIL, ELUS[0], "president", DEPUIS)


def planifier(jour: date) -> Command:
    """A meeting; its reference is drawn."""
    who = person("secretariat-demonstration")
    return PlanifierSeance(who, jour, CONSEIL, _heure(jour, 9), "Lieu inventé", True, source="démonstration")


def seance(jour: date, points: tuple[tuple[str, str], ...], reference: str) -> Made:
    """The meeting from its agenda to its end, and each deliberation that it adopts."""
    who, at = person("secretariat-demonstration"), _heure(jour, 9)
    here: tuple[str, date, str, str] = (who, jour, reference, CONSEIL)
    for numero, objet in points:
        yield (
            f"{numero}/projet",
            DeposerProjet(
                who, jour, CONSEIL, SIREN, f"{objet} (démonstration)", "7.1", "Décisions budgétaires",
                jour - timedelta(days=20), numero=numero, source="démonstration",
            ),
        )  # fmt: skip
        yield f"{numero}/point", InscrirePoint(*here, objet, "metropole", numero)
    yield f"{reference}/convocation", Convoquer(*here, jour - timedelta(days=14), source="démonstration")
    yield f"{reference}/ouverture", OuvrirSeance(*here, at, ELUS[0])
    yield f"{reference}/presents", ConstaterPresences(*here, ELUS, "arrivee", at)
    yield f"{reference}/quorum", ConstaterQuorum(*here)
    for rang, (numero, objet) in enumerate(points, start=1):
        own: tuple[str, date, str, str] = (who, jour, numero, CONSEIL)
        yield f"{numero}/inscription", InscrireALaSeance(*own, jour - timedelta(days=14), reference, rang)
        yield f"{numero}/appel", AppelerPoint(*here, rang, at)
        yield f"{numero}/vote", CompterVote(*here, rang, 4, 0, 1, projet=numero)
        yield f"{numero}/adoptee", ConstaterVote(*own, jour, reference, rang, f"Adopte : {objet} (démonstration).")
    yield f"{reference}/levee", LeverSeance(*here, _heure(jour, 12))


def ouvertures() -> Made:
    """The three envelopes of the Pacte, in order; their references are drawn."""
    day = SEANCES[0][0] + timedelta(days=1)
    for nom, numero in OUVERTURES.items():
        opened = OuvrirEnveloppe(person("finances"), day, numero, nom, TITRES[nom], MASSES[nom], ANNEES[0], ANNEES[-1])
        yield f"ouverture/{nom}", opened


def partages(references: dict[str, str]) -> Made:
    """The first splits, and every allocation: those of the new commune from 2024 on."""
    who, day = person("finances"), SEANCES[0][0] + timedelta(days=5)
    before, after = communes()
    for nom, numero in OUVERTURES.items():
        source = "INSEE, populations municipales 2018 (Licence Ouverte)"
        split = AdopterRepartition(who, day, numero, references[nom], before, 2018, source, "1", ANNEES[0])
        yield f"partage/{nom}", split
    again = AdopterRepartition(
        who, FUSION + timedelta(days=1), NOUVEAU_PARTAGE, references["fic"], after, 2021,
        "INSEE, populations municipales 2021 (Licence Ouverte)", "1", 2024,
        "Oullins et Pierre-Bénite sont une seule commune depuis le 1er janvier 2024.",
    )  # fmt: skip
    yield "partage/fic/2024", again
    conferences = sorted({c.ctm for c in before})
    for year in ANNEES:
        when = date(year, 4, 1) if year == ANNEES[0] else date(year, 1, 15)
        fic = OUVERTURES["fic"] if year < 2024 else NOUVEAU_PARTAGE
        for c in before if year < 2024 else after:
            given = InscrireDotation(who, when, fic, references["fic"], "fic", c.insee, c.ctm, year)
            yield f"dotation/fic/{c.insee}/{year}", given
        for ctm in conferences:
            for nom in ("prox", "projets"):
                other = InscrireDotation(who, when, OUVERTURES[nom], references[nom], nom, ctm, ctm, year)
                yield f"dotation/{nom}/{ctm}/{year}", other


def communes() -> tuple[tuple[DonneeCommune, ...], tuple[DonneeCommune, ...]]:
    """The inputs of the two splits: 59 communes in 2018, 58 in 2021."""
    rows = _read("communes_59.csv")
    ctm = {row["insee"]: f"ctm-{_slug(row['ctm'])}" for row in rows}
    before = (
        DonneeCommune(insee=r["insee"], ctm=ctm[r["insee"]], population=int(r["pop_municipale_2018"])) for r in rows
    )
    after = (
        DonneeCommune(insee=r["insee"], ctm=ctm[r["insee"]], population=int(r["pop_municipale_npm4.0.0"]))
        for r in _read("communes_58.csv")
    )
    return tuple(before), tuple(after)


def suivi() -> Made:
    """The Projet de territoire of three conférences; the points that the Pacte promises."""
    who = person("finances")
    day = SEANCES[1][0] + timedelta(days=1)
    for numero, ctm, _ in TERRITOIRES:
        yield f"territoire/{ctm}", ConstaterProjetDeTerritoire(who, day, numero, ctm)
    taken = SEANCES[0][0] + timedelta(days=2)
    yield "rv/2023", PrendreRendezVous(who, taken, "revoyure", 2023, date(2023, 12, 31), "Pacte, A:769")
    yield "rv/2025", PrendreRendezVous(who, taken, "evaluation", 2025, date(2025, 12, 31), "Pacte, A:823 à A:831")
    held = "Démonstration : les enveloppes et la clé sont maintenues."
    yield "rv/2023/tenu", TenirRendezVous(who, date(2023, 12, 11), "revoyure", 2023, held)


def _heure(jour: date, heure: int) -> datetime:
    return datetime.combine(jour, time(heure), PARIS)
