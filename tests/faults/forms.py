"""A right form for each address that takes one, so that each mistake can be made alone."""

import hashlib
import hmac
from contextlib import closing
from itertools import count
from typing import Any

import httpx
import msgspec
import psycopg

from tests.faults.served import Person
from tests.faults.sweep import Route
from tests.site import Site
from web.bureau.actes import ACTES
from web.demonstration.acts import code
from web.propositions.actes_auteur import ECRANS
from web.propositions.dire import ECRANS as DIRE

SECRET = b"k" * 32
CODE_PLACE = 11
TEXTE = "Il faudrait un banc devant la mairie"
DIRE_TOUT = {
    "instance": "gepi", "avec": "aidant", "texte": TEXTE, "reponse_par": "courriel", "courriel": "zoe@exemple.fr",
    "prenom": "Zoé-Éléonore", "lecture": "tous_avec_prenom", "aidant_nom": "Camille Durand",
    "aidant_structure": "Centre social du Lac", "relu": "oui",
}  # fmt: skip
SUIVI = {
    "pas-compris": {"telephone": "06 00 00 00 00", "lundi_matin": "oui"},
    "ajouter": {"texte": TEXTE},
    "retirer": {"effacer": "non"},
}
SUIVRE = {"courriel": "suit@exemple.fr", "rythme": "lundi"}
DU_BUREAU = {
    "titre": "Des bancs dans la rue", "theme": "logement", "competence": "commune", "decision": "garder_prive",
    "motif": "Une raison écrite ici", "session_le": "14/04/2026", "lieu": "Maison du Lac", "participants": "12",
    "mode": "vote", "pour": "7", "contre": "2", "abstentions": "3", "service": "Direction des routes",
    "pilote": "Direction générale", "suite": "pas_nous", "qui": "La commune de Bron", "telephone": "04 00 00 00 00",
    "lien": "https://exemple.fr/ici", "issue": "joint",
}  # fmt: skip
OTHERWISE = {"restituer": {"mode": "reunion"}, "moderer": {"motif": "tiers_nomme"}}

_numbers = count(1)


class Target(msgspec.Struct, frozen=True):
    """An address and the fields that it takes; `events` is how many an accepted form writes.

    `anonymous`: it would end the session of whoever sends it.
    """

    route: Route
    adresse: str
    fields: dict[str, str]
    events: int = 1

    @property
    def anonymous(self) -> bool:
        return self.adresse.startswith(("/connexion/", "/deconnexion"))


def fresh() -> str:
    """An idempotency key of its own."""
    return f"balayage-cle-unique-{next(_numbers)}"


def references(site: Site) -> dict[str, str]:
    """A proposition at each stage."""
    wanted = {
        "a_lire": "lue_le IS NULL AND retiree_le IS NULL",
        "lue": "lue_le IS NOT NULL AND repondue_le IS NULL AND retiree_le IS NULL",
        "repondue": "repondue_le IS NOT NULL AND close_le IS NULL AND retiree_le IS NULL",
    }
    with psycopg.connect(site.database.app) as connection:
        query = "SELECT reference FROM projections.propositions WHERE instance = 'gepi' AND {} ORDER BY depot LIMIT 1"
        found = {name: connection.execute(query.format(where).encode()).fetchone() for name, where in wanted.items()}
    return {name: row[0] for name, row in found.items() if row is not None}


def targets(route: Route, stages: dict[str, str]) -> list[Target]:
    """What to send to this address; for one that is not known here, nothing but what every form has."""
    lue = stages["lue"]
    match route.chemin:
        case "/dire/deposer":
            return [Target(route, route.chemin, DIRE_TOUT)]
        case "/dire/{etape}":
            return [Target(route, f"/dire/{list(DIRE)[-1]}", DIRE_TOUT), Target(route, "/dire/autre", {})]
        case "/suivi":
            return [Target(route, route.chemin, {"code": code(CODE_PLACE, SECRET)})]
        case "/suivi/{acte}":
            return [Target(route, f"/suivi/{acte}", SUIVI.get(acte, {})) for acte in (*ECRANS, "autre")]
        case "/suivre/{cible}":
            return [Target(route, f"/suivre/{lue}", SUIVRE), Target(route, f"/suivre/{'x' * 90}", {})]
        case "/suivre/instances/{slug}":
            return [Target(route, "/suivre/instances/gepi", SUIVRE), Target(route, "/suivre/instances/x", {})]
        case "/connexion" | "/suivre":
            return [Target(route, route.chemin, {"courriel": "qui@exemple.fr", "suite": "/bureau"})]
        case "/connexion/demonstration":
            return [Target(route, route.chemin, {"personne": "animation-gepi", "suite": "/bureau"})]
        case "/bureau/jetons":
            return [Target(route, route.chemin, {"usage": "Un programme du balayage"})]
        case "/bureau/propositions/{reference}/{nom}":
            return _acts(route, stages)
        case "/bureau/seances":
            said = {name: DU_BUREAU[name] for name in ("session_le", "lieu", "participants")}
            return [Target(route, route.chemin, said | {"instance": "gepi", f"parlee-{lue}": "oui"})]
        case "/bureau/cartes":
            said = {"instance": "gepi", "texte": TEXTE, "prenom": "Zoé-Éléonore", "lecture": "equipe"}
            return [Target(route, route.chemin, said)]
        case "/bureau/effacements":
            said = {"dossier": stages["repondue"], "motif": "moderation", "efface-1-contribution": "oui"}
            return [Target(route, route.chemin, said, events=2)]
    return [Target(route, route.adresse({"jeton": "0" * 36, "courrier": "0" * 36, "reference": lue}), {})]


def _acts(route: Route, stages: dict[str, str]) -> list[Target]:
    stage = {"qualifier": "a_lire", "restituer": "repondue", "clore": "repondue", "rappel": "repondue"}
    found = [Target(route, f"/bureau/propositions/{stages['lue']}/inconnu", {})]
    for nom, acte in ACTES.items():
        known = DU_BUREAU | OTHERWISE.get(nom, {})
        said = {f"{nom}-{champ.nom}": known[champ.nom] for champ in acte.champs}
        found.append(Target(route, f"/bureau/propositions/{stages[stage.get(nom, 'lue')]}/{nom}", said))
    return found


class Visitor(msgspec.Struct, frozen=True):
    """The cookies of somebody who is signed in and follows with a code; the token of her forms; one for programs."""

    cookie: str
    csrf: str
    bearer: str


def visitor(site: Site) -> Visitor:
    """Somebody who holds every function."""
    with closing(Person(site, "coordination")) as person:
        shown = person.submit("/bureau/jetons", usage="balayage").text
        person.submit("/suivi", code=code(CODE_PLACE, SECRET))
        held = {name: str(value) for name, value in person.cookies.items()}
    assert {"s", "suivi"} <= held.keys()
    bearer = "registre_" + shown.partition("registre_")[2][:43]
    return Visitor("; ".join(f"{name}={value}" for name, value in held.items()), csrf(held["s"]), bearer)


def csrf(session: str) -> str:
    """The token of a session's forms; of anonymous forms without one."""
    return hmac.new(SECRET, b"csrf\0" + session.encode(), hashlib.sha256).hexdigest()[:32]


def written(answer: httpx.Response, target: Target) -> int:
    """How many events an answer says that it wrote."""
    return target.events if answer.status_code == 303 and "vu=" in answer.headers["location"] else 0


def form(target: Target, who: Visitor, **changes: Any) -> dict[str, Any]:
    """The right form of this target with its own key, then what is changed."""
    key = fresh()
    return target.fields | {"csrf": token(target, who), "idempotence": key, "cle": key} | changes


def token(target: Target, who: Visitor) -> str:
    """What goes in the form beside her cookies."""
    return csrf("") if target.anonymous else who.csrf


def cookies(target: Target, who: Visitor) -> dict[str, str]:
    """As a header."""
    return {"Cookie": "autre=1" if target.anonymous else who.cookie}
