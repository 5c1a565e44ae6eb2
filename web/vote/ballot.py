"""A scrutin as the voting pages show it: its phase for a slip, its words, its projects in this ballot's own order."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request

from domain.errors import RegleViolee
from domain.money import euros_ronds
from domain.scrutins.events import DepouillementAnnonce, ScrutinCree
from web.pages import DAYS, MONTHS, NBSP, PARIS
from web.services import Services, services
from web.static_files import FILES
from web.vote.choix import choices
from web.vote.refus import BilletAnnule, BilletDejaServi, VoteFini, VotePasOuvert
from web.vote.screens import now
from web.vote.session import Isoloir
from web.vote.tablet import bound_reference

BEFORE = ("prepare", "confirme", "pret")
COUNTED = ("depouille", "proclame", "efface")
READ = """SELECT s.reference, s.cree, s.phase, s.cles, coalesce(i.nom, ''), s.etat -> 'annonce',
    (SELECT jsonb_object_agg(p.image, p.image_texte) FROM projets p WHERE p.dossier = s.dossier AND p.image IS NOT NULL)
    FROM scrutins s LEFT JOIN instances i ON i.slug = s.college WHERE s.reference = %s AND NOT s.importe"""
SCRIPT = FILES["vote.js"]


class Vote(msgspec.Struct, frozen=True):
    """A scrutin held here. Keys are base64 of P-256 points, None until they are published; `lieu` is its collège;
    `images`: what each picture that may be shown shows, by sha256."""

    reference: str
    cree: ScrutinCree
    phase: str
    cle_bureau: str | None
    cle_metropole: str | None
    lieu: str
    images: dict[str, str] = {}
    annonce: DepouillementAnnonce | None = None

    @property
    def surtitre(self) -> str:
        """« Collège des Deux-Rives · Budget participatif »."""
        return f"{self.lieu} · Budget participatif" if self.lieu else self.cree.titre


async def read_vote(found: Services, reference: str) -> Vote | None:
    """This scrutin, or None: unknown, or held elsewhere and imported."""
    rows = await found.fetch(READ, (reference,))
    if not rows:
        return None
    known, cree, phase, keys, lieu, announced, images = rows[0]
    rules, told = msgspec.convert(cree, ScrutinCree), msgspec.convert(announced, DepouillementAnnonce | None)
    return Vote(known, rules, phase, keys.get("bureau"), keys.get("metropole"), lieu, images or {}, told)


async def kiosk_vote(request: Request[Any, Any, Any]) -> Vote | None:
    """The scrutin that this tablet is bound to for the day, if it is one of the bureau's."""
    reference = bound_reference(request)
    return await read_vote(services(request), reference) if reference else None


def refusal(vote: Vote, slip: str | None) -> RegleViolee | None:
    """Why this slip opens nothing now, or None. `slip` is its state in the urn."""
    if slip == "utilise":
        return BilletDejaServi()
    if slip in ("annule", "echange", None):
        how = "a été échangé contre un bulletin en papier" if slip == "echange" else "a été annulé"
        return BilletAnnule(f"Ce billet {how}. Montre-le à l’adulte du bureau de vote.")
    if vote.phase == "annule":
        return VoteFini("Ce vote est annulé. Il y en aura un autre\u00a0: demande au bureau de vote.")
    if vote.phase in BEFORE or (vote.phase == "ouvert" and now() < vote.cree.ouvre_le):
        when = f"ouvre {jour_heure(vote.cree.ouvre_le)}" if now() < vote.cree.ouvre_le else "n’est pas encore ouvert"
        return VotePasOuvert(f"Le vote {when}. Garde bien ton billet.")
    if vote.phase != "ouvert" or now() >= vote.cree.ferme_le:
        return VoteFini(_finished(vote))
    return None


def _finished(vote: Vote) -> str:
    since = f" depuis {jour_heure(vote.cree.ferme_le)}" if now() >= vote.cree.ferme_le else ""
    then = "Le dépouillement se fait devant tout le monde, dans ton collège"
    if vote.phase in COUNTED:
        then = "Les résultats sont affichés"
    elif vote.annonce is not None:
        then = f"Le dépouillement est {jour_heure(vote.annonce.quand)}, {vote.annonce.lieu}"
    return f"Le vote est fini{since}. {then}."


def jour_heure(moment: datetime) -> str:
    """« lundi 8 mars à 8 h », in Paris."""
    at = moment.astimezone(PARIS)
    minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
    day = "1er" if at.day == 1 else str(at.day)
    return f"{DAYS[at.weekday()]} {day} {MONTHS[at.month - 1]} à {at.hour}{NBSP}h{minutes}"


def order(vote: Vote, found: Isoloir) -> list[int]:
    """The places of the projects in this ballot: drawn for each slip, the same as long as the session lives."""
    drawn = [hmac.digest(found.graine, projet.id.encode(), "sha256") for projet in vote.cree.projets]
    return sorted(range(len(drawn)), key=lambda place: drawn[place])


def words(cree: ScrutinCree) -> tuple[str, str]:
    """What to do, told (« Tu choisis jusqu’à 3 projets. ») and asked (« Choisis jusqu’à 3 projets »)."""
    most = choices(cree)
    if cree.type_vote == "cumulative":
        return f"Tu répartis {cree.points_max} points.", f"Répartis {cree.points_max} points entre les projets"
    ranked = cree.type_vote == "ordinal"
    verbs = ("Tu classes", "Classe") if ranked else ("Tu choisis", "Choisis")
    how = f"jusqu’à {most} projets" if most > 1 else "un projet"
    return f"{verbs[0]} {how}.", f"{verbs[1]} {how}" + (", du préféré au moins aimé" if ranked and most > 1 else "")


def context(vote: Vote, found: Isoloir, values: Mapping[str, str]) -> dict[str, Any]:
    """What the ballot's template needs; `values` are the controls already filled, by project."""
    cree, (consigne, legende) = vote.cree, words(vote.cree)
    return {
        "surtitre": vote.surtitre,
        "titre": f"{euros_ronds(cree.budget_cents)} pour améliorer ton collège." if vote.lieu else cree.titre,
        "consigne": consigne,
        "legende": legende,
        "reference": vote.reference,
        "credential": found.titre,
        "cle_bureau": vote.cle_bureau or "",
        "cle_metropole": vote.cle_metropole or "",
        "longueur": cree.longueur,
        "type_vote": cree.type_vote,
        "choix_max": choices(cree),
        "points_max": cree.points_max or 0,
        "projets": [_project(vote, place, values) for place in order(vote, found)],
        "essai": cree.essai,
        "programme": script_digest(),
        "autre_programme": cree.empreinte_page not in ("", script_digest()),
    }


def _project(vote: Vote, place: int, values: Mapping[str, str]) -> dict[str, Any]:
    projet = vote.cree.projets[place]
    return msgspec.structs.asdict(projet) | {
        "place": place,
        "prix": euros_ronds(projet.cout_cents),
        "image": projet.image if projet.image in vote.images else None,
        "image_texte": vote.images.get(projet.image or "", ""),
        "valeur": values.get(projet.id, ""),
    }


def script_digest() -> str:
    """SHA-256 of the voting page's script, which a scrutin freezes in its rules."""
    return _DIGEST


_DIGEST = hashlib.sha256(SCRIPT.content).hexdigest()
