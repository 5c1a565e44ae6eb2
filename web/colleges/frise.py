"""The steps of a dossier and of each project, and the sentence that says where the dossier stands."""

from datetime import date
from typing import Any

from domain.money import euros_ronds
from projections.budgets_rows import ProjetRow
from web.colleges.flux import Ensemble, Vote
from web.colleges.mots import AVIS, DECISIONS_JURY, ETATS, jour_heure, jour_mois, projets
from web.pages import date_longue

Etape = dict[str, str]


def _etape(titre: str, faite_le: date | None, voie: str, texte: str = "", **others: str) -> Etape:
    etat = "fait" if faite_le else "a-venir"
    return {"titre": titre, "etat": etat, "voie": voie, "date": date_longue(faite_le), "texte": texte, **others}


def _marquees(found: list[Etape], fini: bool = False) -> list[Etape]:
    """The first step to come is « en cours », unless all is over; a step passed over is « sans objet »."""
    done = [place for place, etape in enumerate(found) if etape["etat"] == "fait"]
    last = done[-1] if done else -1
    for place, etape in enumerate(found):
        if etape["etat"] != "fait" and (place < last or fini):
            etape["etat"] = "sans-objet"
    coming = next((etape for etape in found if etape["etat"] == "a-venir"), None)
    if coming is not None:
        coming["etat"] = "en-cours"
    return found


def etapes(ensemble: Ensemble) -> list[Etape]:
    """The steps of the dossier: in the collège, then at the Métropole, then what one sees."""
    row, vote = ensemble.budget, ensemble.vote
    lives = ensemble.projets
    proclame = vote.jour if vote is not None and vote.phase == "proclame" else None
    examen, jury, finance, realise, ouvert = (
        max((day for p in lives if (day := getattr(p, name))), default=None)
        for name in ("examen_le", "jury_le", "finance_le", "realise_le", "inaugure_le")
    )
    n_idees = len(ensemble.idees)
    ideas = f"{n_idees} idée{'s' if n_idees > 1 else ''}." if n_idees else ""
    return _marquees(
        [
            _etape("Le collège participe", row.depose_le, "saone", f"Budget : {euros_ronds(row.budget_cents)}."),
            _etape("Les idées", row.closes_le, "saone", ideas),
            _etape("La liste", row.liste_le, "saone", f"{projets(len(row.liste))}." if row.liste else ""),
            _etape("Le vote", proclame, "saone", _vote(vote), **_lien(vote)),
            _etape("La candidature", row.candidature_le, "confluence", euros_ronds(row.montant_cents)),
            _etape("L’examen technique", examen, "suite"),
            _etape("Le jury", jury, "suite"),
            _etape("Le vote du Conseil", finance, "suite", euros_ronds(row.alloue_cents or None)),
            _etape("Les travaux", realise, "suite"),
            _etape("L’ouverture", ouvert, "suite"),
        ]
    )


def _vote(vote: Vote | None) -> str:
    if vote is None:
        return ""
    match vote.phase:
        case "prepare" if vote.ouvre_le:
            return f"Ouverture prévue {jour_heure(vote.ouvre_le)}."
        case "ouvert" if vote.ferme_le:
            return f"Le vote est ouvert jusqu’au {jour_heure(vote.ferme_le)}."
        case "annule":
            return "Ce vote est annulé."
        case "proclame":
            return f"{vote.n} bulletins comptés."
    return "Le vote est fini."


def _lien(vote: Vote | None) -> dict[str, str]:
    if vote is None:
        return {}
    word = "Voir le résultat" if vote.phase == "proclame" else "Voir le vote"
    return {"href": f"/scrutins/{vote.reference}", "lien": word}


def vie(ensemble: Ensemble, projet: ProjetRow) -> list[Etape]:
    """The life of one project: idea, vote, jury, deliberation, works, opening; or why it stopped."""
    etat, vote = ensemble.etat(projet), ensemble.vote
    n = len(projet.idees) + sum(len(i.groupe) for i in ensemble.idees if i.reference in projet.idees)
    found = [
        _etape("L’idée", projet.arrete_le, "saone", f"Vient de {n} idée{'s' if n > 1 else ''}."),
        _etape("Le vote", _jour_du_vote(vote), "saone", _voix(vote, projet, etat)),
        _etape("L’examen technique", projet.examen_le, "suite", _avec(AVIS, projet.examen, projet.examen_motif)),
        _etape("Le jury", projet.jury_le, "suite", _avec(DECISIONS_JURY, projet.jury, projet.jury_motif)),
        _etape("Le vote du Conseil", projet.finance_le, "suite",
               f"Délibération {projet.deliberation}." if projet.deliberation else ""),
        _etape("Les travaux", projet.commande_le, "suite", _prevu(projet)),
        _etape("Réalisé", projet.realise_le, "suite",
               f"Coût réel : {euros_ronds(projet.cout_reel_cents)}." if projet.realise_le else ""),
        _etape("Ouvert à tous", projet.inaugure_le, "suite"),
    ]  # fmt: skip
    stopped = etat in ("non_elu", "abandonne", "non_retenu")
    found = [etape for etape in found if not stopped or etape["etat"] == "fait"]
    if projet.abandonne_le is not None:
        found.append(_etape("Abandonné", projet.abandonne_le, "suite", projet.abandon_motif or "") | {"etat": "retire"})
    return _marquees(found)


def _jour_du_vote(vote: Vote | None) -> date | None:
    return vote.jour if vote is not None and vote.phase == "proclame" else None


def _voix(vote: Vote | None, projet: ProjetRow, etat: str) -> str:
    if vote is None or vote.phase != "proclame":
        return _vote(vote)
    n = vote.voix.get(projet.projet)
    outcome = "Choisi" if projet.projet in vote.gagnants else "Pas choisi"
    return f"{outcome}, avec {n} voix." if n is not None else f"{outcome}."


def _avec(words: dict[str, str], value: str | None, motif: str | None) -> str:
    return f"{words[value]}. {motif or ''}" if value else ""


def _prevu(projet: ProjetRow) -> str:
    return f"Prévus pour le {date_longue(projet.prevu_pour)}." if projet.prevu_pour and not projet.realise_le else ""


def ou_en_est_on(ensemble: Ensemble) -> tuple[str, str]:
    """One sentence, then who acts next."""
    row, vote = ensemble.budget, ensemble.vote
    match row.etat:
        case "intention":
            return (
                f"Le collège participe depuis le {date_longue(row.depose_le)}.",
                "Le collège ouvre bientôt les idées.",
            )
        case "idees":
            end = jour_mois(row.idees_jusqu_au)
            return f"Les idées arrivent jusqu’au {end}.", "Chaque élève peut donner son idée."
        case "etude":
            return "Les idées sont closes.", "La Métropole étudie chaque idée : possible ou non, et à quel prix."
        case "liste":
            return f"La liste est prête : {projets(len(row.liste))}.", "Le collège prépare le vote."
        case "vote":
            return _phrase_du_vote(vote)
        case "candidature":
            return f"{projets(len(row.candidats)).capitalize()} sont candidats.", _suite_metropole(ensemble)
        case "finance":
            return (
                f"Le Conseil a voté {euros_ronds(row.alloue_cents)} pour ce collège.",
                "La Métropole prépare les travaux.",
            )
    return f"{ETATS[row.etat]}.", _reste(ensemble)


def _phrase_du_vote(vote: Vote | None) -> tuple[str, str]:
    if vote is None or vote.phase == "annule":
        return "Le vote est annulé.", "Le collège prépare un autre vote."
    after = {
        "proclame": "Le collège envoie les projets choisis à la Métropole.",
        "ouvert": "Chaque élève vote une fois, avec son billet.",
        "prepare": "Garde bien ton billet.",
    }
    phrase = "Le résultat du vote est proclamé." if vote.phase == "proclame" else _vote(vote)
    return phrase, after.get(vote.phase, "Le dépouillement se fait dans le collège.")


def _suite_metropole(ensemble: Ensemble) -> str:
    step: Any = ensemble.edition.etape if ensemble.edition else ""
    return {
        "candidatures": "La Métropole examinera chaque projet.",
        "instruction": "La Métropole examine chaque projet.",
        "jury": "Un jury choisit maintenant.",
        "deliberation": "Le Conseil de la Métropole vote bientôt une somme.",
    }.get(step, "")


def _reste(ensemble: Ensemble) -> str:
    waiting = [p.titre for p in ensemble.projets if p.finance_le and not p.realise_le and not p.abandonne_le]
    return f"Encore attendu : {', '.join(waiting)}." if waiting else ""
