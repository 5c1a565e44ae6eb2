"""What the screens show of a meeting: the strip, the roll, an item, the count to enter, the facts noted."""

from typing import Any

from domain.majorites.seuils import seuil_scrutin_public
from domain.seances import events as e
from web.deliberations.lecture import Fait
from web.seances import mots
from web.seances.formes import Refus
from web.seances.lecture import Reunion


def bandeau(reunion: Reunion, rang: int | None = None) -> dict[str, Any] | None:
    """« 149 présents · 15 pouvoirs · quorum 83 · 11 h 42 », from the opening on."""
    seance = reunion.seance
    if seance.ouverte is None:
        return None
    here, held = seance.votants(rang) if rang else (seance.presents, seance.pouvoirs)
    quorum = reunion.quorum(rang)
    return {
        "presents": mots.nombre(len(here), "présent"),
        "pouvoirs": mots.nombre(len(held), "pouvoir"),
        "votants": len(here) + len(held),
        "quorum": quorum.seuil if quorum else None,
        "atteint": quorum.atteint if quorum else True,
        "constate": not seance.quorums or seance.quorums[-1].atteint,
        "heure": mots.heure(seance.moment) if seance.moment else "",
    }


def feuille(reunion: Reunion, refus: Refus | None) -> list[dict[str, Any]]:
    """The roll, in alphabetical order; boxes as they were typed when the form was refused."""
    seance = reunion.seance
    typed = refus.champs if refus and refus.acte.nom == "presences" else None
    return [
        {
            "elu": elu,
            "nom": reunion.nom(elu),
            "commune": member.commune or member.college or "",
            "present": elu in seance.presents if typed is None else bool(typed.get(f"present-{elu}")),
            "excuse": elu in seance.excuses and elu not in seance.presents,
            "pouvoir": reunion.nom(seance.pouvoirs[elu]) if elu in seance.pouvoirs else "",
        }
        for elu, member in reunion.membres.items()
    ]


def presences(refus: Refus | None) -> dict[str, str]:
    mine = refus if refus and refus.acte.nom == "presences" else None
    wrong = mine.fautes if mine else {}
    return {
        "cherche": mine.champs.get("cherche", "") if mine else "",
        "heure": mine.champs.get("heure", "") if mine else "",
        "erreur": wrong.get("cherche", ""),
        "erreur_heure": wrong.get("heure", ""),
    }


def ligne_de_point(reunion: Reunion, rang: int) -> dict[str, Any]:
    """An item of the agenda: its object, where it stands, its vote."""
    seance, point = reunion.seance, reunion.seance.points[rang]
    vote = seance.votes.get(rang)
    sorte, mot = ("a-venir", "À venir")
    if vote is not None:
        sorte, mot = "fait", mots.issue(reunion, vote)
    elif rang in seance.renvoyes:
        sorte, mot = "retire", "Renvoyé"
    elif rang in seance.appeles:
        sorte, mot = "en-cours", "Appelé"
    return {
        "rang": rang,
        "place": reunion.ordre.index(rang) + 1,
        "objet": point.objet,
        "dossier": point.dossier,
        "origine": mots.ORIGINES[point.origine],
        "sorte": sorte,
        "mot": mot,
        "appele": rang in seance.appeles,
        "fini": vote is not None or rang in seance.renvoyes,
        "phrase": mots.phrase_du_vote(vote) if vote else "",
        "mode": mots.MODES[seance.scrutins[rang].mode if rang in seance.scrutins else "ordinaire"],
        "secret": rang in seance.scrutins and seance.scrutins[rang].mode == "secret",
        "deports": [reunion.nom(elu) for elu in sorted(seance.deports.get(rang, ()))],
        "nombres": nombres(vote) if vote else [],
    }


def nombres(vote: e.VoteCompte) -> list[tuple[str, str]]:
    """Présents, pouvoirs, votants, exprimés: always four numbers, then how they went."""
    counts = mots.suffrages(vote)
    cast = str(counts.exprimes) if counts else "non porté"
    lines = [("Présents", str(vote.presents)), ("Pouvoirs", str(vote.pouvoirs))]
    lines += [("Votants", str(vote.presents + vote.pouvoirs)), ("Suffrages exprimés", cast)]
    if counts is None:
        return lines
    out = [("Pour", counts.pour), ("Contre", counts.contre), ("Abstentions", counts.abstentions)]
    out += [("Blancs ou nuls", counts.nuls)] if counts.nuls else []
    out += [("Ne prennent pas part", counts.ne_prend_pas_part)] if counts.ne_prend_pas_part else []
    return lines + [(name, str(value)) for name, value in out]


def saisie(reunion: Reunion, rang: int, refus: Refus | None) -> dict[str, Any]:
    """The form of a vote by counts: everybody « pour » until the secretary says otherwise."""
    here, held = reunion.seance.votants(rang)
    mine = refus if refus and refus.acte.nom == "vote" else None
    values = mine.champs if mine else {"pour": str(len(here) + len(held)), "contre": "0", "abstentions": "0"}
    return {
        "votants": len(here) + len(held),
        "valeurs": {nom: values.get(nom, "") for nom in ("pour", "contre", "abstentions", "nuls", "president")},
        "npppv": values.get("npppv", "") == "oui",
        "fautes": mine.fautes if mine else {},
    }


def demandeurs(reunion: Reunion, rang: int, refus: Refus | None) -> dict[str, Any]:
    """Who asks for a ballot by name, and how many must."""
    here, _ = reunion.seance.votants(rang)
    published = reunion.jeux.en_vigueur("scrutin_public", reunion.type, reunion.jour)
    part = int(published.parametres["une_part_sur"]) if published else 6
    mine = refus if refus and refus.acte.nom == "public" else None
    asked = mine.champs if mine else {}
    return {
        "seuil": seuil_scrutin_public(len(here), part),
        "ouvert": mine is not None,
        "membres": [
            {"elu": elu, "nom": reunion.nom(elu), "coche": bool(asked.get(f"demande-{elu}"))}
            for elu in reunion.membres
            if elu in here
        ],
    }


def note(reunion: Reunion, fait: Fait) -> dict[str, Any]:
    """A fact of the meeting as it was noted, whether it may be rectified, whether it was."""
    event, version = fait.event, fait.fact.version
    fixed = isinstance(event, e.SeancePlanifiee | e.RectificationEnregistree)
    return {
        "version": version,
        "index": fait.fact.position - 1,
        "numero": fait.fact.position,
        "phrase": mots.phrase(reunion, event),
        "rectifie": version in reunion.seance.rectifies,
        "rectifiable": not fixed and version not in reunion.seance.rectifies,
    }
