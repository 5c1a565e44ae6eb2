"""Every page, as somebody sees it: each GET route with its examples.

A path may name one of the `Places` in braces. `test_pages` fails when a route of the application is missing here.
"""

from tests.parcours.visit import Visit, as_, each
from tests.parcours.visits_office import COLLEGE, OFFICE, STAGES

PAGES: dict[str, tuple[Visit, ...]] = {
    "/": each("/"),
    "/accessibilite": each("/accessibilite"),
    "/actes/{identifiant:str}": each(Visit("/actes/069-200046977-20171106-9999-DE", 404)),
    "/aide": each("/aide"),
    "/api": each("/api"),
    "/argent": each("/argent"),
    "/argent/reconductions": each("/argent/reconductions"),
    "/argent/repartition/{reference:str}": each(
        "/argent/repartition/EN-2021-0001",
        "/argent/repartition/EN-2021-0001?alpha=1",
        Visit("/argent/repartition/EN-2021-0099", 404),
    ),
    "/argent/suivi": each("/argent/suivi"),
    "/argent/{beneficiaire:str}": each("/argent/bron", Visit("/argent/paris", 404)),
    "/argent/{nom:str}/{annee:int}/{beneficiaire:str}": each(
        "/argent/fic/2023/bron", "/argent/fic/2023/bron?au=2023-03-01", Visit("/argent/fic/2031/bron", 404)
    ),
    "/c/{slug:str}": each(f"/c/{COLLEGE}", Visit("/c/rien", 404)),
    "/chaines/{reference:str}": each(
        "/chaines/2017-2275",
        "/chaines/2017-2275?au=2017-10-20",
        "/chaines/2017-2275?au=2017-10-20&et=2017-11-09",
        "/chaines/BPC-2024-0001",
        "/chaines/GEPI-2026-0002",
        "/chaines/OP-2023-0001",
        "/chaines/SC-2024-0001",
        Visit("/chaines/2017-9999", 404),
    ),
    "/colleges": each("/colleges"),
    "/colleges/{slug:str}": each(f"/colleges/{COLLEGE}", Visit("/colleges/rien", 404)),
    "/colleges/{slug:str}/idee": each(f"/colleges/{COLLEGE}/idee"),
    "/avis": each("/avis", "/avis?etat=retard", "/avis?procedure=contribution&instance=conseil"),
    "/communes": each("/communes"),
    "/communes/{nom:str}": each(
        "/communes/oullins-pierre-benite", "/communes/lyon", "/communes/pierre-benite", Visit("/communes/paris", 404)
    ),
    "/connexion": (*each("/connexion", "/connexion?suite=/bureau/seances"), *as_("coordination", "/connexion")),
    "/connexion/envoye": each("/connexion/envoye"),
    "/connexion/lien/{jeton:str}": each("{lien}", Visit("{lien_servi}", 403), Visit("/connexion/lien/inconnu", 403)),
    "/ctm/{nom:str}": each("/ctm/val-d-yzeron", "/ctm/villeurbanne", Visit("/ctm/rien", 404)),
    "/deliberations": each("/deliberations"),
    "/deliberations/{numero:str}": each(
        "/deliberations/2017-2275",
        "/deliberations/2017-2275?au=2017-11-07",
        "/deliberations/2023-9001",
        Visit("/deliberations/2017-9999", 404),
    ),
    "/deliberations/autres": each("/deliberations/autres"),
    "/deliberations/{numero:str}/extrait": each(
        "/deliberations/2017-2275/extrait",
        "/deliberations/2017-2275/extrait?au=2017-11-07",
        Visit("/deliberations/2017-9999/extrait", 404),
    ),
    "/dire": each("/dire", "/dire?instance=comet", "/dire?avec=aidant", Visit("/dire?instance=absente", 404)),
    "/dire/ecrire": each("/dire/ecrire", "/dire/ecrire?instance=cdd"),
    "/dire/merci/{jeton:str}": each("{merci}", Visit("/dire/merci/autre", 404)),
    "/dire/{etape:str}": each(Visit("/dire/nexistepas", 404)),
    "/donnees-personnelles": each("/donnees-personnelles"),
    "/dossiers/{reference:str}": (
        *each("/dossiers/GEPI-2026-0002", "/dossiers/{neuve}", "/dossiers/{effacee}", "/dossiers/GEPI-2026-0013"),
        *(Visit(f"/dossiers/{stage}") for stage in STAGES.values()),
        *each("/dossiers/CDD-2026-0001", "/dossiers/COMET-2026-0001"),
        *each("/dossiers/GEPI-2026-0002?au={jour}", "/dossiers/GEPI-2026-0002?au={index}"),
        *each(Visit("/dossiers/GEPI-2026-0002?au=hier", 400), Visit("/dossiers/GEPI-2026-0002?au=2019-03-15", 404)),
        *each("/dossiers/BPC-2024-0001", "/dossiers/BPC-2026-0001", "/dossiers/BPC-2024-0001?au=2024-12-20"),
        *each("/dossiers/AV-2021-0001", "/dossiers/AV-2022-0001", "/dossiers/AV-2026-0007", "/dossiers/AV-2026-0009"),
        *each("/dossiers/AV-2026-0001", "/dossiers/AV-2021-0001?au=2021-02-08", "/dossiers/AV-2026-0010"),
        *each("/dossiers/AV-2026-0012", "/dossiers/AV-2026-0014", Visit("/dossiers/AV-2026-9999", 404)),
        *each(Visit("/dossiers/GEPI-2026-9999", 404)),
    ),
    "/editions": each("/editions"),
    "/editions/{edition:str}": each("/editions/2024-2025", Visit("/editions/1999-2000", 404)),
    "/instances": each("/instances", "/instances?au=2017-11-06", Visit("/instances?au=hier", 400)),
    "/instances/{slug:str}": each(
        "/instances/gepi",
        "/instances/solidarites",
        "/instances/conseil",
        "/instances/conseil-municipal-69149",
        "/instances/ctm-lyon?au=2021-03-15",
        Visit("/instances/rien", 404),
    ),
    "/journal": each(
        "/journal",
        "/journal?nature=propositions/SuiteDonnee&dossier=GEPI-2026-0002",
        "/journal?dossier=GEPI-2026-0099",
        Visit("/journal?du=hier", 400),
    ),
    "/journal/verifier": each("/journal/verifier", Visit("/journal/verifier?acte=999999", 404)),
    "/journal/{index:int}": each(
        "/journal/0", "/journal/100", "/journal/{index}", "/journal/{efface}", Visit("/journal/999999", 404)
    ),
    "/opendata": each("/opendata"),
    "/operations": each("/operations", "/operations?seuil=oui&etat=soldee&enveloppe=fic"),
    "/operations/{reference:str}": each("/operations/OP-2023-0001", Visit("/operations/OP-2023-0099", 404)),
    "/plan": each("/plan"),
    "/recherche": each(
        "/recherche",
        "/recherche?q=bancs",
        "/recherche?q=metropole",
        "/recherche?q=vegetalisation",
        "/recherche?type=proposition&etat=close",
        "/recherche?instance=gepi&retard=oui",
    ),
    "/recu/{name:str}": each("/recu/100", "/recu/{index}", Visit("/recu/999999", 404)),
    "/regles": each("/regles"),
    "/regles/{regle_id:str}": each(
        "/regles/double-majorite-2027",
        "/regles/double-majorite-2021?maires_pour=38&maires_contre=15&population_pour=610000",
        Visit("/regles/double-majorite-2021?maires_pour=x", 422),
        "/regles/quorum-ctm-2027",
        "/regles/delais-propositions-2026",
        "/regles/accuse-de-reception-crpa",
        Visit("/regles/rien", 404),
    ),
    "/retards": each("/retards"),
    "/scrutins": each("/scrutins"),
    "/scrutins/{reference:str}": each(
        "/scrutins/SC-2024-0001",
        "/scrutins/SC-2026-0001",
        "/scrutins/SC-2026-0002",
        Visit("/scrutins/SC-2026-9999", 404),
    ),
    "/scrutins/{reference:str}/numero": each("/scrutins/SC-2026-0001/numero"),
    "/scrutins/{reference:str}/pourquoi": each("/scrutins/SC-2026-0001/pourquoi"),
    "/scrutins/{reference:str}/reclamer": each("/scrutins/SC-2026-0001/reclamer"),
    "/seances": each("/seances", "/seances?instance=conseil"),
    "/seances/{reference:str}/liste-des-deliberations": each(
        "/seances/SEA-2017-0001/liste-des-deliberations", Visit("/seances/SEA-2017-0099/liste-des-deliberations", 404)
    ),
    "/seances/{reference:str}/proces-verbal": each(Visit("/seances/SEA-2017-0001/proces-verbal", 404)),
    "/seances/{reference:str}": each(
        "/seances/SEA-2017-0001", "/seances/SEA-2017-0001?au=2026-06-01", Visit("/seances/SEA-2017-0099", 404)
    ),
    "/suivi": each("/suivi"),
    "/suivi/ma-parole": as_("code:11", "/suivi/ma-parole")
    + as_("code:24", "/suivi/ma-parole")
    + as_("code:25", "/suivi/ma-parole"),
    "/suivi/{acte:str}": (
        *as_("code:9", "/suivi/compris", "/suivi/pas-compris", "/suivi/ajouter", "/suivi/retirer"),
        Visit("/suivi/danser", 404),
    ),
    "/suivre": each("/suivre"),
    "/suivre/arreter/{jeton:str}": each("{arreter}", "/suivre/arreter/inconnu"),
    "/suivre/confirmer/{jeton:str}": each("{confirmer}", Visit("/suivre/confirmer/inconnu", 403)),
    "/suivre/envoye": each("/suivre/envoye"),
    "/suivre/instances/{slug:str}": each("/suivre/instances/gepi", Visit("/suivre/instances/rien", 404)),
    "/suivre/{cible:str}": each("/suivre/GEPI-2026-0002", "{gerer}", Visit("/suivre/inconnu", 404)),
    "/vote": each(
        "/vote",
        "/vote?efface=1",
        Visit("/vote?refus=copie", 422),
        Visit("/vote?refus=inconnu", 404),
        Visit("/vote?refus=servi", 409),
    ),
    "/vote/tablette/{jeton:str}": each(Visit("/vote/tablette/inconnu", 403)),
    "/vote/tes-droits": each("/vote/tes-droits"),
    **OFFICE,
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
