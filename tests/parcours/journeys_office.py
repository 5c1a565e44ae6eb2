"""The journeys of those who answer: read, discuss, answer, close; two at once; erase."""

from tests.parcours.hands import Hands
from tests.parcours.stage import Stage
from tests.parcours.visitor import Visitor

FACILITATOR, COORDINATION, OFFICER = "Animation du GEPI", "Coordination des réponses", "Protection des données"
TITLE = "Un banc à l’arrêt du bus"


def facilitator_works(stage: Stage) -> None:
    """(d) « Ma semaine »: she reads, sorts, publishes, notes a session, sends to those in charge."""
    reference, _ = stage.filed(texte="Un banc à l’arrêt du bus, pour ma mère.", lecture="tous_sans_nom")
    agent = stage.someone()
    agent.open(f"/bureau/propositions/{reference}")
    agent.see("Espace des équipes")
    agent.press(FACILITATOR)
    agent.see("Proposition à lire", "pour ma mère")
    agent.open("/bureau")
    agent.see("Ma semaine")
    agent.open(f"/bureau/propositions/{reference}")
    agent.press("Lire et classer")
    agent.error_has_focus()
    agent.write("Titre court et neutre", TITLE)
    agent.select("Thème", "Cadre de vie et déplacements")
    agent.select("Qui peut décider", "La Métropole")
    agent.press("Lire et classer")
    agent.see("Lue par l’équipe", TITLE)
    agent.choose("Publier le texte")
    agent.press("Décider de la publication")
    agent.see("Texte relu par une personne de l’équipe, puis publié.")
    _public(stage, reference, "pour ma mère")
    agent.open("/bureau")
    agent.follow("Saisir une séance")
    agent.day("Date de la séance", stage.day())
    agent.write("Lieu", "Maison de la Métropole de Vénissieux")
    agent.write("Nombre de personnes", "onze")
    _tick(agent, f"parlee-{reference}", f"portee-{reference}")
    agent.press("Enregistrer la séance")
    agent.error_has_focus()
    assert agent.page.locator(f"#parlee-{reference}").is_checked() and agent.value("Lieu").endswith("Vénissieux")
    agent.write("Nombre de personnes", "11")
    agent.press("Enregistrer la séance")
    agent.see("Ma semaine")
    agent.open(f"/bureau/propositions/{reference}")
    agent.see("Le groupe porte cette proposition, par consensus", "11 personnes")
    agent.write("Service", "Direction des solidarités")
    agent.press("Envoyer aux responsables")
    agent.see("Envoyée aux responsables : Direction des solidarités")


def answer_and_close(stage: Stage) -> None:
    """(e) Two agents answer at once: one wins, the other is told and keeps her words. Then it is closed."""
    reference, words = stage.filed(lecture="equipe")
    team = stage.office("animation-gepi")
    team.act(reference, "qualifier", titre=TITLE, theme="cadre_de_vie", competence="metropole")
    team.wait_until_ready()
    first, second = stage.agent(COORDINATION), stage.agent(COORDINATION)
    for agent, motif in ((first, "Le banc est commandé."), (second, "Le banc arrive en mai.")):
        agent.open(f"/bureau/propositions/{reference}")
        if not agent.page.get_by_label("Pourquoi").first.is_visible():
            agent.unfold("Donner la réponse")
        agent.choose("On le fait")
        agent.write("Pourquoi", motif)
    first.press("Donner la réponse")
    first.see("On le fait", "Le banc est commandé.")
    second.press("Donner la réponse")
    second.see("Déjà fait", "Coordination")
    second.error_has_focus()
    assert second.value("Pourquoi") == "Le banc arrive en mai."
    agent = stage.agent(FACILITATOR)
    agent.open(f"/bureau/propositions/{reference}")
    agent.select("Comment", "Par téléphone")
    agent.press("La réponse a été rendue")
    agent.see("Réponse rendue")
    her = stage.someone()
    her.open("/suivi")
    her.write("Votre code en quatre mots", words)
    her.press("Voir ma page")
    her.follow("J’ai compris")
    her.press("Oui, j’ai compris")
    her.see("Vous avez dit : « J’ai compris »")
    agent.open(f"/bureau/propositions/{reference}")
    agent.press("Terminer le dossier")
    agent.see("C’est terminé depuis")


def officer_erases(stage: Stage) -> None:
    """(i) A text is erased: it is nowhere any more, and the register says that it was erased."""
    secret = "Zanzibar" if stage.scripts else "Quiberon"
    reference, words = stage.filed(texte=f"Le camion de {secret} se gare mal.", lecture="tous_sans_nom")
    team = stage.office("animation-gepi")
    team.act(reference, "qualifier", titre="Le bruit", theme="cadre_de_vie", competence="commune")
    team.act(reference, "moderer", decision="publier")
    team.wait_until_ready()
    _public(stage, reference, secret)
    assert _shown(team, reference, secret, "camion")
    officer = stage.agent(OFFICER)
    officer.follow("Effacer des données")
    officer.write("Numéro du dossier", reference)
    officer.press("Ouvrir")
    officer.press("Effacer pour toujours")
    officer.error_has_focus()
    for box in officer.page.locator("main input[type=checkbox]").all():
        officer.tick(box)
    officer.choose("Une autre personne était nommée")
    officer.press("Effacer pour toujours")
    officer.see("ne contient plus de valeur effaçable", "Derniers effacements", reference)
    assert _shown(team, reference, secret, "camion") == []
    reader = stage.someone()
    reader.open(f"/dossiers/{reference}")
    reader.see("Effacé le", "une autre personne était nommée")
    reader.see_not(secret)
    her = stage.someone()
    her.open("/suivi")
    her.write("Votre code en quatre mots", words)
    her.press("Voir ma page")
    her.see("Effacé le")
    her.see_not(secret)


def _public(stage: Stage, reference: str, text: str) -> None:
    reader = stage.someone(width=320)
    reader.open(f"/dossiers/{reference}")
    reader.see(text)


def _tick(agent: Hands, *ids: str) -> None:
    for name in ids:
        agent.tick(agent.page.locator(f"#{name}"))


def _shown(team: Visitor, reference: str, text: str, word: str) -> list[str]:
    """Every address that still shows the text: pages, files, feeds, search for another word of it, the team's page."""
    dossier = f"/dossiers/{reference}"
    paths = [
        *(dossier + end for end in ("", ".json", ".atom", "?au=100000")),
        *(f"/recherche{end}?q={word}" for end in ("", ".atom")),
        *(f"/api/{end}" for end in (f"dossiers/{reference}", f"recherche?q={word}", "propositions", "journal")),
        *(f"/journal/{name}" for name in ("evenements.ndjson", "divulgations.ndjson")),
        *("/instances/gepi", "/instances/gepi.atom", "/opendata/propositions.csv"),
        f"/bureau/propositions/{reference}",
        *(f"/journal/{act['index']}" for act in team.get(dossier + ".json").json()["actes"]),
    ]
    answers = {path: team.get(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code not in (200, 400)} == {}
    return [path for path, answer in answers.items() if text in answer.text]
