"""The words that pages use for what events say: labels, one sentence per event, the steps of the frise."""

from domain.calendrier import date_longue
from domain.effacements import events as effacements
from domain.ledger.event import Event
from domain.propositions import events as e
from domain.propositions.regles import THEMES
from web.propositions.instances import Annuaire

ETATS = {
    "recue": "Reçue",
    "lue": "Lue par l’équipe",
    "discutee": "Parlée en groupe",
    "adoptee": "Portée par le groupe",
    "transmise": "Envoyée aux responsables",
    "repondue": "Réponse donnée",
    "restituee": "Réponse rendue",
    "close": "Terminée",
    "retiree": "Retirée",
}

SUITES = {
    "on_le_fait": "On le fait",
    "en_partie": "On le fait en partie",
    "deja_prevu": "C’est déjà prévu",
    "on_ne_peut_pas": "On ne peut pas, parce que…",
    "pas_nous": "Ce n’est pas nous, c’est…",
}

COMPETENCES = {
    "metropole": "La Métropole",
    "commune": "Une commune",
    "etat": "L’État",
    "autre": "Un autre organisme",
}

MODES_ADOPTION = {"consensus": "par consensus", "vote": "par un vote"}

RESTITUTIONS = {
    "reunion": "en réunion",
    "courriel": "par e-mail",
    "telephone": "par téléphone",
    "courrier": "par courrier",
    "aidant": "par la personne qui aide",
    "page": "sur la page de suivi",
}

CANAUX = {"ecrit": "par écrit", "avec_aide": "avec l’aide de quelqu’un", "session": "en session"}

MOTIFS_EFFACEMENT = {
    "demande_de_la_personne": "demande de la personne",
    "tiers_nomme": "une autre personne était nommée",
    "moderation": "modération",
    "duree_de_conservation": "fin de la durée de conservation",
}

MOTIFS_DE_RESERVE = {
    "donnees_personnelles": "données personnelles",
    "tiers_nomme": "une autre personne est nommée",
    "situation_individuelle": "situation individuelle",
    "propos_illicites": "propos interdits par la loi",
}


def phrase(event: Event, names: Annuaire) -> str:
    """What happened, in one plain sentence; no erasable value."""
    match event:
        case e.PropositionDeposee():
            return f"Proposition déposée {CANAUX[event.canal]}."
        case e.PropositionQualifiee():
            return f"Lue par l’équipe : « {event.titre} » (thème : {theme(event.theme)})."
        case e.QualificationRectifiee():
            return f"Lecture corrigée : « {event.titre} » (thème : {theme(event.theme)}). Motif : {event.motif}"
        case e.SituationOrientee():
            return f"Une aide a été indiquée : {names.nom(event.service)}."
        case e.PublicationModeree(decision="publier"):
            return "Texte relu par une personne de l’équipe, puis publié."
        case e.PublicationModeree():
            motif = f" Motif : {MOTIFS_DE_RESERVE[event.motif]}." if event.motif else ""
            return f"Texte relu par une personne de l’équipe, et gardé pour l’équipe.{motif}"
        case e.PropositionMiseEnDiscussion():
            quand = date_longue(event.session_le)
            return f"Parlée en groupe le {quand}, {event.lieu} : {personnes(event.participants)}."
        case e.PropositionAdoptee(mode="vote"):
            compte = f"{event.pour} pour, {event.contre} contre, {event.abstentions} abstentions"
            return f"Le groupe porte cette proposition. Vote : {compte}."
        case e.PropositionAdoptee():
            return "Le groupe porte cette proposition, par consensus."
        case e.PropositionTransmise():
            pilote = f", pilote : {event.pilote}" if event.pilote else ""
            return f"Envoyée aux responsables : {names.nom(event.service)}{pilote}."
        case e.SuiteDonnee():
            label = SUITES[event.suite]
            return f"Réponse : {label}{'' if label.endswith('…') else '.'} {event.motif}"
        case e.PropositionRestituee():
            return f"Réponse rendue {RESTITUTIONS[event.mode]}{f', {event.lieu}' if event.lieu else ''}."
        case e.IncomprehensionSignalee():
            return "« Je n’ai pas compris » : l’équipe doit rappeler."
        case e.RappelNote(issue="joint"):
            return "L’équipe a rappelé et expliqué."
        case e.RappelNote():
            return "L’équipe a rappelé, sans réponse."
        case e.ComprehensionConfirmee():
            return "« J’ai compris. »"
        case e.ComplementAjoute():
            return "La personne a ajouté quelque chose, pour l’équipe."
        case e.PropositionClose():
            return "Dossier terminé."
        case e.PropositionRetiree():
            return "Retirée par la personne."
    return _effacement(event)


def _effacement(event: Event) -> str:
    match event:
        case effacements.EffacementDemande():
            return f"Effacement décidé. Motif : {MOTIFS_EFFACEMENT[event.motif]}."
        case effacements.EffacementExecute():
            return f"Données effacées. Motif : {MOTIFS_EFFACEMENT[event.motif]}."
    return type(event).__name__


def theme(cle: str) -> str:
    """The theme's name, from the rule that lists them."""
    return str(THEMES.parametres.get(cle, cle))


def personnes(nombre: int) -> str:
    """« 1 personne », « 11 personnes »."""
    return f"{nombre} personne{'s' if nombre > 1 else ''}"
