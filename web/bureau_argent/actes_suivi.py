"""The acts on the whole: opening an envelope, noting a Projet de territoire, the follow-up of the Pacte, figures."""

from collections.abc import Sequence
from datetime import date
from typing import cast

import msgspec

from domain.enveloppes.constater_projet_de_territoire import ConstaterProjetDeTerritoire
from domain.enveloppes.events import NomEnveloppe, ObjetRendezVous
from domain.enveloppes.masses import ANNEES, MASSES
from domain.enveloppes.ouvrir_enveloppe import OuvrirEnveloppe
from domain.enveloppes.suivre_pacte import ArreterPhotographie, PrendreRendezVous, TenirRendezVous
from domain.ledger.command import Command
from domain.texte import SIGNES_LIGNE, SIGNES_MOTIF
from projections.argent_rows import RendezVousRow, TerritoireRow
from web.argent.chiffres import chiffres, empreinte
from web.argent.lecture import Lieux, lieux
from web.argent.mots import ENVELOPPES, OBJETS
from web.bureau.formulaire import jour_du
from web.bureau_argent.actes_compte import deliberation
from web.bureau_argent.formulaires import MONTANT, Acte, Demande, Options, Saisie
from web.bureau_argent.lecture import deliberations
from web.colleges.lecture import read
from web.pages import date_longue
from web.services import Services

SOURCE = "Pacte de cohérence métropolitain 2021-2026"


class Ensemble(msgspec.Struct):
    """What the acts on the whole stand on. `connu`: the position up to which the figures are read."""

    jour: date
    deliberations: Options
    conferences: Options
    en_attente: list[RendezVousRow]
    ouvertes: frozenset[str]
    connu: int
    empreinte: str = ""


D = Demande[Ensemble]


async def read_ensemble(services: Services, jour: date) -> Ensemble:
    """All of it."""
    adopted = {row.ctm for row in await read(services, TerritoireRow)}
    waiting = await read(services, RendezVousRow, "tenu_le IS NULL ORDER BY prevu_pour")
    opened = await services.fetch("SELECT nom FROM enveloppes")
    where = await lieux(services)
    options = tuple((slug, nom) for slug, nom in conferences(where) if slug not in adopted)
    known = services.watcher.projected
    return Ensemble(jour, await deliberations(services), options, waiting, frozenset(n for (n,) in opened), known)


async def figer(services: Services, lu: Ensemble, au: date) -> Ensemble:
    """The same, with the digest of the figures of that day as known now."""
    return msgspec.structs.replace(lu, empreinte=empreinte(await chiffres(services, au, lu.connu)))


def conferences(where: Lieux) -> Options:
    """The conférences, by name."""
    return tuple(
        sorted(((s, r.nom) for s, r in where.annuaire.par_slug.items() if r.type == "ctm"), key=lambda o: o[1])
    )


def _ouvrir(d: D) -> Sequence[Command]:
    nom = d.mot("enveloppe")
    return [
        OuvrirEnveloppe(
            *d.qui, d.mot("deliberation"), cast(NomEnveloppe, nom), ENVELOPPES.get(nom, nom), d.montant(),
            d.annee("annee_debut"), d.annee("annee_fin"),
        )
    ]  # fmt: skip


def _champs_ouvrir(lu: Ensemble) -> Sequence[Saisie]:
    options = tuple((nom, label) for nom, label in ENVELOPPES.items() if nom not in MASSES or nom not in lu.ouvertes)
    first = options[0][0]
    return [
        Saisie("enveloppe", "Enveloppe", "select", options, valeur=first),
        Saisie(MONTANT, "Montant, en euros", "number", valeur=str(MASSES[first] // 100) if first in MASSES else ""),
        Saisie(
            "annee_debut", "Première année", "number", valeur=str(ANNEES[0] if first in MASSES else lu.jour.year), max=4
        ),
        Saisie("annee_fin", "Dernière année", "number", valeur=str(ANNEES[-1]), max=4),
        deliberation(lu.deliberations),
    ]


def _territoire(d: D) -> Sequence[Command]:
    return [ConstaterProjetDeTerritoire(*d.qui, d.mot("deliberation"), d.mot("ctm"))]


def _prendre(d: D) -> Sequence[Command]:
    day = jour_du(d.champs, "prevu_pour")
    return [PrendreRendezVous(*d.qui, cast(ObjetRendezVous, d.mot("objet")), day.year, day, d.mot("source"))]


def _tenir(d: D) -> Sequence[Command]:
    objet, _, annee = d.mot("rendez_vous").rpartition("-")
    year = int(annee) if annee.isascii() and annee.isdigit() and len(annee) == 4 else 0
    return [TenirRendezVous(*d.qui, cast(ObjetRendezVous, objet), year, d.mot("conclusions"))]


def _champs_tenir(lu: Ensemble) -> Sequence[Saisie]:
    def told(row: RendezVousRow) -> str:
        return f"{OBJETS[row.objet]}, prévu pour le {date_longue(row.prevu_pour)}"

    waiting = tuple((row.cle, told(row)) for row in lu.en_attente)
    return [
        Saisie("rendez_vous", "Lequel", "select", waiting, valeur=waiting[0][0] if waiting else ""),
        Saisie("conclusions", "Les conclusions", "textarea", max=SIGNES_MOTIF, aide="Publiques."),
    ]


def _photographier(d: D) -> Sequence[Command]:
    return [ArreterPhotographie(*d.qui, d.mot("titre"), jour_du(d.champs, "au"), d.lu.connu, d.lu.empreinte)]


ACTES: dict[str, Acte[Ensemble]] = {
    acte.nom: acte
    for acte in (
        Acte(
            "photographie", "Figer les chiffres d’un jour", "arreter_photographie", _photographier,
            lambda lu: [
                Saisie("au", "Le jour", "date", valeur=lu.jour.isoformat()),
                Saisie("titre", "Titre", max=SIGNES_LIGNE, valeur=f"Chiffres du {date_longue(lu.jour)}"),
            ],
            aide="Chacun pourra recalculer ces chiffres et les comparer.",
        ),
        Acte("tenir", "Noter un rendez-vous tenu", "suivre_pacte", _tenir, _champs_tenir,
             lambda lu: bool(lu.en_attente)),
        Acte(
            "rendez-vous", "Prendre un rendez-vous du Pacte", "suivre_pacte", _prendre,
            lambda lu: [
                Saisie("objet", "Lequel", "select", tuple(OBJETS.items()), valeur="point_annuel"),
                Saisie("prevu_pour", "Prévu pour le", "date", valeur=date(lu.jour.year, 12, 31).isoformat()),
                Saisie("source", "Le texte qui le promet", max=SIGNES_LIGNE, valeur=SOURCE),
            ],
        ),
        Acte(
            "territoire", "Noter un projet de territoire adopté", "constater_projet_de_territoire", _territoire,
            lambda lu: [
                Saisie("ctm", "La conférence", "select", lu.conferences),
                deliberation(lu.deliberations),
            ],
            lambda lu: bool(lu.conferences),
            "Il permet d’engager les crédits « projets » de la conférence.",
        ),
        Acte("enveloppe", "Ouvrir une enveloppe", "ouvrir_enveloppe", _ouvrir, _champs_ouvrir),
    )
}  # fmt: skip
