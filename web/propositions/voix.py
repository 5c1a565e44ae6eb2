"""Two voices for the same page: « vous », and « tu » for pupils. Templates say `t("…")`.

One sentence, written once with « vous »; TU says how each turn is said to a pupil. What is not in it is the same in
both: most sentences are.
"""

from collections.abc import Callable

from projections.instances import InstanceRow

TU = (
    ("Dites-le", "Dis-le"),
    ("Avec vos mots", "Avec tes mots"),
    ("avec vos mots", "avec tes mots"),
    ("écrit pour vous. Elle vous relit tout", "écrit pour toi. Elle te relit tout"),
    ("Vous pouvez arrêter quand vous voulez", "Tu peux arrêter quand tu veux"),
    ("Vous avez déjà un code", "Tu as déjà un code"),
    ("Votre Maison de la Métropole", "Ta Maison de la Métropole"),
    ("N’écrivez pas", "N’écris pas"),
    ("Écrivez", "Écris"),
    ("écrivez", "écris"),
    ("omment vous répondre", "omment te répondre"),
    ("Où vous répondre", "Où te répondre"),
    ("Pour vous répondre", "Pour te répondre"),
    ("à vous répondre", "à te répondre"),
    ("Quel est votre prénom", "Quel est ton prénom"),
    ("Qui peut lire votre message", "Qui peut lire ton message"),
    ("Choisissez", "Choisis"),
    ("Votre message", "Ton message"),
    ("Votre adresse", "Ton adresse"),
    ("Votre numéro", "Ton numéro"),
    ("Votre nom", "Ton nom"),
    ("Votre prénom", "Ton prénom"),
    ("Votre téléphone", "Ton téléphone"),
    ("Vos choix", "Tes choix"),
    ("laissez vide", "laisse vide"),
    ("Votre parole", "Ta parole"),
    ("Gardez cette page", "Garde cette page"),
    ("retrouver votre page", "retrouver ta page"),
    ("reçoivent votre idée", "reçoivent ton idée"),
    ("Vous avez une réponse", "Tu as une réponse"),
    ("à vous\u00a0? Fermez cette page quand vous avez noté", "à toi\u00a0? Ferme cette page quand tu as noté"),
    ("va vous rappeler. Vous pouvez aussi venir", "va te rappeler. Tu peux aussi venir"),
    ("Vous avez dit", "Tu as dit"),
    ("Vous avez compris", "Tu as compris"),
    ("Une aide pour vous", "Une aide pour toi"),
    ("Ce que vous avez dit", "Ce que tu as dit"),
    ("Ce que vous voulez ajouter", "Ce que tu veux ajouter"),
    ("votre faute", "ta faute"),
    ("va vous expliquer", "va t’expliquer"),
    ("vous parlera à la prochaine réunion, ou par le moyen que vous aviez choisi", "te parlera à la prochaine"
     " réunion, ou par le moyen que tu avais choisi"),
    ("Quand vous appeler", "Quand t’appeler"),
    ("Raccourcissez votre texte, ou faites deux envois", "Raccourcis ton texte, ou fais deux envois"),
    ("puis recommencez", "puis recommence"),
    ("Vous n'avez rien à faire", "Tu n'as rien à faire"),
    ("va vous appeler", "va t'appeler"),
    ("Vous avez déjà dit que vous avez compris", "Tu as déjà dit que tu as compris"),
    ("Vous avez déjà demandé", "Tu as déjà demandé"),
    ("Déposez-en une nouvelle", "Déposes-en une nouvelle"),
    ("Attendez", "Attends"),
    ("Votre premier message est déjà enregistré", "Ton premier message est déjà enregistré"),
    ("avec votre code", "avec ton code"),
    ("ouvrez", "ouvre"),
    ("Votre code", "Ton code"),
    ("Vérifiez", "Vérifie"),
    ("Vous pouvez venir", "Tu peux venir"),
)  # fmt: skip
ELEVES = ("jeunes", "college")


def voix(instance: InstanceRow) -> Callable[[str], str]:
    """How this instance speaks to people."""
    return tutoie if instance.type in ELEVES else str


def tutoie(texte: str) -> str:
    """The same, to a pupil."""
    for vous, tu in TU:
        texte = texte.replace(vous, tu)
    return texte
