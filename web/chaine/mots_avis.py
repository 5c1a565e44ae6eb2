"""Words of the nodes of a saisine and of its avis."""

from datetime import date
from typing import Any

from domain.avis import events as a
from domain.calendrier import date_longue
from web.chaine.mot import Contexte, Delai, Fait, Mot, Mots, jours

SENS = {
    "favorable": "Favorable",
    "favorable_avec_reserves": "Favorable avec réserves",
    "defavorable": "Défavorable",
    "sans_avis": "Pas d’avis",
    "repute_favorable": "Réputé favorable",
    "non_connu": "Sens non connu",
}
SUITES = {"retenue": "retenue", "partielle": "retenue en partie", "non_retenue": "non retenue"}


def _au_terme(fait: Fait, contexte: Contexte) -> Delai | None:
    """How long it took from the filing, and whether the term was kept."""
    filed = contexte.du_dossier(fait, a.SaisineDeposee)
    if filed is None:
        return None
    spent = f"{jours((fait.le - filed.le).days)} après la saisine"
    term = terme(contexte, fait)
    if term is None:
        return Delai(f"{spent}, aucun délai dans le texte")
    return Delai(f"{spent}, terme le {date_longue(term)}", fait.le <= term)


def terme(contexte: Contexte, fait: Fait) -> date | None:
    """The last day that was given, extensions before that act included."""
    found = None
    for other in contexte.faits:
        before = other.dossier == fait.dossier and other.fact.position <= fait.fact.position
        if before and isinstance(other.event, a.SaisineDeposee | a.EcheanceProrogee):
            found = other.event.terme
    return found


def _saisine(event: Any, contexte: Contexte) -> str:
    names = contexte.annuaire
    term = f" Réponse attendue au plus tard le {date_longue(event.terme)}." if event.terme else ""
    return f"{names.nom(event.de)} saisit : {names.nom(event.a)}. {event.objet}.{term}"


def _avis(event: Any, contexte: Contexte) -> str:
    said = [f"{SENS[event.sens]}."]
    if event.phrase:
        said.append(event.phrase)
    elif event.pour is not None:
        said.append(f"{event.pour} pour, {event.contre or 0} contre, {event.abstentions or 0} abstentions.")
    said += [f"Réserve {rank} : « {text} »" for rank, text in enumerate(event.reserves, start=1)]
    return " ".join(said)


def _reserve(event: Any, contexte: Contexte) -> str:
    return f"Réserve {event.rang} {SUITES[event.suite]}. {event.motif}"


MOTS: Mots = {
    a.SaisineDeposee: Mot("Saisine", texte=_saisine, decisif=True),
    a.EcheanceProrogee: Mot("Délai prolongé", texte=lambda e, c: f"Au {date_longue(e.terme)}. {e.motif}"),
    a.RelanceEnvoyee: Mot("Relance"),
    a.AvisRendu: Mot("Avis rendu", texte=_avis, delai=_au_terme, decisif=True, decision=True),
    a.AvisReputeFavorable: Mot("Avis réputé favorable", decisif=True, decision=True,
                               texte=lambda e, c: f"Silence gardé jusqu’au {date_longue(e.terme)}."),
    a.AvisTardifRecu: Mot("Avis reçu après le terme", delai=_au_terme,
                          texte=lambda e, c: f"{SENS[e.sens]}. Il est noté et ne change rien."),
    a.AvisRecuEnPrefecture: Mot("Avis reçu en préfecture", texte=lambda e, c: f"Reçu le {date_longue(e.recu_le)}."),
    a.AvisTransmis: Mot("Avis transmis"),
    a.PresentateurDesigne: Mot("Membre désigné pour le présenter"),
    a.AvisPresente: Mot("Avis présenté au Conseil", decisif=True),
    a.ReserveSuivie: Mot("Suite donnée à une réserve", texte=_reserve, decisif=True),
    a.AccuseReceptionEmis: Mot("Accusé de réception"),
    a.ServiceDesigne: Mot("Service désigné", texte=lambda e, c: f"{c.annuaire.nom(e.service)}."),
    a.ReponseSignee: Mot("Réponse signée", delai=_au_terme, decisif=True, decision=True,
                         texte=lambda e, c: f"Par {e.qualite}. « {e.texte} »"),
    a.ReponseTransmise: Mot("Réponse envoyée aux maires", delai=_au_terme,
                            texte=lambda e, c: f"{len(e.destinataires)} destinataires."),
    a.ContributionAdoptee: Mot("Contribution adoptée", decisif=True, decision=True,
                               texte=lambda e, c: f"« {e.texte} »"),
    a.PresentationDemandee: Mot("Présentation au Conseil demandée"),
    a.PresentationDecidee: Mot("Présentation au Conseil", texte=lambda e, c: (
        f"{'Acceptée' if e.acceptee else 'Refusée'}.{f' {e.motif}' if e.motif else ''}")),
    a.SuiteDonneeALAvis: Mot("Suite donnée à l’avis", decisif=True,
                             texte=lambda e, c: f"{SUITES[e.suite].capitalize()}. {e.motif}"),
    a.SaisineRetiree: Mot("Saisine retirée", texte=lambda e, c: e.motif, decisif=True),
    a.SaisineClose: Mot("Saisine close"),
}  # fmt: skip
