"""The states of pages that only an act shows; every look at every page."""

from tests.parcours.visit import Step, Visit
from tests.parcours.visits import PAGES
from tests.quality import COMPLET

_ECRIRE: Step = ("écrire", "Votre message", "Un banc devant la gare, s’il vous plaît.")
_SUITE: Step = ("presser", "Continuer")
_CODE: Step = ("cocher", "Je reviendrai voir avec mon code")
_LIRE: Step = ("cocher", "Tout le monde, sans mon nom")

STATES: tuple[Visit, ...] = (
    # « Dire », screen by screen, right and wrong
    Visit("/dire/ecrire", 422, steps=(_SUITE,)),
    Visit("/dire/ecrire", steps=(_ECRIRE, _SUITE)),
    Visit("/dire/ecrire", 422, steps=(_ECRIRE, _SUITE, _SUITE)),
    Visit("/dire/ecrire", 422, steps=(_ECRIRE, _SUITE, ("cocher", "Par téléphone"), _SUITE, _SUITE)),
    Visit("/dire/ecrire", steps=(_ECRIRE, _SUITE, _CODE, _SUITE, _SUITE)),
    Visit("/dire/ecrire", 422, steps=(_ECRIRE, _SUITE, _CODE, _SUITE, _SUITE, _SUITE)),
    Visit("/dire/ecrire", steps=(_ECRIRE, _SUITE, _CODE, _SUITE, _SUITE, _LIRE, _SUITE)),
    Visit(
        "/dire?avec=aidant",
        422,
        steps=(_ECRIRE, _SUITE, _CODE, _SUITE, _SUITE, _LIRE, _SUITE, ("presser", "C’est bien ça")),
    ),
    # codes and addresses
    Visit("/suivi", 422, steps=(("écrire", "Votre code en quatre mots", "tasse marché"), ("presser", "Voir ma page"))),
    Visit(
        "/suivi",
        422,
        steps=(("écrire", "Votre code en quatre mots", "tasse tasse tasse tasse"), ("presser", "Voir ma page")),
    ),
    Visit("/suivre/GEPI-2026-0002", 422, method="POST", body="courriel=rien&{csrf}"),
    Visit("/suivre", 422, method="POST", body="courriel=rien&{csrf}"),
    Visit("/connexion", 422, method="POST", body="courriel=rien&{csrf}"),
    Visit("/suivi/ajouter", 422, "code:9", (("presser", "Ajouter"),)),
    Visit("/suivi/pas-compris", 422, "code:9", (("écrire", "Votre téléphone", "12"), ("presser", "Demander"))),
    # the office
    Visit("/bureau/cartes", 422, "animation-gepi", (("presser", "Enregistrer"),)),
    Visit("/bureau/seances", 422, "animation-gepi", (("presser", "Enregistrer la séance"),)),
    Visit("/bureau/propositions/{neuve}", 422, "animation-gepi", (("presser", "Lire et classer"),)),
    Visit("/bureau/effacements?dossier=GEPI-2026-0002", 422, "protection_donnees", (("presser", "Effacer pour"),)),
    # refusals of the site itself
    Visit("/suivi", 400, method="POST", body="csrf=%FF"),
    Visit("/bureau/cartes", 401, method="POST", body="{csrf}"),
    Visit("/suivi", 403, method="POST", body="csrf=forge&code=a"),
    Visit("/nexistepas", 404),
    Visit("/deconnexion", 405),
    Visit("/dire/ecrire", 413, method="POST", body="texte=" + "a" * 70_000),
    Visit("/dire/ecrire", 415, method="POST", body="{}", kind="application/json"),
)


def visits() -> list[Visit]:
    """All of them; the one that closes the door for everybody (429) has its own test."""
    return [*(visit for found in PAGES.values() for visit in found), *STATES]


def looked_at() -> list[Visit]:
    """What the browser opens: all with --complet; else the first three of each page, one refusal in three.

    The others show the same template: test_langue reads them all, and validates their HTML.
    """
    if COMPLET:
        return visits()
    shown = [visit for found in PAGES.values() for visit in [v for v in found if v.status == 200][:3]]
    refused = [visit for found in PAGES.values() for visit in found if visit.status in (403, 404)]
    others = [visit for found in PAGES.values() for visit in found if visit.status not in (200, 403, 404)]
    return [*shown, *refused[::3], *others, *STATES]
