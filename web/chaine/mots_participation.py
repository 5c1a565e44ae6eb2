"""Words of the nodes of a proposition, of a collège's budget and of a vote."""

from datetime import date
from typing import Any

from domain.budget_participatif import events as b
from domain.calendrier import date_longue
from domain.propositions import events as p
from domain.scrutins import events as s
from web.chaine.mot import Contexte, Delai, Fait, Ligne, Mot, Mots, ecart, jours
from web.colleges.mots import phrase as phrase_du_budget
from web.propositions.flux import fold
from web.propositions.mots import phrase as phrase_de_proposition


def _proposition(event: Any, contexte: Contexte) -> str:
    return phrase_de_proposition(event, contexte.annuaire)


def _budget(event: Any, contexte: Contexte) -> str:
    return phrase_du_budget(event)


def _projet(event: Any, contexte: Contexte) -> str:
    """The same, after the name of the project that it is about."""
    mine = next((f for f in contexte.faits if f.event is event), None)
    names = [f.event.titre for f in contexte.faits if mine and f.dossier == mine.dossier
             and isinstance(f.event, b.ProjetArrete) and f.event.projet == event.projet]  # fmt: skip
    return f"« {names[0]} » : {phrase_du_budget(event)}" if names else phrase_du_budget(event)


def _avant(nom: str) -> Any:
    """The delay that the rule of the filing gives for this step."""

    def delai(fait: Fait, contexte: Contexte) -> Delai | None:
        filed = contexte.du_dossier(fait, p.PropositionDeposee)
        term = attendu(fait.dossier, contexte, nom)
        if filed is None or term is None:
            return None
        return Delai(f"{jours((fait.le - filed.le).days)} après le dépôt, terme le {date_longue(term)}",
                     fait.le <= term)  # fmt: skip

    return delai


def attendu(dossier: str, contexte: Contexte, nom: str) -> date | None:
    """`lecture_avant` or `suite_avant` of this proposition, as its own fold has it."""
    facts = (f.fact for f in contexte.faits if f.dossier == dossier and f.event.TOPIC.startswith("propositions/"))
    own = sorted(facts, key=lambda fact: fact.position)
    if not own or not isinstance(own[0].event, p.PropositionDeposee):
        return None
    found: date | None = getattr(fold(own)[0], nom)
    return found


def _vote_de(titre: str, *, decision: bool = False, decisif: bool = False, ligne: Ligne = "participation") -> Mot:
    return Mot(titre, ligne, _budget, decision=decision, decisif=decisif)


def _apres_la_cloture(fait: Fait, contexte: Contexte) -> Delai | None:
    shut = contexte.du_dossier(fait, s.ScrutinClos)
    if shut is None:
        return None
    said = ecart(shut.le, fait.le)
    return Delai("Le jour de la clôture" if fait.le == shut.le else f"{said} la clôture")


P: Ligne = "participation"
PROPOSITIONS: Mots = {
    p.PropositionDeposee: Mot("Proposition déposée", P, _proposition, decisif=True),
    p.PropositionQualifiee: Mot("Lue par l’équipe", P, _proposition, _avant("lecture_avant")),
    p.QualificationRectifiee: Mot("Classement rectifié", P, _proposition),
    p.SituationOrientee: Mot("Une aide est indiquée", P, _proposition),
    p.PropositionMiseEnDiscussion: Mot("Parlée en groupe", P, _proposition, decisif=True),
    p.PropositionAdoptee: Mot("Portée par le groupe", P, _proposition, decisif=True),
    p.PropositionTransmise: Mot("Envoyée aux responsables", texte=_proposition),
    p.SuiteDonnee: Mot("Réponse", texte=_proposition, delai=_avant("suite_avant"), decisif=True, decision=True),
    p.PropositionRestituee: Mot("Réponse rendue à la personne", P, _proposition),
    p.IncomprehensionSignalee: Mot("« Je n’ai pas compris »", P, _proposition),
    p.RappelNote: Mot("Rappel", P, _proposition),
    p.ComprehensionConfirmee: Mot("« J’ai compris »", P),
    p.PropositionClose: Mot("Dossier terminé", P),
    p.PropositionRetiree: Mot("Proposition retirée", P, _proposition, decisif=True),
}
BUDGETS: Mots = {
    b.IntentionDeposee: Mot("Le collège participe", P, _budget, decisif=True),
    b.IdeesOuvertes: Mot("Idées ouvertes", P, _budget),
    b.IdeesCloses: Mot("Idées closes", P),
    b.ProjetArrete: Mot("Projet proposé", P, _budget),
    b.ListeArretee: Mot("Liste arrêtée", P, _budget),
    b.ScrutinRattache: Mot("Vote préparé", P, _budget),
    b.CandidatureDeposee: Mot("Candidature envoyée à la Métropole", P, _budget, decisif=True),
    b.InstructionRendue: Mot("Examen technique", texte=_projet),
    b.JuryDelibere: Mot("Jury", texte=_projet, decisif=True),
    b.AllocationVotee: Mot("Somme votée par le Conseil", texte=_budget, decisif=True, decision=True),
    b.TravauxCommandes: Mot("Travaux commandés", texte=_projet),
    b.RealisationConstatee: Mot("Réalisé", texte=_projet, decisif=True),
    b.ProjetInaugure: Mot("Ouvert à tous", P, _projet, decisif=True),
    b.ProjetAbandonne: Mot("Projet abandonné", texte=_projet, decisif=True),
}
VOTES: Mots = {
    s.ScrutinCree: _vote_de("Vote préparé"),
    s.ReglesConfirmees: Mot("Règles confirmées par une seconde personne", P),
    s.ClesDuScrutinPubliees: Mot("Clé du vote publiée", P, lambda e, c: f"Couche : {e.couche}."),
    s.BilletsCrees: Mot("Billets de vote créés", P, lambda e, c: f"{e.n} billets."),
    s.ScrutinOuvert: _vote_de("Bureau de vote ouvert"),
    s.IncidentConsigne: Mot("Incident noté", P, lambda e, c: e.texte),
    s.ScrutinClos: _vote_de("Vote clos"),
    s.CoucheOuverte: Mot("Une couche des bulletins ouverte", P, lambda e, c: f"Couche : {e.couche}."),
    s.ScrutinDepouille: Mot("Dépouillement", P, _budget, _apres_la_cloture),
    s.ResultatProclame: _vote_de("Résultat proclamé", decision=True, decisif=True),
    s.ReclamationDeposee: Mot("Réclamation", P, lambda e, c: f"Réclamation n° {e.rang}."),
    s.ReclamationTranchee: Mot("Réclamation tranchée", texte=lambda e, c: e.motif),
    s.ScrutinAnnule: _vote_de("Vote annulé", decisif=True),
    s.UrneEffacee: Mot("Urne effacée", P, lambda e, c: f"{e.n} bulletins scellés détruits."),
    s.ClesDetruites: Mot("Clés détruites", P),
    s.ScrutinImporte: Mot("Élection importée", P, lambda e, c: e.source, decision=True),
}
MOTS: Mots = PROPOSITIONS | BUDGETS | VOTES
