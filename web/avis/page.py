"""`/dossiers/AV-2026-0001`: who asked what, the avis and its arithmetic, what became of each reservation."""

from datetime import date
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException

from domain.avis import events as e
from domain.majorites.simple import Resultat
from domain.majorites.suffrages import Suffrages
from web.avis import mots
from web.avis.frise import etapes, ou_en_est_on
from web.avis.lecture import Dossier, Fait, load
from web.chaine.liens import groupes
from web.chaine.memoire import chaine as chaine_de
from web.pages import date_heure, date_longue, jours, nombre, page
from web.propositions.dossier import PasEncore, read_au
from web.services import services


async def voir_saisine(
    request: Request[Any, Any, Any], reference: str, au: str | None, vu: int | None
) -> Response[Any]:
    """The dossier, now or as of `au`. 400 on a bad `au`, 404 before its first act."""
    when = read_au(au)
    waited = vu is None or await services(request).watcher.wait_for(vu)
    try:
        found = await load(services(request), reference, when)
    except PasEncore as early:
        return page(request, "propositions/pas_encore.html", status=404, titre=reference, message=early.detail,
                    reference=reference)  # fmt: skip
    if found is None:
        raise NotFoundException(f"Aucun dossier ne porte le numéro {reference[:40]}.")
    chaine = await chaine_de(services(request), reference, when)
    links = groupes(chaine) if chaine else []
    return page(request, "avis/dossier.html", en_attente=not waited, groupes=links, **contexte(found))


def contexte(found: Dossier) -> dict[str, Any]:
    """All that the page says, as of the day that was asked for."""
    row = found.row
    phrase, suite, retard = ou_en_est_on(found)
    fil = [("/", "Accueil"), ("/avis", "Avis et saisines"), (f"/dossiers/{row.reference}", row.reference)]
    return {
        "titre": f"{row.objet} – {row.reference}",
        "fil": [{"href": href, "label": label} for href, label in fil],
        "atom": f"/dossiers/{row.reference}.atom",
        "row": row,
        "projet": row.projet if row.projet in found.deliberations else "",
        "procedure": mots.PROCEDURES[row.procedure],
        "phrase": phrase,
        "suite": suite,
        "retard": retard,
        "etapes": etapes(found),
        "faits": identite(found),
        "avis": avis(found),
        "vote": vote(found),
        "reserves": reserves(found),
        "ecrite": ecrite(found),
        "contribution": contribution(found),
        "suite_donnee": _suite_donnee(found),
        "journal": [ligne(found, fait) for fait in reversed(found.faits)],
        "quand": _quand(found.au),
        "precision": "état enregistré" if isinstance(found.au, int) else "à la fin de ce jour",
    }


def identite(found: Dossier) -> list[dict[str, str]]:
    """Who asks whom, by which rule, until when."""
    row, names, filed = found.row, found.annuaire, found.deposee
    promise = " (engagement du service, pas un délai légal)" if row.engagement else ""
    late = found.dernier(e.EcheanceProrogee)
    pairs = [
        ("Demandé par", names.nom_le(row.de, row.deposee_le)),
        ("Demandé à", names.nom_le(row.a, row.deposee_le)),
        ("Depuis le", f"{date_longue(row.deposee_le)}{' au plus tard' if row.au_plus_tard else ''}"),
        ("Échéance", f"{date_longue(row.terme)}{promise}" if row.terme else ""),
        ("Échéance reportée", getattr(late.event, "motif", "") if late else ""),
        ("Relance", date_longue(row.relancee_le)),
        ("Projet", row.projet or ""),
        ("Acte", row.id_actes or ""),
        ("Source", filed.source or ""),
    ]
    return [{"nom": nom, "valeur": valeur} for nom, valeur in pairs if valeur]


def avis(found: Dossier) -> dict[str, Any] | None:
    """The avis: its sense, its reasons, its stamp."""
    row, fait = found.row, found.dernier(e.AvisRendu)
    late = found.dernier(e.AvisTardifRecu)
    said = {"tardif": mots.phrase(late.event, found.annuaire) if late else "", "tampon": _tampon(found)}
    if fait is None or not isinstance(event := fait.event, e.AvisRendu):
        if not row.sens or row.rendu_le is None:
            return None
        return said | {"sens": mots.sens(row), "de": "", "motivation": "", "regle": row.regle, "source": "",
                       "acte": None, "seance": ""}  # fmt: skip
    alone = f"Avis du maire de {found.seule_commune}, seule commune de la conférence."
    return said | {
        "sens": mots.sens(row),
        "de": alone if found.seule_commune else "",
        "motivation": event.motivation,
        "regle": event.regle,
        "source": event.source or "",
        "acte": event.id_actes,
        "seance": event.seance or "",
    }


def _tampon(found: Dossier) -> str:
    fait = found.dernier(e.AvisRecuEnPrefecture)
    if fait is None or not isinstance(event := fait.event, e.AvisRecuEnPrefecture):
        return ""
    posted = f"affiché le {date_longue(event.affiche_le)}" if event.affiche_le else "affichage non porté au tampon"
    sent = f"Envoyé en préfecture le {date_longue(event.survenu_le)}, reçu le {date_longue(event.recu_le)}"
    source = f" Source\u00a0: {event.source}." if event.source else ""
    return f"{sent}, {posted}.{source}"


def vote(found: Dossier) -> dict[str, Any] | None:
    """The arithmetic, unfolded; the four numbers where the meeting gave them."""
    fait = found.dernier(e.AvisRendu)
    if fait is None or not isinstance(event := fait.event, e.AvisRendu) or event.pour is None or event.contre is None:
        return None
    count, away = found.vote, event.abstentions or 0
    favorable = event.sens.startswith("favorable")
    voids = (count.nuls or 0) if count else 0
    here, proxies = (count.presents, count.pouvoirs) if count else (event.pour + event.contre + away, 0)
    cast = Suffrages(here, proxies, event.pour, event.contre, away, voids)
    chair: Any = (count.president if count else None) or (
        ("pour" if favorable else "contre") if event.preponderante else None
    )
    result = Resultat(cast, "favorable" if favorable else "defavorable", event.preponderante, chair)
    lines = [("Présents", here), ("Pouvoirs", proxies), ("Votants", cast.votants)] if count else []
    lines += [("Suffrages exprimés", cast.exprimes), ("Pour", event.pour), ("Contre", event.contre)]
    lines += [("Abstentions", away), *([("Blancs ou nuls", voids)] if voids else [])]
    parts = (("pour", "pour", event.pour), ("contre", "contre", event.contre),
             ("abstention", "abstention" if away < 2 else "abstentions", away))  # fmt: skip
    total = max(1, event.pour + event.contre + away)
    return {
        "phrase": result.phrase,
        "lignes": [(name, nombre(value)) for name, value in lines],
        "parts": [{"sorte": s, "mot": m, "valeur": v, "largeur": 100 * v / total} for s, m, v in parts],
    }


def reserves(found: Dossier) -> list[dict[str, Any]]:
    """Each reservation word for word, and what became of it."""
    told = {f.event.rang: f for f in found.faits if isinstance(f.event, e.ReserveSuivie)}
    return [
        {"rang": rank, "texte": text, "suite": _suite(found, told.get(rank))}
        for rank, text in enumerate(found.reserves, start=1)
    ]


def _suite(found: Dossier, fait: Fait | None) -> dict[str, Any] | None:
    if fait is None or not isinstance(event := fait.event, e.ReserveSuivie | e.SuiteDonneeALAvis):
        return None
    return {
        "mot": mots.SUITES[event.suite],
        "sorte": {"retenue": "fait", "partielle": "en-cours"}.get(event.suite, "sans-objet"),
        "motif": event.motif,
        "deliberation": getattr(event, "deliberation", None),
        "connue": getattr(event, "deliberation", None) in found.deliberations,
        "date": date_longue(event.survenu_le),
        "index": fait.fact.position - 1,
        "numero": nombre(fait.fact.position),
    }


def _suite_donnee(found: Dossier) -> dict[str, Any] | None:
    return _suite(found, found.dernier(e.SuiteDonneeALAvis))


def ecrite(found: Dossier) -> dict[str, Any] | None:
    """A written referral: the question and the answer side by side, the days, who received it."""
    row = found.row
    if row.procedure != "saisine_ecrite":
        return None
    answered, sent = found.dernier(e.ReponseSignee), found.dernier(e.ReponseTransmise)
    known = {commune.insee: commune.nom for commune in found.communes}
    to = sent.event.destinataires if sent and isinstance(sent.event, e.ReponseTransmise) else ()
    until = row.repondue_le or found.jour
    answer = answered.event if answered and isinstance(answered.event, e.ReponseSignee) else None
    return {
        "question": row.objet,
        "reponse": answer.texte if answer else "",
        "qualite": answer.qualite if answer else "",
        "date": date_longue(row.repondue_le),
        "jours": jours((until - row.deposee_le).days),
        "maires": sorted(known.get(insee, insee) for insee in to),
        "transmise": date_longue(row.transmise_le),
    }


def contribution(found: Dossier) -> dict[str, str] | None:
    """A contribution, in full, and what the presidency said."""
    fait, said = found.dernier(e.ContributionAdoptee), found.dernier(e.PresentationDecidee)
    if fait is None or not isinstance(fait.event, e.ContributionAdoptee):
        return None
    return {
        "texte": fait.event.texte,
        "date": date_longue(fait.event.survenu_le),
        "decision": mots.phrase(said.event, found.annuaire) if said else "",
    }


def ligne(found: Dossier, fait: Fait) -> dict[str, Any]:
    """One event of the journal, its dates written out."""
    fact = fait.fact
    return {
        "numero": nombre(fact.position),
        "index": fact.position - 1,
        "phrase": mots.phrase(fact.event, found.annuaire),
        "fonction": found.annuaire.fonction(getattr(fact.event, "par", "")),
        "survenu": date_longue(fact.event.survenu_le),
        "enregistre": f"le {date_heure(fact.recorded_at)}" if fact.recorded_at else "",
        "feuille": bytes.fromhex(fait.feuille).hex(" ", 2),
    }


def _quand(au: int | date | None) -> str:
    if au is None:
        return ""
    return f"le {date_longue(au)}" if isinstance(au, date) else f"à l’acte n°\u00a0{au}"
