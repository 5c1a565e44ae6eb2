"""Every page of the office, as those who hold its functions see it."""

from tests.parcours.visit import Visit, as_, each
from tests.parcours.visitor import PERSONS

COLLEGE = "college-des-deux-rives"
DIRECTION = f"direction-{COLLEGE}"
SEANCE = "/bureau/seances-assemblees/SEA-2017-0001"

STAGES = {
    "à lire": "GEPI-2026-0025",
    "close, réservée à l’équipe": "GEPI-2026-0004",
    "close, pas nous": "GEPI-2026-0003",
    "incomprise": "GEPI-2026-0012",
    "retirée": "GEPI-2026-0019",
}

OFFICE: dict[str, tuple[Visit, ...]] = {
    "/bureau": (
        *(visit for person in PERSONS for visit in as_(person, "/bureau")),
        *as_("animation-gepi", "/bureau?liste=retards"),
    ),
    "/bureau/argent": (
        *as_("finances", "/bureau/argent"),
        *as_("mairie-conseil-municipal-69029", "/bureau/argent"),
        *as_("services_techniques", "/bureau/argent"),
        Visit("/bureau/argent", 403, "animation-gepi"),
    ),
    "/bureau/argent/comptes/{nom:str}/{beneficiaire:str}/{annee:int}": (
        *as_("mairie-conseil-municipal-69029", "/bureau/argent/comptes/fic/69029/2024"),
        *as_("finances", "/bureau/argent/comptes/fic/69029/2023"),
    ),
    "/bureau/argent/enveloppes/{reference:str}": (
        *as_("finances", "/bureau/argent/enveloppes/EN-2021-0001", "/bureau/argent/enveloppes/EN-2021-0003"),
        Visit("/bureau/argent/enveloppes/EN-2021-0001", 403, "mairie-conseil-municipal-69029"),
    ),
    "/bureau/argent/operations/nouvelle": (
        *as_("finances", "/bureau/argent/operations/nouvelle"),
        *as_("finances", "/bureau/argent/operations/nouvelle?pour=projets/ctm-porte-des-alpes"),
        *as_("mairie-conseil-municipal-69029", "/bureau/argent/operations/nouvelle"),
    ),
    "/bureau/argent/operations/{reference:str}": (
        *as_("finances", "/bureau/argent/operations/OP-2022-0003"),
        *as_("services_techniques", "/bureau/argent/operations/OP-2026-0001"),
    ),
    "/bureau/argent/paiements": as_("finances", "/bureau/argent/paiements"),
    "/bureau/argent/reconductions": as_(
        "finances",
        "/bureau/argent/reconductions?enveloppe=fic&de=2024",
        "/bureau/argent/reconductions?enveloppe=projets&de=2025",
    ),
    "/bureau/budgets": as_(DIRECTION, "/bureau/budgets"),
    "/bureau/budgets/{reference:str}": (
        *as_(DIRECTION, "/bureau/budgets/BPC-2024-0001", "/bureau/budgets/BPC-2026-0001"),
        *as_("education", "/bureau/budgets/BPC-2025-0001"),
    ),
    "/bureau/budgets/{reference:str}/idees": as_(DIRECTION, "/bureau/budgets/BPC-2024-0001/idees"),
    "/bureau/cartes": (*as_("animation-gepi", "/bureau/cartes"), Visit("/bureau/cartes", 403, "protection_donnees")),
    "/bureau/chaines/{reference:str}": (
        *as_("coordination", "/bureau/chaines/2017-2275"),
        Visit("/bureau/chaines/2017-2275", 403, "protection_donnees"),
    ),
    "/bureau/colleges/{slug:str}": as_(DIRECTION, f"/bureau/colleges/{COLLEGE}"),
    "/bureau/courriers": (*each("/bureau/courriers"), *as_("administration", "/bureau/courriers")),
    "/bureau/courriers/{courrier:uuid}": each("{courrier}"),
    "/bureau/deliberations": (
        *as_("secretariat-conseil", "/bureau/deliberations"),
        Visit("/bureau/deliberations", 403, "coordination"),
    ),
    "/bureau/deliberations/nouvelle": as_("secretariat-conseil", "/bureau/deliberations/nouvelle"),
    "/bureau/deliberations/{numero:str}": as_("secretariat-conseil", "/bureau/deliberations/2017-2275"),
    "/bureau/editions": as_("education", "/bureau/editions"),
    "/bureau/editions/{edition:str}": as_("education", "/bureau/editions/2024-2025"),
    "/bureau/effacements": as_(
        "protection_donnees",
        "/bureau/effacements",
        "/bureau/effacements?dossier=GEPI-2026-0002",
        "/bureau/effacements?dossier={effacee}",
        "/bureau/effacements?dossier=rien",
    ),
    "/bureau/jetons": as_("coordination", "/bureau/jetons"),
    "/bureau/mandats": (*as_("administration", "/bureau/mandats"), Visit("/bureau/mandats", 403, "coordination")),
    "/bureau/mandats/{instance:str}": as_(
        "administration", "/bureau/mandats/conseil", "/bureau/mandats/ctm-plateau-nord", "/bureau/mandats/comet"
    ),
    "/bureau/propositions/{reference:str}": (
        *as_("animation-gepi", "/bureau/propositions/{neuve}", "/bureau/propositions/{effacee}"),
        *(visit for stage in STAGES.values() for visit in as_("animation-gepi", f"/bureau/propositions/{stage}")),
        *as_("coordination", "/bureau/propositions/GEPI-2026-0013"),
        Visit("/bureau/propositions/GEPI-2026-0013", 403, "animation-comet"),
        Visit("/bureau/propositions/GEPI-2026-9999", 404, "coordination"),
    ),
    "/bureau/regles": as_("coordination", "/bureau/regles") + as_("regles", "/bureau/regles"),
    "/bureau/regles/nouvelle": as_(
        "coordination",
        "/bureau/regles/nouvelle?moteur=double_majorite",
        "/bureau/regles/nouvelle?moteur=quorum",
    ),
    "/bureau/reunions": (
        *as_("animation-gepi", "/bureau/reunions"),
        Visit("/bureau/reunions", 403, "administration"),
    ),
    "/bureau/saisines": (
        *as_("coordination", "/bureau/saisines"),
        *as_("presidence-ctm-plateau-nord", "/bureau/saisines"),
        Visit("/bureau/saisines", 403, "animation-gepi"),
    ),
    "/bureau/saisines/communes": as_("coordination", "/bureau/saisines/communes?ctm=ctm-plateau-nord"),
    "/bureau/saisines/lettres": as_("coordination", "/bureau/saisines/lettres?de=AV-2026-0005&a=AV-2026-0009"),
    "/bureau/saisines/nouvelle": as_(
        "coordination",
        "/bureau/saisines/nouvelle",
        "/bureau/saisines/nouvelle?procedure=avis_communal",
        "/bureau/saisines/nouvelle?procedure=saisine_ecrite",
    ),
    "/bureau/saisines/{reference:str}": (
        *as_(
            "coordination",
            "/bureau/saisines/AV-2026-0001",
            "/bureau/saisines/AV-2026-0003",
            "/bureau/saisines/AV-2026-0010",
            "/bureau/saisines/AV-2026-0013",
        ),
        Visit("/bureau/saisines/AV-2026-0099", 404, "coordination"),
    ),
    "/bureau/seances": (
        *as_("animation-gepi", "/bureau/seances"),
        Visit("/bureau/seances", 403, "administration"),
    ),
    "/bureau/seances-assemblees": as_("secretariat-conseil", "/bureau/seances-assemblees"),
    "/bureau/seances-assemblees/{reference:str}": as_("secretariat-conseil", SEANCE),
    "/bureau/seances-assemblees/{reference:str}/feuille": as_("secretariat-conseil", f"{SEANCE}/feuille"),
    "/bureau/seances-assemblees/{reference:str}/points/{rang:int}": as_("secretariat-conseil", f"{SEANCE}/points/1"),
    "/bureau/seances-assemblees/{reference:str}/points/{rang:int}/noms": as_(
        "secretariat-conseil", f"{SEANCE}/points/1/noms"
    ),
}
