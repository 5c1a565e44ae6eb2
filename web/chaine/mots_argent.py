"""Words of the nodes of an envelope and of an operation: what is committed, paid, done."""

from typing import Any

from domain.enveloppes import events as m
from domain.money import euros
from web.argent.mots import ABANDONS, ENVELOPPES
from web.chaine.mot import Contexte, Mot, Mots


def _proposee(event: Any, contexte: Contexte) -> str:
    above = f" Au-dessus du seuil : {event.motif_seuil}" if event.motif_seuil else ""
    return f"{event.titre}, {euros(event.cout_cents)} ({ENVELOPPES[event.nom]}). Par : {event.proposee_par}.{above}"


def _ouverte(event: Any, contexte: Contexte) -> str:
    years = f"de {event.annee_debut} à {event.annee_fin}"
    return f"{event.titre}, {euros(event.montant_cents)} {years}, par la délibération {event.deliberation}."


MOTS: Mots = {
    m.EnveloppeOuverte: Mot("Enveloppe ouverte", texte=_ouverte, decisif=True, decision=True),
    m.DonneesArretees: Mot("Données du partage arrêtées", texte=lambda e, c: (
        f"Populations de {e.population_annee}. Source : {e.source}.")),
    m.RepartitionAdoptee: Mot("Partage adopté", decisif=True, texte=lambda e, c: (
        f"{euros(e.total_cents)}, par la délibération {e.deliberation}.{f' {e.motif}' if e.motif else ''}")),
    m.OperationProposee: Mot("Opération proposée", "participation", _proposee, decisif=True),
    m.AvisTechniqueRendu: Mot("Avis technique des services", texte=lambda e, c: (
        f"{'Favorable' if e.favorable else 'Défavorable'}. {e.motif}")),
    m.OperationDecidee: Mot("Opération décidée", decisif=True, decision=True, texte=lambda e, c: (
        f"{c.annuaire.nom(e.instance)}, acte {e.acte}.")),
    m.CreditEngage: Mot("Engagé", texte=lambda e, c: f"{euros(e.cents)}.", decisif=True),
    m.CreditLibere: Mot("Libéré", texte=lambda e, c: f"{euros(e.cents)}. {e.motif}"),
    m.CreditMandate: Mot("Mandaté", texte=lambda e, c: f"{euros(e.cents)} payés.", decisif=True),
    m.OperationAvancee: Mot("Travaux", decisif=True, texte=lambda e, c: (
        "Ils commencent." if e.etape == "commencee" else "Ils sont finis.")),
    m.OperationSoldee: Mot("Réalisé", decisif=True,
                           texte=lambda e, c: f"Coût réel : {euros(e.cout_reel_cents)}."),
    m.OperationAbandonnee: Mot("Opération abandonnée", decisif=True, texte=lambda e, c: (
        f"Motif : {ABANDONS[e.motif]}. {e.explication}")),
    m.PhotoAjoutee: Mot("Photo", texte=lambda e, c: e.description),
}  # fmt: skip
