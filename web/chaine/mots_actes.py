"""Words of the nodes of a deliberation and of a meeting."""

from typing import Any

from domain.chaines.events import JalonConstate
from domain.chaines.regles import CHAINE
from domain.deliberations import events as d
from domain.deliberations.regles import ENTREE_EN_VIGUEUR, ETAPES_DE_DELIBERATION
from domain.seances import events as s
from domain.seances.regles import CONVOCATION, PROCES_VERBAL
from web.chaine.mot import Contexte, Delai, Fait, Mot, Mots, ecart, jours
from web.deliberations.chaine import phrase_du_vote
from web.pages import date_heure

APRES_LE_VOTE = (d.DeliberationVotee,)


def _avant_la_seance(fait: Fait, contexte: Contexte) -> Delai | None:
    """« 25 jours avant la séance, 12 exigés »."""
    vote = contexte.du_dossier(fait, d.DeliberationVotee, s.SeanceOuverte)
    if vote is None:
        return None
    urgent = isinstance(fait.event, s.ConvocationEnvoyee) and fait.event.urgence
    least = int(CONVOCATION.parametres["jours_urgence" if urgent else "jours"])
    n = (vote.le - fait.le).days
    why = "exigé, en urgence" if urgent else "exigés"
    return Delai(f"{jours(n)} avant la séance, {least} {why}", n >= least, CONVOCATION.id)


def _apres_le_vote(fait: Fait, contexte: Contexte) -> Delai | None:
    vote = contexte.du_dossier(fait, *APRES_LE_VOTE)
    return Delai(_depuis(vote, fait)) if vote else None


def _depuis(vote: Fait, fait: Fait) -> str:
    return "Le jour du vote" if fait.le == vote.le else f"{ecart(vote.le, fait.le)} le vote"


def _publication_du_pv(fait: Fait, contexte: Contexte) -> Delai | None:
    adopted = contexte.du_dossier(fait, s.PvArrete)
    if adopted is None:
        return None
    n, most = (fait.le - adopted.le).days, int(PROCES_VERBAL.parametres["publication_jours"])
    return Delai(f"{jours(n)} après son adoption, {most} au plus", n <= most, PROCES_VERBAL.id)


def _vote(event: Any, contexte: Contexte) -> str:
    counts = [f.event for f in contexte.faits if f.dossier == event.seance and isinstance(f.event, s.QuorumConstate)]
    quorum = next((one for one in reversed(counts) if one.rang in (None, event.rang)), None)
    counted = f" Quorum : {quorum.seuil} présents exigés, {quorum.presents} comptés." if quorum else ""
    there = f"{event.presents} présents, {event.pouvoirs} pouvoirs."
    return f"{phrase_du_vote(event)} {there}{counted}"


def _jalon(event: Any, contexte: Contexte) -> str:
    return f"{event.qui}. {event.texte}" if event.texte else f"{event.qui}."


def _commission(event: Any, contexte: Contexte) -> str:
    return f"Commission {event.commission}{f' : {event.sens}' if event.sens else ''}."


def _motif(event: Any, contexte: Contexte) -> str:
    return str(event.motif)


def _vigueur(event: Any, contexte: Contexte) -> str:
    """« Exécutoire ce jour-là », on the later of the receipt and of the publication."""
    mine = next((f for f in contexte.faits if f.event is event), None)
    if mine is None:
        return ""
    both = [contexte.du_dossier(mine, kind) for kind in (d.ActeRecu, d.ActePublie)]
    found = [(f.le, f.fact.position) for f in both if f]
    return "Exécutoire ce jour-là." if len(found) == 2 and max(found) == (mine.le, mine.fact.position) else ""


def _publie(event: Any, contexte: Contexte) -> str:
    how = "Affichage." if event.mode == "affichage" else f"En ligne, empreinte {event.empreinte}."
    return f"{how} {_vigueur(event, contexte)}".rstrip()


ETAPE, VIGUEUR = ETAPES_DE_DELIBERATION.id, ENTREE_EN_VIGUEUR.id
RECOURS = {"gracieux": "Devant la Métropole.", "contentieux": "Devant le juge.", "defere": "Par le préfet."}
JUGE = {
    "rejete": "Rejeté.",
    "annulee": "La délibération est annulée.",
    "annulee_en_partie": "La délibération est annulée en partie.",
    "desistement": "Abandonné par qui l’avait formé.",
}

MOTS: Mots = {
    JalonConstate: Mot("Jalon", texte=_jalon, regle=CHAINE.id),
    d.ProjetDepose: Mot("Projet déposé", texte=lambda e, c: f"Rapporteur : {e.rapporteur}." if e.rapporteur else "",
                        regle=ETAPE),
    d.DeliberationImportee: Mot("Délibération d’une autre collectivité", decisif=True, decision=True,
                                texte=lambda e, c: f"{e.collectivite}. Source : {e.source}."),
    d.CommissionConsultee: Mot("Commission consultée", texte=_commission, regle=ETAPE),
    d.RapportAdresse: Mot("Rapport adressé aux membres", delai=_avant_la_seance, regle=CONVOCATION.id),
    d.InscriteALaSeance: Mot("Inscrite à l’ordre du jour", texte=lambda e, c: f"Point n° {e.rang}.", regle=ETAPE),
    d.DeliberationVotee: Mot("Vote", texte=_vote, regle=ETAPE, decisif=True, decision=True),
    d.ActeSigne: Mot("Signature", texte=lambda e, c: f"Par {e.qualite}.", delai=_apres_le_vote, regle=ETAPE),
    d.ActeTransmis: Mot("Transmission au préfet", delai=_apres_le_vote, regle=VIGUEUR,
                        texte=lambda e, c: f"Identifiant {e.id_actes}." if e.id_actes else ""),
    d.ActeRecu: Mot("Réception par le préfet", texte=_vigueur, delai=_apres_le_vote, regle=VIGUEUR),
    d.ActePublie: Mot("Publication ou affichage", texte=_publie, delai=_apres_le_vote, regle=VIGUEUR, decisif=True),
    d.ObservationsPrefet: Mot("Observations du préfet", texte=_motif, regle=VIGUEUR),
    d.RecoursForme: Mot("Recours formé", texte=lambda e, c: RECOURS[e.nature]),
    d.RecoursJuge: Mot("Recours jugé", texte=lambda e, c: f"{JUGE[e.issue]} {e.motif}", decisif=True),
    d.DeliberationRetiree: Mot("Délibération retirée", texte=_motif, decisif=True),
    d.DeliberationRectifiee: Mot(
        "Erreur corrigée",
        texte=lambda e, c: f"{e.champ} : « {e.avant} » devient « {e.apres} ». {e.motif}"),
    s.SeancePlanifiee: Mot("Séance prévue", texte=lambda e, c: f"Pour le {date_heure(e.prevue_le)}. {e.lieu}."),
    s.PointInscrit: Mot("Point inscrit à l’ordre du jour", texte=lambda e, c: f"Point n° {e.rang} : {e.objet}."),
    s.ConvocationEnvoyee: Mot("Convocation", delai=_avant_la_seance, regle=CONVOCATION.id,
                              texte=lambda e, c: f"En urgence : {e.motif}" if e.urgence else ""),
    s.SeanceReportee: Mot("Séance reportée", texte=lambda e, c: f"Au {date_heure(e.au)}. {e.motif}"),
    s.SeanceAnnulee: Mot("Séance annulée", texte=_motif),
    s.SeanceOuverte: Mot("Séance ouverte"),
    s.QuorumConstate: Mot("Quorum constaté", texte=lambda e, c: (
        f"{e.presents} présents, {e.seuil} exigés{f', point n° {e.rang}' if e.rang else ''}.")),
    s.HuisClosDecide: Mot("Huis clos décidé", texte=_motif),
    s.UrgenceVotee: Mot("Urgence votée", texte=lambda e, c: "Elle est admise." if e.admise else "Elle est refusée."),
    s.DeportDeclare: Mot("Déport déclaré", texte=lambda e, c: f"Point n° {e.rang} : un membre intéressé sort."),
    s.AuditionTenue: Mot("Audition", texte=lambda e, c: f"{e.qualite}, point n° {e.rang}."),
    s.ScrutinDemande: Mot("Scrutin public ou secret demandé", texte=lambda e, c: (
        f"Point n° {e.rang} : {'accordé' if e.accorde else 'refusé'}, {e.seuil} demandes exigées.")),
    s.VoteCompte: Mot("Vote compté", decision=True, texte=lambda e, c: (
        f"Point n° {e.rang} : {e.presents} présents, {e.pouvoirs} pouvoirs.")),
    s.PointRenvoye: Mot("Point renvoyé", texte=lambda e, c: f"Point n° {e.rang}. {e.motif}"),
    s.SeanceLevee: Mot("Séance levée"),
    s.PvRedige: Mot("Procès-verbal rédigé", regle=PROCES_VERBAL.id),
    s.PvArrete: Mot("Procès-verbal arrêté", regle=PROCES_VERBAL.id,
                    texte=lambda e, c: f"À la séance {e.a_la_seance}."),
    s.PvPublie: Mot("Procès-verbal publié", delai=_publication_du_pv, regle=PROCES_VERBAL.id),
    s.RectificationEnregistree: Mot("Erreur rectifiée", texte=_motif),
}  # fmt: skip
