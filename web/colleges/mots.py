"""The words that pages use for the participatory budget: states, one sentence per event, amounts and days."""

from datetime import date, datetime

from domain.budget_participatif import events as e
from domain.ledger.event import Event
from domain.money import euros_ronds
from domain.scrutins import events as s
from web.pages import DAYS, MONTHS, NBSP, date_longue, local, nombre

ETAPES_EDITION = {
    "lancee": "Annonce",
    "intentions": "Intentions des collèges",
    "candidatures": "Candidatures",
    "instruction": "Examen technique",
    "jury": "Jury",
    "deliberation": "Vote du Conseil",
    "elaboration": "Préparation des travaux",
    "travaux": "Travaux",
    "bilan": "Bilan",
}
ETATS = {
    "intention": "Le collège participe",
    "idees": "Les idées arrivent",
    "etude": "Les idées sont étudiées",
    "liste": "La liste est prête",
    "vote": "Le vote",
    "candidature": "Candidature envoyée",
    "finance": "Somme votée",
    "travaux": "Travaux",
    "realise": "Réalisé",
    "ouvert": "Ouvert à tous",
}
ETATS_PROJET = {
    "propose": "Proposé",
    "au_vote": "Soumis au vote",
    "elu": "Choisi par le vote",
    "non_elu": "Pas choisi par le vote",
    "candidat": "Candidat à la Métropole",
    "examine": "Examiné",
    "retenu": "Retenu par le jury",
    "non_retenu": "Pas retenu par le jury",
    "finance": "Financé",
    "commande": "En travaux",
    "realise": "Réalisé",
    "ouvert": "Ouvert à tous",
    "abandonne": "Abandonné",
}
ETATS_IDEE = {
    "recue": "Reçue, bientôt lue",
    "publiee": "À étudier",
    "ecartee": "Écartée",
    "regroupee": "Regroupée",
    "recevable": "Possible",
    "non_recevable": "Pas possible",
    "au_vote": "Dans un projet",
}
FINIS = ("realise", "ouvert", "finance")
CANAUX = {"classe": "donnée en classe", "boite": "déposée dans la boîte", "formulaire": "donnée par le formulaire"}
MOTIFS_ECART = {
    "hors_sujet": "hors sujet",
    "donnees_personnelles": "elle parlait d’une personne",
    "propos_illicites": "propos interdits par la loi",
    "deja_fait": "déjà fait",
    "hors_competence": "ni le collège ni la Métropole ne peuvent en décider",
}
AVIS = {"recevable": "C’est possible", "non_recevable": "Ce n’est pas possible"}
DECISIONS_JURY = {"retenu": "Retenu", "non_retenu": "Pas retenu"}


def jour_mois(moment: date | None) -> str:
    """« 20 janvier »."""
    if moment is None:
        return ""
    day = local(moment)
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"


def jour_heure(moment: datetime) -> str:
    """« lundi 8 mars à 8 h », « vendredi 12 mars à 17 h 30 »."""
    at = local(moment)
    assert isinstance(at, datetime)
    minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
    return f"{DAYS[at.weekday()]} {jour_mois(at)} à {at.hour}{NBSP}h{minutes}"


def phrase(event: Event) -> str:
    """What happened, in one plain sentence; never a pupil's words."""
    match event:
        case e.IntentionDeposee():
            return f"Le collège participe, avec {euros_ronds(event.budget_cents)}. Décision : {event.adoptee_par}."
        case e.IdeesOuvertes():
            return f"Les idées sont ouvertes jusqu’au {date_longue(event.jusqu_au)}."
        case e.IdeesCloses():
            return "Les idées sont closes."
        case e.ProjetArrete():
            return f"Projet proposé : « {event.titre} », {euros_ronds(event.cout_cents)}."
        case e.ListeArretee():
            return f"La liste est arrêtée : {len(event.projets)} projets."
        case e.ScrutinRattache():
            return f"Le vote du collège porte le numéro {event.scrutin}."
        case e.CandidatureDeposee():
            asked = euros_ronds(event.montant_cents)
            return f"Le collège envoie {projets(len(event.projets))} à la Métropole, pour {asked}."
        case e.AllocationVotee():
            return f"Le Conseil a voté {euros_ronds(event.montant_cents)} (délibération {event.deliberation})."
        case _ if event.TOPIC.startswith("scrutins/"):
            return phrase_du_vote(event)
    return phrase_du_projet(event) or phrase_d_idee(event)


def phrase_du_projet(event: Event) -> str:
    """The same, for what happens to one project after the vote."""
    match event:
        case e.InstructionRendue():
            return f"Examen technique : {AVIS[event.avis].lower()}. {event.motif}"
        case e.JuryDelibere():
            return f"Le jury : {DECISIONS_JURY[event.decision].lower()}. {event.motif}"
        case e.TravauxCommandes():
            pour = f", prévus pour le {date_longue(event.prevus_pour)}" if event.prevus_pour else ""
            return f"Les travaux sont commandés{pour}."
        case e.RealisationConstatee():
            return f"C’est réalisé, pour {euros_ronds(event.cout_reel_cents)}. {event.description}"
        case e.ProjetInaugure():
            return "C’est ouvert à tous."
        case e.ProjetAbandonne():
            return f"Projet abandonné. {event.motif}"
        case e.ProjetIllustre():
            return f"Une image montre le projet : {event.description}"
        case e.ImageRetiree():
            return f"Une image est retirée. {event.motif}"
    return ""


def phrase_d_idee(event: Event) -> str:
    """The same, for an idea."""
    match event:
        case e.IdeeDeposee():
            lieu = f" ({event.lieu})" if event.lieu else ""
            return f"Idée {CANAUX[event.canal]}{lieu}."
        case e.IdeeModeree(decision="publier"):
            return f"Idée lue par le collège : « {event.titre} »."
        case e.IdeeModeree():
            return f"Idée écartée : {MOTIFS_ECART[event.motif or 'hors_sujet']}."
        case e.IdeeRegroupee():
            return f"Idée regroupée avec {event.dans}. {event.motif}"
        case e.FaisabiliteRendue():
            cout = f" Coût : {euros_ronds(event.cout_cents)}." if event.cout_cents else ""
            return f"{AVIS[event.avis]}. {event.motif}{cout}"
    return f"{type(event).__name__}."


def phrase_du_vote(event: Event) -> str:
    """The same, for the few facts of the scrutin that this dossier shows."""
    match event:
        case s.ScrutinCree():
            return f"Le vote est préparé : du {jour_heure(event.ouvre_le)} au {jour_heure(event.ferme_le)}."
        case s.DepouillementAnnonce():
            return f"Le dépouillement est annoncé : {jour_heure(event.quand)}, {event.lieu}."
        case s.ScrutinOuvert():
            return "Le bureau de vote est ouvert."
        case s.ScrutinClos():
            return f"Le vote est fini : {nombre(event.n_urne)} bulletins dans l’urne."
        case s.ScrutinDepouille():
            return f"Le dépouillement est fait : {nombre(event.n_bulletins)} bulletins comptés."
        case s.ResultatProclame():
            return f"Le résultat est proclamé : {projets(len(event.gagnants))}."
        case s.ScrutinAnnule():
            return f"Le vote est annulé. {event.motif}"
    return f"{type(event).__name__}."


def projets(n: int) -> str:
    """« 1 projet », « 3 projets »."""
    return f"{n} projet{'s' if n > 1 else ''}"


def eleves(n: int | None) -> str:
    """« 540 élèves »; nothing when it is not known."""
    return f"{nombre(n)} élève{'s' if n > 1 else ''}" if n else ""
