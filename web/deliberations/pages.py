"""`/deliberations`, `/deliberations/{numero}` and the act that an @CTES stamp names."""

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.deliberations.deliberation import contestable_jusqu_au
from domain.deliberations.events import DeliberationVotee
from domain.identifiers import est_numero
from projections.deliberations import DeliberationRow
from web.access import current_person
from web.chaine.memoire import chaine as chaine_de
from web.chaine.vue import resume
from web.colleges.lecture import read
from web.deliberations.chaine import ISSUES, phrase_du_vote
from web.deliberations.importees import page_importee
from web.deliberations.lecture import Acte, load
from web.journal.words import kind
from web.pages import date_longue, nombre, page
from web.propositions.dossier import PasEncore, read_au
from web.services import services

PAR_PAGE = 50
ETATS = {
    "projet": ("a-venir", "Projet"),
    "inscrite": ("en-cours", "À l’ordre du jour"),
    "adoptee": ("fait", "Adoptée"),
    "executoire": ("fait", "Exécutoire"),
    "rejetee": ("fait", "Rejetée"),
    "ajournee": ("en-cours", "Ajournée"),
    "retiree": ("retire", "Retirée"),
}
TRANSMIS = """SELECT '/deliberations/' || numero FROM deliberations WHERE id_actes = %s
    UNION ALL SELECT '/dossiers/' || reference FROM saisines WHERE id_actes = %s LIMIT 1"""
ABSENT = "Cet acte n’est pas dans la plateforme. Il existe peut-être sur papier : demandez une copie."


@get("/deliberations")
async def voir_deliberations(
    request: Request[Any, Any, Any], instance: FromQuery[str] = "", p: FromQuery[int] = 1
) -> Response[str]:
    """The list, the latest first; `instance` keeps one body's."""
    at = max(1, min(p, 10_000))
    where, values = ("instance = %s", [instance]) if instance else ("true", [])
    rows = await read(services(request), DeliberationRow,
                      f"{where} ORDER BY votee_le DESC NULLS LAST, numero LIMIT {PAR_PAGE + 1} OFFSET %s",
                      (*values, (at - 1) * PAR_PAGE))  # fmt: skip
    return page(
        request,
        "deliberations/liste.html",
        titre="Délibérations",
        fil=[{"href": "/", "label": "Accueil"}, {"href": "/deliberations", "label": "Délibérations"}],
        cartes=[carte(row) for row in rows[:PAR_PAGE]],
        p=at,
        suite=len(rows) > PAR_PAGE,
        instance=instance,
    )


def carte(row: DeliberationRow) -> dict[str, Any]:
    """One line of a list."""
    sorte, mot = ETATS[row.etat]
    when = row.votee_le or row.deposee_le
    return {"numero": row.numero, "objet": row.objet, "sorte": sorte, "mot": mot, "date": date_longue(when)}


@get("/deliberations/{numero:str}")
async def voir_deliberation(
    request: Request[Any, Any, Any],
    numero: FromPath[str],
    au: FromQuery[str | None] = None,
    vu: FromQuery[int | None] = None,
) -> Response[Any]:
    """The act: where it stands, its chain, its vote, who was there, the journal. 400 on a bad `au`, 404."""
    when = read_au(au)
    waited = vu is None or await services(request).watcher.wait_for(vu)
    try:
        acte = await load(services(request), numero, when) if est_numero(numero) else None
    except PasEncore as early:
        return page(request, "propositions/pas_encore.html", status=404, titre=numero, message=early.detail,
                    reference=numero)  # fmt: skip
    if acte is None:
        return await page_importee(request, numero, ABSENT)
    chaine = await chaine_de(services(request), numero, when)
    more = resume(chaine) if chaine else {}
    person = await current_person(request)
    bureau = person is not None and person.peut("preparer_deliberation", acte.row.instance)
    return page(request, "deliberations/acte.html", en_attente=not waited, bureau=bureau, **contexte(acte), **more)


@get("/actes/{identifiant:str}")
async def voir_acte_transmis(request: Request[Any, Any, Any], identifiant: FromPath[str]) -> Redirect:
    """Leads to the act of this @CTES identifier: a deliberation, or the avis of a municipal council. 404."""
    stamp = identifiant.strip().upper()
    found = await services(request).fetch(TRANSMIS, (stamp, stamp))
    if not found:
        raise NotFoundException(ABSENT)
    return Redirect(found[0][0], status_code=303)


def contexte(acte: Acte) -> dict[str, Any]:
    """All that the page says."""
    row = acte.row
    sorte, mot = ETATS[row.etat]
    instance = acte.annuaire.instance(row.instance)
    return {
        "titre": f"{row.objet} – délibération {row.numero}",
        "fil": [
            {"href": "/", "label": "Accueil"},
            {"href": "/deliberations", "label": "Délibérations"},
            {"href": f"/deliberations/{row.numero}", "label": row.numero},
        ],
        "acte": row,
        "instance": instance,
        "sorte": sorte,
        "mot": mot,
        "phrase": ou_en_est_on(acte),
        "vote": vote(acte),
        "faits": identite(acte),
        "assistance": assistance(acte),
        "decide": acte.deliberation.votee.decide if acte.deliberation.votee else "",
        "journal": [_ligne(acte, fait) for fait in reversed(acte.faits)],
        "quand": _quand(acte.au),
        "precision": "état enregistré" if isinstance(acte.au, int) else "à la fin de ce jour",
    }


def ou_en_est_on(acte: Acte) -> str:
    """Where it stands, in a sentence."""
    row = acte.row
    if row.etat == "retiree":
        return f"Cette délibération est retirée depuis le {date_longue(row.retiree_le)}."
    if row.executoire_le:
        return f"Votée le {date_longue(row.votee_le)}, exécutoire depuis le {date_longue(row.executoire_le)}."
    if row.votee_le:
        word = ISSUES.get(row.etat, "Votée")
        return f"{word} le {date_longue(row.votee_le)}."
    return "Ce projet n’est pas encore voté."


def vote(acte: Acte) -> dict[str, Any] | None:
    """The four numbers and the sentence."""
    event = acte.deliberation.votee
    if event is None or event.issue == "ajournee":
        return None
    cast = None if event.pour is None or event.contre is None else event.pour + event.contre
    unknown = "non porté"
    lines = [
        ("Membres en exercice", event.en_exercice),
        ("Présents", event.presents),
        ("Pouvoirs", event.pouvoirs),
        ("Votants", event.presents + event.pouvoirs),
        ("Suffrages exprimés", cast),
        ("Pour", event.pour),
        ("Contre", event.contre),
        ("Abstentions", event.abstentions),
    ]
    quorum = acte.seance.quorums[-1] if acte.seance.quorums else None
    return {
        "phrase": phrase_du_vote(event),
        "lignes": [(name, unknown if value is None else nombre(value)) for name, value in lines],
        "regle": event.regle,
        "quorum": f"Quorum : {quorum.seuil} présents exigés, {quorum.presents} comptés." if quorum else "",
        "quorum_regle": quorum.regle if quorum else None,
    }


def identite(acte: Acte) -> list[dict[str, str]]:
    """Who, what, by which dates."""
    row, projet = acte.row, acte.deliberation.projet
    vote_ = acte.premier(DeliberationVotee)
    until = contestable_jusqu_au(row.publiee_le) if row.publiee_le else None
    opened = acte.seance.ouverte
    pairs = [
        ("Instance", acte.annuaire.nom(row.instance)),
        ("Commission principale", row.commission),
        ("Service", projet.service if projet else None),
        ("Rapporteur", row.rapporteur),
        ("Présidence de la séance", acte.noms([opened.president])[0] if opened else None),
        ("Secrétaire élu", acte.noms([acte.seance.secretaire])[0] if acte.seance.secretaire else None),
        ("Matière", f"{row.matiere_code} {row.matiere_nom}"),
        ("Identifiant @CTES", row.id_actes),
        ("Votée le", _jour(row.votee_le)),
        ("Reçue par le préfet le", _jour(row.recue_le)),
        ("Publiée ou affichée le", _jour(row.publiee_le)),
        ("Exécutoire le", _jour(row.executoire_le)),
        ("Contestable jusqu’au", _jour(until)),
        ("Source", projet.source if projet else None),
    ]
    shown = [(name, value) for name, value in pairs if value and (vote_ is not None or name in ALWAYS)]
    return [{"nom": name, "valeur": value} for name, value in shown]


ALWAYS = ("Instance", "Rapporteur", "Matière", "Service", "Commission principale", "Source")


def assistance(acte: Acte) -> dict[str, Any] | None:
    """Who was there, who gave a proxy to whom, who was away without excuse."""
    seance = acte.seance
    if not seance.venus:
        return None
    sitting = set(acte.composition.en_exercice(acte.row.votee_le)) if acte.row.votee_le else set()
    away = sorted(sitting - seance.venus - set(seance.pouvoirs) - seance.excuses)
    order = [elu for elu in acte.composition.en_exercice(acte.row.votee_le or date.min) if elu in seance.venus]
    names = zip(acte.noms(list(seance.pouvoirs)), acte.noms(list(seance.pouvoirs.values())), strict=True)
    proxies = [f"{who} (pouvoir à {by})" for who, by in names]
    return {"presents": acte.noms(order), "pouvoirs": proxies, "absents": acte.noms(away)}


def _ligne(acte: Acte, fait: Any) -> dict[str, Any]:
    event = fait.event
    par = getattr(event, "par", None)
    return {
        "numero": nombre(fait.fact.position),
        "index": fait.fact.position - 1,
        "phrase": f"{kind(event.TOPIC)}.",
        "fonction": acte.annuaire.fonction(par) if par else "",
        "survenu": date_longue(event.survenu_le),
        "enregistre": "",
        "feuille": bytes.fromhex(fait.feuille).hex(" ", 2),
    }


def _jour(day: date | None) -> str:
    return date_longue(day) if day else ""


def _quand(au: int | date | None) -> str:
    if au is None:
        return ""
    return f"le {date_longue(au)}" if isinstance(au, date) else f"à l’acte n° {au}"
