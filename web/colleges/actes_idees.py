"""The acts of the office on ideas."""

from typing import cast

from domain.budget_participatif import events as e
from domain.budget_participatif.moderer_idee import SIGNES_RESUME, ModererIdee
from domain.budget_participatif.regrouper_idee import RegrouperIdee
from domain.budget_participatif.rendre_faisabilite import RendreFaisabilite
from domain.texte import SIGNES_LIGNE, SIGNES_TITRE
from projections.budgets_rows import IdeeRow
from web.bureau.formulaire import Champ
from web.colleges.actes import AVIS_RENDU, MOTIF
from web.colleges.formulaires import Acte, Demande, Lu, cents
from web.colleges.mots import MOTIFS_ECART

DECISIONS = (("publier", "La montrer"), ("ecarter", "L’écarter"))
MODERATION = (
    Champ("decision", "Décision", "radios", DECISIONS, requis=True),
    Champ("titre", "Titre neutre, si vous la montrez", max=SIGNES_TITRE),
    Champ("resume", "Résumé neutre, si vous la montrez", "textarea", max=SIGNES_RESUME, aide="Public, sans nom."),
    Champ("motif", "Raison, si vous l’écartez", "select", tuple(MOTIFS_ECART.items())),
)


def idee(lu: Lu, reference: str) -> IdeeRow | None:
    """The idea of this number, in this dossier."""
    return next((row for row in lu.ensemble.idees if row.reference == reference), None)


def _moderer(d: Demande) -> ModererIdee:
    personne, le, dossier = d.qui
    motif = cast("e.MotifEcart | None", d.mot("motif") or None)
    decision = cast(e.DecisionIdee, d.mot("decision"))
    return ModererIdee(personne, le, d.cible, dossier, decision, d.mot("titre"), d.mot("resume"), motif)


def _regrouper(d: Demande) -> RegrouperIdee:
    personne, le, dossier = d.qui
    return RegrouperIdee(personne, le, d.cible, dossier, d.mot("dans"), d.mot("motif"))


def _repondre(d: Demande) -> RendreFaisabilite:
    personne, le, dossier = d.qui
    cout = cents(d.champs, "cout") if d.mot("cout").strip() else None
    return RendreFaisabilite(personne, le, d.cible, dossier, cast(e.Faisabilite, d.mot("avis")), d.mot("motif"), cout)


def _vivante(lu: Lu, reference: str) -> bool:
    row = idee(lu, reference)
    return row is not None and row.dans is None and row.projet is None and row.titre is not None


def _ouverte(lu: Lu) -> bool:
    return lu.ensemble.budget.liste_le is None


def _hotes(lu: Lu, reference: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.reference, f"{row.titre} ({row.reference})")
        for row in lu.ensemble.idees
        if row.reference != reference and row.titre and row.dans is None
    )


def _lisible(lu: Lu, reference: str) -> bool:
    row = idee(lu, reference)
    return row is not None and row.dans is None and _ouverte(lu)


DE_L_IDEE = (
    Acte("moderer_idee", "Lire cette idée", _moderer, _lisible, lambda lu, _: MODERATION),
    Acte("regrouper_idee", "La regrouper avec une autre", _regrouper,
         lambda lu, ref: _vivante(lu, ref) and _ouverte(lu) and bool(_hotes(lu, ref)),
         lambda lu, ref: (Champ("dans", "Avec quelle idée ?", "select", _hotes(lu, ref), requis=True),
                          Champ("motif", "Pourquoi", requis=True, max=SIGNES_LIGNE, aide="Public."))),
    Acte("rendre_faisabilite", "Rendre l’avis des services", _repondre,
         lambda lu, ref: _vivante(lu, ref) and _ouverte(lu) and lu.ensemble.budget.closes_le is not None,
         lambda lu, _: (AVIS_RENDU, MOTIF, Champ("cout", "Coût, en euros, si c’est possible", max=14))),
)  # fmt: skip
