"""The journeys of people who say, follow and check: each is told once, for every way of using a page."""

import re
import unicodedata

from tests.parcours.hands import Hands
from tests.parcours.stage import Stage

PHRASE = "Il faudrait un banc à l’arrêt du bus. Ma mère a 80 ans."


def _words(hands: Hands) -> str:
    shown = hands.page.locator(".mots").inner_text()
    return " ".join(re.findall(r"\w+", shown))


def _reference(hands: Hands) -> str:
    return hands.page.locator(".recu-numero strong").inner_text()


def member_files(stage: Stage) -> None:
    """(a) Madame K. writes, with mistakes on the way: nothing is lost, and she leaves with a number and a code."""
    her = stage.someone(width=320)
    her.open("/")
    her.follow("Dire")
    her.follow("Écrire")
    her.press("Continuer")
    her.see("Le message est vide")
    her.error_has_focus()
    her.write("Votre message", PHRASE)
    her.press("Continuer")
    her.see("Comment vous répondre")
    her.press("Continuer")
    her.see("Choisissez une réponse.")
    her.choose("Par téléphone")
    her.press("Continuer")
    her.write("Votre numéro de téléphone", "06 12")
    her.press("Continuer")
    her.see("Le téléphone doit avoir 10 chiffres. Exemple : 06 12 34 56 78")
    her.error_has_focus()
    assert her.value("Votre numéro de téléphone") == "06 12"
    her.press("Revenir")
    her.press("Continuer")
    assert her.value("Votre numéro de téléphone") == "06 12"
    her.write("Votre numéro de téléphone", "06 12 34 56 78")
    her.press("Continuer")
    her.write("Votre prénom", "Aïcha")
    her.press("Continuer")
    her.press("Continuer")
    her.see("Choisissez une réponse.")
    her.choose("Tout le monde, sans mon nom")
    her.press("Continuer")
    her.see(PHRASE, "06 12 34 56 78", "Aïcha", "Tout le monde, sans mon nom")
    her.press("Changer")
    assert her.value("Votre message") == PHRASE
    for _ in range(5):
        her.press("Continuer")
    her.press("C’est bien ça")
    her.see("Votre parole est enregistrée", "R112-11-1", "Sans ce code, nous ne pouvons pas retrouver votre page")
    reference, words = _reference(her), _words(her)
    assert re.fullmatch(r"GEPI-\d{4}-\d{4}", reference) and len(words.split()) == 4, (reference, words)
    her.page.reload()
    assert (_reference(her), _words(her)) == (reference, words)
    her.follow("Le reçu à imprimer")
    her.see("Reçu de l’acte", reference, "Promesse signée")
    her.open("/suivi")
    her.write("Votre code en quatre mots", words)
    her.press("Voir ma page")
    her.see("Ma parole", PHRASE, "Cette proposition est reçue")


def helped(stage: Stage) -> None:
    """(b) Somebody writes for a person: filed only once it was read back to her."""
    both = stage.someone()
    both.open("/dire")
    both.follow("Avec quelqu’un")
    both.write("Votre message", "Je voudrais des dessins sur les portes.")
    both.press("Continuer")
    both.choose("Par la personne qui m’aide")
    both.press("Continuer")
    both.press("Continuer")
    both.choose("Seulement l’équipe")
    both.press("Continuer")
    both.press("C’est bien ça")
    both.see("Relisez le texte à la personne, puis cochez cette case.")
    both.error_has_focus()
    both.write("Vous aidez cette personne", "Centre social de Bron")
    both.write("Votre nom", "Camille D.")
    both.press("C’est bien ça")
    both.see("Relisez le texte à la personne, puis cochez cette case.", "dessins sur les portes")
    both.choose("J’ai relu à la personne, elle est d’accord")
    both.press("C’est bien ça")
    both.see("Votre parole est enregistrée")


def follows_with_her_code(stage: Stage) -> None:
    """(c) The code, typed in another way, opens her page: she has not understood, and adds something."""
    reference, words = stage.answered(texte="La cour du foyer est trop chaude l’été.")
    bare = "".join(s for s in unicodedata.normalize("NFD", words.upper()) if not unicodedata.combining(s))
    her = stage.someone(width=320)
    her.open("/")
    her.follow("Suivre")
    her.write("Votre code en quatre mots", " ".join(words.split()[:3]))
    her.press("Voir ma page")
    her.error_has_focus()
    her.write("Votre code en quatre mots", bare.replace(" ", " - "))
    her.press("Voir ma page")
    her.see("Ma parole", reference, "On le fait", "Les travaux commencent en mai.")
    her.follow("Je n’ai pas compris")
    her.write("Votre téléphone", "12")
    her.choose("Lundi matin")
    her.press("Demander qu’on m’explique")
    her.error_has_focus()
    assert her.value("Votre téléphone") == "12"
    her.write("Votre téléphone", "06 12 34 56 78")
    her.press("Demander qu’on m’explique")
    her.see("L’équipe va vous rappeler")
    her.follow("Ajouter quelque chose")
    her.press("Ajouter")
    her.error_has_focus()
    her.write("Ce que vous voulez ajouter", "Il fait 40 degrés.")
    her.press("Ajouter")
    her.see("Il fait 40 degrés.")
    her.press("Fermer ma page")
    her.open("/suivi/ma-parole")
    assert her.address() == "/suivi"
    team = stage.office("animation-gepi").read(f"/bureau/propositions/{reference}")
    assert "06 12 34 56 78" in team and "lundi matin" in team and "Il fait 40 degrés." in team


def auditor_checks(stage: Stage) -> None:
    """(f) An auditor searches, pastes a number, opens the dossier, an act, its path, its receipt."""
    auditor = stage.someone()
    auditor.open("/")
    auditor.write("Un mot, un lieu, un numéro", "BANC dossier")
    auditor.press("Chercher")
    auditor.see("résultat")
    auditor.follow("Des bancs avec un dossier")
    assert auditor.address() == "/dossiers/GEPI-2026-0012"
    auditor.see("Les étapes", "Ce qui a été décidé", "On le fait")
    auditor.follow("N° ")
    auditor.see("La preuve", "Racine signée", "Empreinte voisine")
    position = auditor.page.locator("h1").inner_text().split()[-1]
    auditor.follow("Comment vérifier")
    auditor.write("Numéro de l’acte", "999999")
    auditor.press("Voir sa preuve")
    auditor.see("Cet acte n’est pas dans le journal")
    auditor.write("Numéro de l’acte", position)
    auditor.press("Voir sa preuve")
    assert re.fullmatch(r"/journal/\d+#preuve", auditor.address()), auditor.address()
    auditor.follow("Le reçu de cet acte")
    auditor.see(f"Reçu de l’acte n° {position}", "Promesse tenue")
    auditor.open("/recherche")
    auditor.write("Un mot, un lieu, un numéro", "gepi 2026 12")
    auditor.press("Chercher", where="main [role=search]")
    auditor.see("Des bancs avec un dossier", "Les étapes")
    auditor.open("/recherche")
    auditor.write("Un mot, un lieu, un numéro", "vegetalisation")
    auditor.press("Chercher", where="main [role=search]")
    auditor.see("Aucun résultat pour “vegetalisation”")
    auditor.open("/journal")
    auditor.unfold("Filtrer")
    auditor.select("Nature de l’acte", "Réponse donnée")
    auditor.press("Filtrer", where="main form")
    auditor.see("Réponse donnée", "Tout voir")
    auditor.see_not("Proposition mise en discussion le")


def travels_in_time(stage: Stage) -> None:
    """(j) The page of a dossier as it was one day, and as it was at one act."""
    reader = stage.someone()
    reader.open("/dossiers/GEPI-2026-0012")
    reader.see("On le fait")
    day = reader.page.locator(".etape", has_text="Parlée en groupe").inner_text()
    reader.unfold("Voir cette page à une autre date")
    reader.day("Ce jour-là", stage.day(-90))
    reader.press("Voir", where="main details")
    reader.see("Vous voyez cette page telle qu’elle était", "Pas encore de réponse des responsables")
    reader.see_not("Quarante bancs")
    reader.follow("Revenir à aujourd’hui")
    reader.see("On le fait", day.split("\n")[0])
    reader.open("/dossiers/GEPI-2026-0012?au=100")
    reader.see("Ce dossier n’existait pas encore")
