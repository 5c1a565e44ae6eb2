"""The demonstration's bodies: real ones with the line that names them; who sits is told by functions, never by names.

Presidencies and the mandates of COMET Jeunes are invented.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from domain.fonctions.confier_fonction import ConfierFonction
from domain.instances.events import TypeInstance
from domain.instances.inscrire_appellation import InscrireAppellation
from domain.instances.inscrire_instance import InscrireInstance
from domain.ledger.command import Command
from domain.mandats.clore_mandat import CloreMandat
from domain.mandats.elire_fonction import ElireFonction
from domain.mandats.fixer_sieges import FixerSieges
from domain.mandats.ouvrir_mandat import OuvrirMandat
from domain.mandats.ouvrir_mandat_jeune import OuvrirMandatJeune

METROPOLE = date(2015, 1, 1)
CTM_SINCE = date(2020, 10, 5)
FUSION = date(2024, 1, 1)
PACTE, PMS, B = "Pacte de cohérence métropolitain 2021-2026", "Projet métropolitain des solidarités, 2023", "2017-2275"
OULLINS, PIERRE_BENITE, LYON = "69149", "69152", "69123"
LONES = "ctm-lones-et-coteaux-du-rhone"

Made = Iterator[tuple[str, Command]]
Corps = tuple[str, str, str, TypeInstance, date, date | None, str]

# slug, name, short name, kind, first day, last day, where it is named
COMITES: tuple[Corps, ...] = (
    ("commission-developpement-solidaire", "Commission développement solidaire et action sociale",
     "Commission solidarités", "commission", METROPOLE, None, f"{B}, B:9"),
    ("comet-cadre-de-vie", "COMET Jeunes, commission du cadre de vie", "Cadre de vie", "commission",
     date(2023, 3, 1), None, f"{PMS}, D:2034"),
    ("comet-liens", "COMET Jeunes, commission des liens entre collèges", "Liens entre collèges", "commission",
     date(2023, 3, 1), None, f"{PMS}, D:2034"),
    ("comite-partenaires", "Comité des partenaires", "Comité des partenaires", "comite", date(2017, 11, 6), None,
     f"{B}, B:260 à B:262"),
    ("comite-partenaires-locaux", "Comité des partenaires locaux", "Partenaires locaux", "comite",
     date(2017, 11, 6), None, f"{B}, B:274 et B:275"),
    ("assises-solidarites", "Assises des solidarités", "Assises", "comite", date(2017, 11, 6), None,
     f"{B}, B:282 et B:283"),
    ("copil-solidarites", "Comité de pilotage du Projet métropolitain des solidarités", "Comité de pilotage", "comite",
     date(2023, 3, 1), None, f"{PMS}, D:2115 (« COFIL », erreur de lecture)"),
    ("comites-participation", "Comités de participation des personnes concernées", "Comités de participation",
     "comite", date(2023, 3, 1), None, f"{PMS}, D:2121"),
    ("comite-technique", "Comité technique transversal des communautés d'engagement", "Comité technique", "comite",
     date(2023, 3, 1), None, f"{PMS}, D:2127"),
    ("comite-territoires", "Comité des territoires", "Comité des territoires", "comite", date(2023, 3, 1), None,
     f"{PMS}, D:2133"),
    ("copil-metiers", "Comités de pilotage métiers", "Pilotage métiers", "comite", date(2023, 3, 1), None,
     f"{PMS}, D:2142 (« COFIL », erreur de lecture)"),
    ("observatoire-solidarites", "Observatoire métropolitain des solidarités", "Observatoire", "comite",
     date(2023, 3, 1), None, f"{PMS}, D:2192"),
    ("ctm-centre", "Conférence territoriale des maires Centre", "CTM Centre", "ctm", METROPOLE, date(2020, 10, 4),
     f"{PACTE}, A:136 (neuf conférences avant ; leur nom et leur périmètre d'alors sont à confirmer)"),
)  # fmt: skip
NEW_IN_2020 = ("ctm-lyon", "ctm-villeurbanne")

# COMET Jeunes: how many seats, the years of each mandate, invented collèges
COMET_SIEGES, COMET_ANNEES = 30, (2023, 2025)
COLLEGES = ("des Deux-Rives", "de l'Exemple", "du Modèle", "de la Démonstration", "de l'Essai", "du Brouillon")
COMMISSIONS = ("Cadre de vie", "Liens entre collèges")

# slug of the person, function, instance, name
PERSONS = (
    ("regles", "regles", None, "Publication des règles"),
    ("presidence-ctm-plateau-nord", "presidence", "ctm-plateau-nord", "Présidence de la CTM Plateau Nord"),
    ("secretariat-ctm-plateau-nord", "secretariat", "ctm-plateau-nord", "Secrétariat de la CTM Plateau Nord"),
)


class Ville(msgspec.Struct, frozen=True):
    """A commune of 2023: INSEE code, name, slug of its conference and of its name."""

    insee: str
    nom: str
    ctm: str
    slug: str


def since(ctm: str) -> date:
    """First day of a conference: eight of the ten go back to the Métropole's creation."""
    return CTM_SINCE if ctm in NEW_IN_2020 else METROPOLE


def corps(admin: str, start: date) -> Made:
    """The bodies that texts name, besides those that receive propositions."""
    for slug, name, short, kind, first, last, source in COMITES:
        yield slug, InscrireInstance(admin, start, slug, name, short, kind, first, source, au=last)


def conseils_municipaux(admin: str, start: date, villes: Sequence[Ville]) -> Made:
    """One a commune; the council of Oullins goes on as Oullins-Pierre-Bénite's, the other one ends."""
    source = "INSEE, code officiel géographique"
    for ville in villes:
        slug, ended = f"conseil-municipal-{ville.insee}", ville.insee == PIERRE_BENITE
        name = "Oullins-Pierre-Bénite" if ville.insee == OULLINS else ville.nom
        full, short = f"Conseil municipal {_de(name)}", f"Conseil {_de(name)}"
        last = date(2023, 12, 31) if ended else None
        body = InscrireInstance(
            admin, start, slug, full, short, "conseil_municipal", METROPOLE, source, au=last
        )  # fmt: skip
        yield slug, body
    yield (
        "conseil-municipal-69149/avant",
        InscrireAppellation(
            admin, start, f"conseil-municipal-{OULLINS}", "Conseil municipal d'Oullins", source, du=METROPOLE,
            au=date(2023, 12, 31),
        ),
    )  # fmt: skip


def _de(name: str) -> str:
    for article, joined in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"d'{name}" if name[0] in "AEÉIOUY" else f"de {name}"


def conferences(admin: str, start: date, villes: Sequence[Ville]) -> Made:
    """Who sits in each conference by function, who presides (invented), and what the merger changed."""
    for ctm in sorted({ville.ctm for ville in villes}):
        seats = [(f"maire-{v.slug}", f"Maire {_de(v.nom)}") for v in villes if v.ctm == ctm]
        if ctm == "ctm-lyon":
            seats += [(f"maire-lyon-{rang}", f"Maire du {_rang(rang)} arrondissement") for rang in range(1, 10)]
        source = f"{PACTE}, A:139 à A:153"
        yield f"{ctm}/sieges", FixerSieges(admin, start, ctm, len(seats), CTM_SINCE, source)
        for elu, nom in seats:
            yield f"{ctm}/{elu}", OuvrirMandat(admin, start, ctm, elu, "", nom, CTM_SINCE, source)
        for (elu, _), fonction in zip(seats, ("president", "vice_president"), strict=False):
            elected = ElireFonction(admin, start, ctm, elu, fonction, CTM_SINCE)  # type: ignore[arg-type]  # zip
            yield f"{ctm}/{fonction}", elected
    yield from _fusion(admin, start)


def _rang(rang: int) -> str:
    return "1er" if rang == 1 else f"{rang}e"


def _fusion(admin: str, start: date) -> Made:
    for slug in ("oullins", "pierre-benite"):
        yield f"{LONES}/maire-{slug}/fin", CloreMandat(admin, start, LONES, f"maire-{slug}", FUSION, "autre")
    source = "fusion d'Oullins et de Pierre-Bénite (INSEE)"
    yield f"{LONES}/2024", FixerSieges(admin, start, LONES, 8, FUSION, source)
    yield (
        f"{LONES}/maire-opb",
        OuvrirMandat(
            admin, start, LONES, "maire-oullins-pierre-benite", "", "Maire d'Oullins-Pierre-Bénite", FUSION, source,
            remplace="maire-oullins",
        ),
    )  # fmt: skip


def comet(admin: str, start: date) -> Made:
    """Two mandates of two years, thirty seats: collèges and commissions, no name."""
    yield "comet/sieges", FixerSieges(admin, start, "comet", COMET_SIEGES, date(2023, 3, 1), f"{PMS}, D:2034")
    for turn, year in enumerate(COMET_ANNEES):
        for rank in range(COMET_SIEGES):
            elu = f"{'elue' if rank % 2 else 'elu'}-{turn * COMET_SIEGES + rank + 1}"
            college, commission = COLLEGES[rank // 5], COMMISSIONS[rank // 2 % 2]
            first, last = date(year, 9, 1), date(year + 2, 9, 1)
            opened = OuvrirMandatJeune(admin, start, "comet", elu, f"Collège {college}", commission, first, last)
            yield f"comet/{elu}", opened


def personnes(admin: str, start: date, person: dict[str, tuple[str, str]]) -> Made:
    """Who publishes rules, who presides a conference. `person`: uuid and address of each slug."""
    for slug, function, instance, name in PERSONS:
        uuid, mail = person[slug]
        held = f"{name} (démonstration)"
        yield (
            f"personnes/{slug}",
            ConfierFonction(admin, start, uuid, function, held, mail, start, instance=instance),
        )
