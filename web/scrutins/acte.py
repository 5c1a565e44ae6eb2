"""One act of the office on a scrutin, from its data: its page, its form, what a refusal gives back."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import msgspec
from litestar import Request

from domain.ledger.store import Once
from web.access import Acteur, require
from web.bureau.formulaire import Champ, Illisible
from web.errors import Fault, fault
from web.forms import Form, new_key, once
from web.scrutins.vue import Vue
from web.services import Services, services


class Envoi(msgspec.Struct, frozen=True):
    """A form that was sent: who, on which scrutin, what was typed, its idempotency key."""

    services: Services
    acteur: Acteur
    vue: Vue
    fields: Form
    once: Once

    @property
    def qui(self) -> tuple[str, date, str]:
        """Who acts, what day, on which scrutin: how every command begins."""
        return self.acteur.personne, self.acteur.le, self.vue.reference


Faire = Callable[[Envoi], Awaitable[int]]
Details = Callable[[Services, Vue], Awaitable[dict[str, Any]]]


class Acte(msgspec.Struct, frozen=True):
    """An act. `texte`: what to know before; `phases`: when it makes sense; `faire` returns the position written.

    `details` gives the page what it shows besides; `retour` is where one goes afterwards, under the scrutin.
    """

    nom: str
    titre: str
    droit: str
    faire: Faire
    phases: tuple[str, ...]
    texte: tuple[str, ...] = ()
    champs: tuple[Champ, ...] = ()
    details: Details | None = None
    bouton: str = ""
    danger: bool = False
    retour: str = ""


def refuse(error: Exception) -> Fault:
    """What the page says of a refusal."""
    if isinstance(error, Illisible):
        return Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    return fault(error)


def formulaire(acte: Acte, fields: Form, faute: Fault | None) -> dict[str, Any]:
    """The form as its template takes it; filled with what was typed."""
    names = {champ.nom for champ in acte.champs}
    wrong = {faute.field: faute.message} if faute and faute.field in names else {}
    champs = [
        {
            "nom": f"{acte.nom}-{champ.nom}",
            "label": champ.label,
            "sorte": champ.sorte,
            "choix": champ.choix,
            "aide": champ.aide,
            "requis": champ.requis,
            "max": champ.max,
            "valeur": fields.get(champ.nom, ""),
            "erreur": wrong.get(champ.nom, ""),
        }
        for champ in acte.champs
    ]
    about = {"nom": acte.nom, "titre": acte.bouton or acte.titre, "aide": "", "danger": acte.danger}
    return about | {"champs": champs, "cle": fields.get("idempotence", "")}


def typed(acte: Acte, fields: Form) -> Form:
    """The fields without the act's name before theirs."""
    return {name.removeprefix(f"{acte.nom}-"): value for name, value in fields.items()}


async def executer(request: Request[Any, Any, Any], vue: Vue, acte: Acte, fields: Form) -> int:
    """Does the act; returns its position. Raises RegleViolee, KeyReused, Illisible, 401, 403."""
    acteur = await require(request, acte.droit, vue.cree.college)
    key = once(fields.get("idempotence") or new_key(), f"scrutins/{vue.reference}/{acte.nom}", fields)
    return await acte.faire(Envoi(services(request), acteur, vue, fields, key))


def fil(vue: Vue, *last: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumb of a page under a scrutin."""
    root = f"/bureau/scrutins/{vue.reference}"
    found = [("/bureau", "Ma semaine"), ("/bureau/scrutins", "Les votes"), (root, vue.reference)]
    return [{"href": href, "label": label} for href, label in (*found, *((f"{root}/{a}", b) for a, b in last))]


def entete(vue: Vue) -> dict[str, Any]:
    """What every page under a scrutin shows at its top."""
    return {
        "reference": vue.reference,
        "titre": vue.cree.titre,
        "college": vue.college,
        "essai": vue.cree.essai,
        "phase": vue.phase,
    }
