"""Every page, as somebody sees it: each GET route with its examples.

A path may name one of the `Places` in braces. `test_pages` fails when a route of the application is missing here.
"""

from dataclasses import dataclass

from tests.parcours.visitor import PERSONS

Step = tuple[str, str] | tuple[str, str, str]  # ("presser", name) or ("écrire", label, text) or ("cocher", label)


@dataclass(frozen=True)
class Visit:
    """One look at one page. `person` is a demonstration slug, or `code:<place>` for who follows with a code."""

    path: str
    status: int = 200
    person: str = ""
    steps: tuple[Step, ...] = ()
    method: str = "GET"
    body: str = ""
    kind: str = "application/x-www-form-urlencoded"

    def __str__(self) -> str:
        how = "" if self.method == "GET" else f"{self.method} "
        then = "".join(f" > {step[-1][:20]}" for step in self.steps)
        who = f" ({self.person})" if self.person else ""
        return f"{how}{self.path}{who}{then} {self.status}"


def _each(*paths: str | Visit) -> tuple[Visit, ...]:
    return tuple(path if isinstance(path, Visit) else Visit(path) for path in paths)


def _as(person: str, *paths: str) -> tuple[Visit, ...]:
    return tuple(Visit(path, person=person) for path in paths)


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

PAGES: dict[str, tuple[Visit, ...]] = {
    "/": _each("/"),
    "/accessibilite": _each("/accessibilite"),
    "/actes/{identifiant:str}": _each(Visit("/actes/069-200046977-20171106-9999-DE", 404)),
    "/aide": _each("/aide"),
    "/api": _each("/api"),
    "/argent": _each("/argent"),
    "/argent/repartition/{reference:str}": _each(
        "/argent/repartition/EN-2021-0001",
        "/argent/repartition/EN-2021-0001?alpha=1",
        Visit("/argent/repartition/EN-2021-0099", 404),
    ),
    "/argent/suivi": _each("/argent/suivi"),
    "/argent/{beneficiaire:str}": _each("/argent/bron", Visit("/argent/paris", 404)),
    "/argent/{nom:str}/{annee:int}/{beneficiaire:str}": _each(
        "/argent/fic/2023/bron", "/argent/fic/2023/bron?au=2023-03-01", Visit("/argent/fic/2031/bron", 404)
    ),
    "/bureau": (
        *(visit for person in PERSONS for visit in _as(person, "/bureau")),
        *_as("animation-gepi", "/bureau?liste=retards"),
    ),
    "/bureau/argent": (
        *_as("finances", "/bureau/argent"),
        *_as("mairie-bron", "/bureau/argent"),
        *_as("services-techniques", "/bureau/argent"),
        Visit("/bureau/argent", 403, "animation-gepi"),
    ),
    "/bureau/argent/comptes/{nom:str}/{beneficiaire:str}/{annee:int}": (
        *_as("mairie-bron", "/bureau/argent/comptes/fic/69029/2024"),
        *_as("finances", "/bureau/argent/comptes/fic/69029/2023"),
    ),
    "/bureau/argent/enveloppes/{reference:str}": (
        *_as("finances", "/bureau/argent/enveloppes/EN-2021-0001", "/bureau/argent/enveloppes/EN-2021-0003"),
        Visit("/bureau/argent/enveloppes/EN-2021-0001", 403, "mairie-bron"),
    ),
    "/bureau/argent/operations/nouvelle": (
        *_as("finances", "/bureau/argent/operations/nouvelle"),
        *_as("finances", "/bureau/argent/operations/nouvelle?pour=projets/ctm-porte-des-alpes"),
        *_as("mairie-bron", "/bureau/argent/operations/nouvelle"),
    ),
    "/bureau/argent/operations/{reference:str}": (
        *_as("finances", "/bureau/argent/operations/OP-2022-0003"),
        *_as("services-techniques", "/bureau/argent/operations/OP-2026-0001"),
    ),
    "/bureau/argent/paiements": _as("finances", "/bureau/argent/paiements"),
    "/bureau/argent/reconductions": _as(
        "finances",
        "/bureau/argent/reconductions?enveloppe=fic&de=2024",
        "/bureau/argent/reconductions?enveloppe=projets&de=2025",
    ),
    "/bureau/cartes": (*_as("animation-gepi", "/bureau/cartes"), Visit("/bureau/cartes", 403, "protection_donnees")),
    "/bureau/courriers": (*_each("/bureau/courriers"), *_as("administration", "/bureau/courriers")),
    "/bureau/courriers/{courrier:uuid}": _each("{courrier}"),
    "/bureau/effacements": _as(
        "protection_donnees",
        "/bureau/effacements",
        "/bureau/effacements?dossier=GEPI-2026-0002",
        "/bureau/effacements?dossier={effacee}",
        "/bureau/effacements?dossier=rien",
    ),
    "/bureau/jetons": _as("coordination", "/bureau/jetons"),
    "/bureau/propositions/{reference:str}": (
        *_as("animation-gepi", "/bureau/propositions/{neuve}", "/bureau/propositions/{effacee}"),
        *(visit for stage in STAGES.values() for visit in _as("animation-gepi", f"/bureau/propositions/{stage}")),
        *_as("coordination", "/bureau/propositions/GEPI-2026-0013"),
        Visit("/bureau/propositions/GEPI-2026-0013", 403, "animation-comet"),
        Visit("/bureau/propositions/GEPI-2026-9999", 404, "coordination"),
    ),
    "/bureau/reunions": (
        *_as("animation-gepi", "/bureau/reunions"),
        Visit("/bureau/reunions", 403, "administration"),
    ),
    "/bureau/saisines": (
        *_as("coordination", "/bureau/saisines"),
        *_as("presidence-ctm-plateau-nord", "/bureau/saisines"),
        Visit("/bureau/saisines", 403, "animation-gepi"),
    ),
    "/bureau/saisines/communes": _as("coordination", "/bureau/saisines/communes?ctm=ctm-plateau-nord"),
    "/bureau/saisines/lettres": _as("coordination", "/bureau/saisines/lettres?de=AV-2026-0005&a=AV-2026-0009"),
    "/bureau/saisines/nouvelle": _as(
        "coordination",
        "/bureau/saisines/nouvelle",
        "/bureau/saisines/nouvelle?procedure=avis_communal",
        "/bureau/saisines/nouvelle?procedure=saisine_ecrite",
    ),
    "/bureau/saisines/{reference:str}": (
        *_as(
            "coordination",
            "/bureau/saisines/AV-2026-0001",
            "/bureau/saisines/AV-2026-0003",
            "/bureau/saisines/AV-2026-0010",
            "/bureau/saisines/AV-2026-0013",
        ),
        Visit("/bureau/saisines/AV-2026-0099", 404, "coordination"),
    ),
    "/bureau/seances": (
        *_as("animation-gepi", "/bureau/seances"),
        Visit("/bureau/seances", 403, "administration"),
    ),
    "/bureau/budgets": _as(DIRECTION, "/bureau/budgets"),
    "/bureau/budgets/{reference:str}": (
        *_as(DIRECTION, "/bureau/budgets/BPC-2024-0001", "/bureau/budgets/BPC-2026-0001"),
        *_as("education", "/bureau/budgets/BPC-2025-0001"),
    ),
    "/bureau/budgets/{reference:str}/idees": _as(DIRECTION, "/bureau/budgets/BPC-2024-0001/idees"),
    "/bureau/seances-assemblees": _as("secretariat-conseil", "/bureau/seances-assemblees"),
    "/bureau/seances-assemblees/{reference:str}": _as("secretariat-conseil", SEANCE),
    "/bureau/seances-assemblees/{reference:str}/feuille": _as("secretariat-conseil", f"{SEANCE}/feuille"),
    "/bureau/seances-assemblees/{reference:str}/points/{rang:int}": _as("secretariat-conseil", f"{SEANCE}/points/1"),
    "/bureau/seances-assemblees/{reference:str}/points/{rang:int}/noms": _as(
        "secretariat-conseil", f"{SEANCE}/points/1/noms"
    ),
    "/bureau/colleges/{slug:str}": _as(DIRECTION, f"/bureau/colleges/{COLLEGE}"),
    "/bureau/editions": _as("education", "/bureau/editions"),
    "/bureau/editions/{edition:str}": _as("education", "/bureau/editions/2024-2025"),
    "/c/{slug:str}": _each(f"/c/{COLLEGE}", Visit("/c/rien", 404)),
    "/bureau/chaines/{reference:str}": (
        *_as("coordination", "/bureau/chaines/2017-2275"),
        Visit("/bureau/chaines/2017-2275", 403, "protection_donnees"),
    ),
    "/chaines/{reference:str}": _each(
        "/chaines/2017-2275",
        "/chaines/2017-2275?au=2017-10-20",
        "/chaines/2017-2275?au=2017-10-20&et=2017-11-09",
        "/chaines/BPC-2024-0001",
        "/chaines/GEPI-2026-0002",
        "/chaines/OP-2023-0001",
        "/chaines/SC-2024-0001",
        Visit("/chaines/2017-9999", 404),
    ),
    "/colleges": _each("/colleges"),
    "/colleges/{slug:str}": _each(f"/colleges/{COLLEGE}", Visit("/colleges/rien", 404)),
    "/colleges/{slug:str}/idee": _each(f"/colleges/{COLLEGE}/idee"),
    "/avis": _each("/avis", "/avis?etat=retard", "/avis?procedure=contribution&instance=conseil"),
    "/communes": _each("/communes"),
    "/communes/{nom:str}": _each(
        "/communes/oullins-pierre-benite", "/communes/lyon", "/communes/pierre-benite", Visit("/communes/paris", 404)
    ),
    "/connexion": (*_each("/connexion", "/connexion?suite=/bureau/seances"), *_as("coordination", "/connexion")),
    "/connexion/envoye": _each("/connexion/envoye"),
    "/connexion/lien/{jeton:str}": _each("{lien}", Visit("{lien_servi}", 403), Visit("/connexion/lien/inconnu", 403)),
    "/ctm/{nom:str}": _each("/ctm/val-d-yzeron", "/ctm/villeurbanne", Visit("/ctm/rien", 404)),
    "/deliberations": _each("/deliberations"),
    "/deliberations/{numero:str}": _each(
        "/deliberations/2017-2275",
        "/deliberations/2017-2275?au=2017-11-07",
        "/deliberations/2023-9001",
        Visit("/deliberations/2017-9999", 404),
    ),
    "/deliberations/autres": _each("/deliberations/autres"),
    "/deliberations/{numero:str}/extrait": _each(
        "/deliberations/2017-2275/extrait",
        "/deliberations/2017-2275/extrait?au=2017-11-07",
        Visit("/deliberations/2017-9999/extrait", 404),
    ),
    "/dire": _each("/dire", "/dire?instance=comet", "/dire?avec=aidant", Visit("/dire?instance=absente", 404)),
    "/dire/ecrire": _each("/dire/ecrire", "/dire/ecrire?instance=cdd"),
    "/dire/merci/{jeton:str}": _each("{merci}", Visit("/dire/merci/autre", 404)),
    "/dire/{etape:str}": _each(Visit("/dire/nexistepas", 404)),
    "/donnees-personnelles": _each("/donnees-personnelles"),
    "/dossiers/{reference:str}": (
        *_each("/dossiers/GEPI-2026-0002", "/dossiers/{neuve}", "/dossiers/{effacee}", "/dossiers/GEPI-2026-0013"),
        *(Visit(f"/dossiers/{stage}") for stage in STAGES.values()),
        *_each("/dossiers/CDD-2026-0001", "/dossiers/COMET-2026-0001"),
        *_each("/dossiers/GEPI-2026-0002?au={jour}", "/dossiers/GEPI-2026-0002?au=100"),
        *_each(Visit("/dossiers/GEPI-2026-0002?au=hier", 400), Visit("/dossiers/GEPI-2026-0002?au=2019-03-15", 404)),
        *_each("/dossiers/BPC-2024-0001", "/dossiers/BPC-2026-0001", "/dossiers/BPC-2024-0001?au=2024-12-20"),
        *_each("/dossiers/AV-2021-0001", "/dossiers/AV-2022-0001", "/dossiers/AV-2026-0007", "/dossiers/AV-2026-0009"),
        *_each("/dossiers/AV-2026-0001", "/dossiers/AV-2021-0001?au=2021-02-08", "/dossiers/AV-2026-0010"),
        *_each("/dossiers/AV-2026-0012", "/dossiers/AV-2026-0014", Visit("/dossiers/AV-2026-9999", 404)),
        *_each(Visit("/dossiers/GEPI-2026-9999", 404)),
    ),
    "/editions": _each("/editions"),
    "/editions/{edition:str}": _each("/editions/2024-2025", Visit("/editions/1999-2000", 404)),
    "/instances": _each("/instances"),
    "/instances/{slug:str}": _each(
        "/instances/gepi", "/instances/solidarites", "/instances/conseil", Visit("/instances/rien", 404)
    ),
    "/journal": _each(
        "/journal",
        "/journal?nature=propositions/SuiteDonnee&dossier=GEPI-2026-0002",
        "/journal?dossier=GEPI-2026-0099",
        Visit("/journal?du=hier", 400),
    ),
    "/journal/verifier": _each("/journal/verifier", Visit("/journal/verifier?acte=999999", 404)),
    "/journal/{index:int}": _each(
        "/journal/0", "/journal/100", "/journal/{index}", "/journal/{efface}", Visit("/journal/999999", 404)
    ),
    "/opendata": _each("/opendata"),
    "/operations": _each("/operations", "/operations?seuil=oui&etat=soldee&enveloppe=fic"),
    "/operations/{reference:str}": _each("/operations/OP-2023-0001", Visit("/operations/OP-2023-0099", 404)),
    "/plan": _each("/plan"),
    "/recherche": _each(
        "/recherche",
        "/recherche?q=bancs",
        "/recherche?q=metropole",
        "/recherche?q=vegetalisation",
        "/recherche?type=proposition&etat=close",
        "/recherche?instance=gepi&retard=oui",
    ),
    "/recu/{name:str}": _each("/recu/100", "/recu/{index}", Visit("/recu/999999", 404)),
    "/regles": _each("/regles"),
    "/bureau/regles": _as("coordination", "/bureau/regles") + _as("regles", "/bureau/regles"),
    "/bureau/regles/nouvelle": _as(
        "coordination",
        "/bureau/regles/nouvelle?moteur=double_majorite",
        "/bureau/regles/nouvelle?moteur=quorum",
    ),
    "/regles/{regle_id:str}": _each(
        "/regles/double-majorite-2027",
        "/regles/double-majorite-2021?maires_pour=38&maires_contre=15&population_pour=610000",
        Visit("/regles/double-majorite-2021?maires_pour=x", 422),
        "/regles/quorum-ctm-2027",
        "/regles/delais-propositions-2026", "/regles/accuse-de-reception-crpa", Visit("/regles/rien", 404)
    ),
    "/retards": _each("/retards"),
    "/scrutins": _each("/scrutins"),
    "/scrutins/{reference:str}": _each(
        "/scrutins/SC-2024-0001",
        "/scrutins/SC-2026-0001",
        "/scrutins/SC-2026-0002",
        Visit("/scrutins/SC-2026-9999", 404),
    ),
    "/scrutins/{reference:str}/numero": _each("/scrutins/SC-2026-0001/numero"),
    "/scrutins/{reference:str}/pourquoi": _each("/scrutins/SC-2026-0001/pourquoi"),
    "/scrutins/{reference:str}/reclamer": _each("/scrutins/SC-2026-0001/reclamer"),
    "/seances": _each("/seances", "/seances?instance=conseil"),
    "/seances/{reference:str}/liste-des-deliberations": _each(
        "/seances/SEA-2017-0001/liste-des-deliberations", Visit("/seances/SEA-2017-0099/liste-des-deliberations", 404)
    ),
    "/seances/{reference:str}/proces-verbal": _each(Visit("/seances/SEA-2017-0001/proces-verbal", 404)),
    "/seances/{reference:str}": _each(
        "/seances/SEA-2017-0001", "/seances/SEA-2017-0001?au=2017-10-20", Visit("/seances/SEA-2017-0099", 404)
    ),
    "/suivi": _each("/suivi"),
    "/suivi/ma-parole": _as("code:11", "/suivi/ma-parole")
    + _as("code:24", "/suivi/ma-parole")
    + _as("code:25", "/suivi/ma-parole"),
    "/suivi/{acte:str}": (
        *_as("code:9", "/suivi/compris", "/suivi/pas-compris", "/suivi/ajouter", "/suivi/retirer"),
        Visit("/suivi/danser", 404),
    ),
    "/suivre": _each("/suivre"),
    "/suivre/arreter/{jeton:str}": _each("{arreter}", "/suivre/arreter/inconnu"),
    "/suivre/confirmer/{jeton:str}": _each("{confirmer}", Visit("/suivre/confirmer/inconnu", 403)),
    "/suivre/envoye": _each("/suivre/envoye"),
    "/suivre/instances/{slug:str}": _each("/suivre/instances/gepi", Visit("/suivre/instances/rien", 404)),
    "/suivre/{cible:str}": _each("/suivre/GEPI-2026-0002", "{gerer}", Visit("/suivre/inconnu", 404)),
    "/vote": _each(
        "/vote",
        "/vote?efface=1",
        Visit("/vote?refus=copie", 422),
        Visit("/vote?refus=inconnu", 404),
        Visit("/vote?refus=servi", 409),
    ),
    "/vote/tablette/{jeton:str}": _each(Visit("/vote/tablette/inconnu", 403)),
    "/vote/tes-droits": _each("/vote/tes-droits"),
}

# Another address of one page: the same title is right.
SAME_PAGE = {"/dire?avec=aidant": "/dire/ecrire"}

# What a GET answers that is no page: files and feeds for programs, which have their own tests.
FILES = {
    "/deliberations/{numero:str}/extrait.pdf": "PDF",
    "/seances/{reference:str}/liste-des-deliberations.pdf": "PDF",
    "/seances/{reference:str}/proces-verbal.pdf": "PDF",
    "/argent/repartition/{reference:str}/donnees.csv": "CSV",
    "/avis.ics": "a calendar",
    "/c/{slug:str}/ecran": "the hall's screen, another layout: tests/resultats looks at it",
    "/colleges/{slug:str}/idee/merci": "a receipt, after filing: tests/colleges looks at it",
    "/pj/{empreinte:str}": "a picture",
    "/scrutins/{reference:str}/bulletins.csv": "CSV",
    "/metrics": "text, and closed unless asked for",
    "/recherche.atom": "a feed",
    "/s/{name:str}": "the style sheet, the script, the font, the icons",
    "/sante": "JSON",
    "/sante/pret": "JSON",
    "/opendata/{fichier:str}": "CSV",
    "/journal/checkpoint": "a signed note",
    "/journal/cle": "a key",
    "/journal/cle-promesse": "a key",
    "/journal/divulgations.ndjson": "NDJSON",
    "/journal/evenements.ndjson": "NDJSON",
    "/journal/tile/{path:path}": "tiles",
    "/journal/verifier.py": "a program",
    "/v/{code:str}": "a redirection, so that the code leaves the address bar",
    "/vote/agenda/{reference:str}": "a calendar",
    "/vote/bulletin": "a redirection without a slip; tests/vote looks at it with one",
    "/vote/fermer": "a redirection",
    "/vote/fini": "a redirection for who has not just voted; tests/vote looks at it",
}
# The polling station's own pages: tests/bureau_scrutins/test_navigateur.py looks at each, at every stage.
FILES_UNDER = ("/api/", "/bureau/scrutins")
