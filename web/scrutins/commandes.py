"""The command that creates a scrutin, from the rules form. Raises Illisible on what is no number or no date."""

from datetime import UTC, datetime, time
from typing import Final, cast

from domain.budget_participatif.dossier import Budget
from domain.calendrier import PARIS
from domain.comptage.regles import REGLES as PARAMETRES
from domain.scrutins.creer_scrutin import CreerScrutin
from domain.scrutins.events import ProjetAuVote, TypeVote
from web.access import Acteur
from web.bureau.formulaire import Illisible, entier
from web.forms import Form
from web.scrutins.essai import BUDGET_CENTS, PROJETS_D_ESSAI
from web.vote.ballot import script_digest

NOMBRES: Final = ("seuil", "pas")


def creer_scrutin(acteur: Acteur, college: str, budget: Budget | None, fields: Form) -> CreerScrutin:
    """On the closed list of the dossier, or on sample projects for a rehearsal."""
    essai = bool(fields.get("essai")) or budget is None
    type_vote, regle = fields.get("type_vote", ""), fields.get("regle", "")
    intention = budget.intention if budget else None
    return CreerScrutin(
        acteur.personne,
        acteur.le,
        moment=datetime.now(UTC),
        college=college,
        titre=fields.get("titre", ""),
        projets=PROJETS_D_ESSAI if essai or budget is None else projets(budget),
        budget_cents=BUDGET_CENTS if essai or intention is None else intention.budget_cents,
        type_vote=cast(TypeVote, type_vote),
        choix_max=1 if type_vote == "choose-1" else nombre(fields, "choix_max"),
        regle_comptage=regle,
        parametres=parametres(regle, type_vote, fields),
        ouvre_le=instant(fields, "ouvre"),
        ferme_le=instant(fields, "ferme"),
        empreinte_page=script_digest(),
        k_min=nombre(fields, "k_min"),
        jours_reclamation=nombre(fields, "jours_reclamation"),
        points_max=nombre(fields, "points_max") if type_vote == "cumulative" else None,
        dossier=None if essai else fields.get("dossier") or None,
        essai=essai,
        electeurs=entier(fields, "electeurs"),
    )


def projets(budget: Budget) -> tuple[ProjetAuVote, ...]:
    """The closed list, as the ballot shows it."""
    return tuple(
        ProjetAuVote(
            id=nom,
            titre=budget.projets[nom].titre,
            cout_cents=budget.projets[nom].cout_cents,
            phrase=budget.projets[nom].phrase,
            comparaison=budget.projets[nom].comparaison,
            lieu=budget.projets[nom].lieu,
            avis=budget.projets[nom].avis,
            image=budget.images.get(nom),
        )
        for nom in budget.liste
    )


def parametres(regle: str, type_vote: str, fields: Form) -> dict[str, str | int]:
    """What this rule takes, and nothing else; a ballot without points counts votes."""
    found: dict[str, str | int] = {}
    for nom in PARAMETRES.get(regle, ()):
        found[nom] = nombre(fields, nom) if nom in NOMBRES else fields.get(nom, "")
    if "score" in found and type_vote in ("approval", "choose-1"):
        found["score"] = "votes"
    return found


def nombre(fields: Form, nom: str) -> int:
    """A whole number that must be there. Raises Illisible."""
    found = entier(fields, nom)
    if found is None:
        raise Illisible(nom, "Écrivez un nombre, en chiffres.")
    return found


def instant(fields: Form, nom: str) -> datetime:
    """A day and an hour in Paris: `ouvre_jour`, `ouvre_heure`. Raises Illisible."""
    day, hour = fields.get(f"{nom}_jour", "").strip(), fields.get(f"{nom}_heure", "").strip().replace("h", ":")
    try:
        typed = datetime.strptime(day, "%d/%m/%Y" if "/" in day else "%Y-%m-%d").date()
    except ValueError as error:
        raise Illisible(f"{nom}_jour", "Écrivez une date. Exemple : 14/04/2026") from error
    try:
        at = time.fromisoformat(hour if len(hour) > 4 else f"0{hour}")
    except ValueError as error:
        raise Illisible(f"{nom}_heure", "Écrivez une heure. Exemple : 08:30") from error
    return datetime.combine(typed, at, PARIS)
