"""The extract of the register for one deliberation, in the form of the Council's own (délibération 2017-2275)."""

from datetime import UTC, date, datetime, time
from typing import Any

from domain.calendrier import date_longue as sans_jour
from domain.deliberations import events as e
from domain.seances.events import PvArrete, PvPublie, PvRedige
from web.actes_pdf.noms import assistance
from web.deliberations.chaine import phrase_du_vote
from web.deliberations.lecture import Acte, Fait
from web.pages import date_longue, nombre
from web.seances.lecture import noms

DEMONSTRATION = "Registre de démonstration. Ce document n’a aucune valeur."
SANS_DETAIL = "Le registre ne porte pas le détail de ce vote."


def extrait(acte: Acte, demonstration: bool) -> dict[str, Any] | None:
    """All that the extract says; None for a draft that nobody has voted."""
    votee, projet = acte.deliberation.votee, acte.deliberation.projet
    le = acte.row.votee_le
    if votee is None or projet is None or le is None:
        return None
    here = assistance(acte.seance, acte.composition, le)
    return {
        "titre": f"Délibération {acte.numero}, extrait du registre",
        "numero": acte.numero,
        "corps": acte.annuaire.nom(acte.row.instance),
        "le": sans_jour(le),
        "objet": projet.objet,
        "lignes": [ligne for ligne in _lignes(acte, projet) if ligne[1]],
        "presents": here.presents,
        "excuses": here.excuses,
        "absents": here.absents,
        "exergue": "Le Conseil" if acte.row.instance == "conseil" else "L’assemblée",
        "vus": _vus(acte),
        "verbe": "Délibère" if votee.issue == "adoptee" else "N’adopte pas ce projet",
        "decide": [part.strip() for part in votee.decide.split("\n") if part.strip()],
        "vote": phrase_du_vote(votee) if votee.detail == "porte" else SANS_DETAIL,
        "signature": _signature(acte),
        "tampon": _tampon(acte),
        "corrections": _corrections(acte),
        "pied": f"Imprimé du registre public, à l’acte n° {nombre(_dernier(acte))}.",
        "essai": False,
        "demonstration": DEMONSTRATION if demonstration else "",
    }


def moment(acte: Acte) -> datetime:
    """The date in the file: when the register learnt the last of what it says."""
    known = [f.fact.recorded_at for f in _sources(acte) if f.fact.recorded_at]
    return max(known) if known else datetime.combine(acte.row.votee_le or date.min, time(), UTC)


def _dernier(acte: Acte) -> int:
    return max(f.fact.position for f in _sources(acte))


def _sources(acte: Acte) -> list[Fait]:
    """What the extract stands on: minutes that come later change nothing in it."""
    return [*acte.faits, *(f for f in acte.de_la_seance if not isinstance(f.event, PvRedige | PvArrete | PvPublie))]


def _lignes(acte: Acte, projet: e.ProjetDepose) -> list[tuple[str, str]]:
    """The head of the extract, in its order."""
    seance, dates = acte.seance, acte.deliberation.dates
    known = noms(acte.composition, acte.row.votee_le or date.min)
    heard = [f.event.commission for f in acte.faits if isinstance(f.event, e.CommissionConsultee)]
    convened = seance.convocation.survenu_le if seance.convocation else None
    opened, vote = seance.ouverte, acte.deliberation.votee
    return [
        ("Commission principale", projet.commission or ""),
        ("Commissions consultées pour avis", ", ".join(name for name in heard if name != projet.commission)),
        ("Communes", ", ".join(projet.communes)),
        ("Objet", projet.objet),
        ("Service", projet.service or ""),
        ("Rapporteur", projet.rapporteur or ""),
        ("Président", known.get(opened.president, opened.president) if opened else ""),
        ("Nombre de conseillers en exercice au jour de la séance", nombre(vote.en_exercice) if vote else ""),
        ("Date de convocation", date_longue(convened)),
        ("Secrétaire élu", known.get(seance.secretaire, seance.secretaire) if seance.secretaire else ""),
        ("Publié ou affiché le", date_longue(dates.get("ActePublie"))),
    ]


def _vus(acte: Acte) -> list[str]:
    """What the body had before it, as the register has it."""
    found = []
    if acte.row.rapport_le:
        found.append(f"Vu le rapport du {sans_jour(acte.row.rapport_le)} ;")
    found += [f"Vu l’avis {reference} ;" for reference in acte.row.avis_requis]
    heard = dict.fromkeys(f.event.commission for f in acte.faits if isinstance(f.event, e.CommissionConsultee))
    return [*found, *(f"Ouï l’avis de sa commission {name} ;" for name in heard)]


def _signature(acte: Acte) -> str:
    signe = acte.premier(e.ActeSigne)
    if signe is None or not isinstance(signe.event, e.ActeSigne):
        return ""
    who = signe.event.qualite.partition(" (")[0]
    return f"{'Et ont signé' if who.startswith('les ') else 'Et a signé'} {who}, pour extrait conforme."


def _tampon(acte: Acte) -> list[tuple[str, str]]:
    """The stamp of an act sent with its identifier; otherwise the day when the prefect received it."""
    row = acte.row
    if not row.id_actes:
        return [("Reçu au contrôle de légalité le", sans_jour(row.recue_le))] if row.recue_le else []
    days = (("Envoyé en préfecture le", row.transmise_le), ("Reçu en préfecture le", row.recue_le),
            ("Publié ou affiché le", row.publiee_le))  # fmt: skip
    return [*((name, f"{day:%d/%m/%Y}" if day else "") for name, day in days), ("ID", row.id_actes)]


def _corrections(acte: Acte) -> list[str]:
    """Material errors and withdrawal: on the extract too."""
    found = [
        f"Erreur matérielle corrigée. {f.event.champ} : « {f.event.avant} » devient « {f.event.apres} »."
        for f in acte.faits
        if isinstance(f.event, e.DeliberationRectifiee)
    ]
    if acte.row.retiree_le:
        found.append(f"Cette délibération est retirée depuis le {sans_jour(acte.row.retiree_le)}.")
    return found
