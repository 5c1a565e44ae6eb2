"""The steps of « Dire »: which screens a person sees, in which order, and what is wrong with an answer.

Nothing is kept on the server: every screen carries the answers given so far in hidden fields, so that going back,
reloading or losing the network loses nothing. A screen is shown only when the answers before it are right.
"""

from collections.abc import Callable, Mapping

from domain.coordonnees import courriel, telephone
from domain.errors import RegleViolee
from domain.propositions.deposer_proposition import SIGNES_ADRESSE, SIGNES_PRENOM
from domain.texte import SIGNES_PROPOSITION, ligne, ligne_ou_rien, nettoye, propre

Reponses = dict[str, str]
Fautes = dict[str, str]

CHAMPS = (
    "instance", "avec", "texte", "reponse_par", "courriel", "telephone", "adresse", "prenom", "lecture",
    "aidant_nom", "aidant_structure", "relu", "cle",
)  # fmt: skip
CONTACTS = {"courriel": "courriel", "telephone": "telephone", "courrier": "adresse"}
LECTURES = ("equipe", "tous_sans_nom", "tous_avec_prenom")
CLE_MIN = 16

CHOISIR = "Choisissez une réponse."
PRENOM_MANQUE = "Vous avez choisi « avec mon prénom » : écrivez votre prénom, ou choisissez une autre réponse."
RELU = "Relisez le texte à la personne, puis cochez cette case."


def lire(fields: Mapping[str, str]) -> Reponses:
    """The known answers of a form, cleaned of what cannot be seen."""
    return {name: nettoye(fields.get(name, "")) for name in CHAMPS}


def parcours(reponses: Reponses) -> list[str]:
    """The screens for these answers, in order."""
    demande_ou = ["coordonnees"] if reponses["reponse_par"] in CONTACTS else []
    return ["ecrire", "reponse", *demande_ou, "prenom", "lecture", "relecture"]


def fautes(etape: str, reponses: Reponses) -> Fautes:
    """What is wrong on this screen: {field: message}."""
    match etape:
        case "ecrire":
            return _essai("texte", lambda: propre(reponses["texte"], SIGNES_PROPOSITION, "texte"))
        case "reponse":
            possibles = {*CONTACTS, "code"} | ({"aidant"} if reponses["avec"] == "aidant" else set())
            return {} if reponses["reponse_par"] in possibles else {"reponse_par": CHOISIR}
        case "coordonnees":
            return _coordonnees(reponses)
        case "prenom":
            return _essai("prenom", lambda: ligne_ou_rien(reponses["prenom"], "prenom", "Le prénom", SIGNES_PRENOM))
        case "lecture":
            return _lecture(reponses)
        case "relecture":
            return _relecture(reponses)
    return {}


def avant(etape: str, reponses: Reponses) -> tuple[str, Fautes]:
    """The screen to show when `etape` is asked for: itself, or the first one before it with something wrong."""
    for passee in parcours(reponses):
        if passee == etape:
            break
        if trouvees := fautes(passee, reponses):
            return passee, trouvees
    return etape, {}


def premiere_faute(reponses: Reponses) -> tuple[str, Fautes] | None:
    """The first screen with something wrong, or None when all can be filed."""
    for etape in parcours(reponses):
        if trouvees := fautes(etape, reponses):
            return etape, trouvees
    return None


def _essai(champ: str, controle: Callable[[], object]) -> Fautes:
    try:
        controle()
    except RegleViolee as refus:
        return {refus.field or champ: str(refus)}
    return {}


def _coordonnees(reponses: Reponses) -> Fautes:
    match reponses["reponse_par"]:
        case "courriel":
            return _essai("courriel", lambda: courriel(reponses["courriel"]))
        case "telephone":
            return _essai("telephone", lambda: telephone(reponses["telephone"]))
        case "courrier":
            return _essai("adresse", lambda: propre(reponses["adresse"], SIGNES_ADRESSE, "adresse", "L'adresse"))
    return {}


def _lecture(reponses: Reponses) -> Fautes:
    if reponses["lecture"] not in LECTURES:
        return {"lecture": CHOISIR}
    avec_prenom = reponses["lecture"] == "tous_avec_prenom"
    return {"lecture": PRENOM_MANQUE} if avec_prenom and not reponses["prenom"] else {}


def _relecture(reponses: Reponses) -> Fautes:
    if reponses["avec"] != "aidant":
        return {}
    structure, nom = reponses["aidant_structure"], reponses["aidant_nom"]
    found = _essai("aidant_structure", lambda: ligne(structure, "aidant_structure", "Le nom de la structure"))
    found |= _essai("aidant_nom", lambda: ligne(nom, "aidant_nom", "Votre nom"))
    return found if reponses["relu"] == "oui" else found | {"relu": RELU}
