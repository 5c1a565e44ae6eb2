"""The acts of the office on money, as data: who may, what each asks and proposes, which commands it makes."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from litestar import Request

from domain.errors import RegleViolee
from domain.ledger.command import Command
from domain.ledger.deciding import KeyReused
from domain.money import lire_euros
from web.access import Acteur, require
from web.bureau.formulaire import Illisible
from web.colleges.photos import keep, read_upload
from web.errors import Fault, fault
from web.forms import Form, new_key, once, read_form
from web.services import services

T = TypeVar("T")
REFUSES = (RegleViolee, Illisible, KeyReused)
MONTANT = "montant"
DES_MONTANTS = ("cents", "cout_cents", "montant_cents", "difference_cents", "cout_reel_cents")
Options = tuple[tuple[str, str], ...]


class Saisie(msgspec.Struct, frozen=True):
    """A field. `sorte`: text, number, date, textarea, select, radios, cases, case. `valeur`: what is proposed.

    `suggestions`: (value, label) that typing completes.
    """

    nom: str
    label: str
    sorte: str = "text"
    options: Options = ()
    aide: str = ""
    requis: bool = True
    max: int = 0
    valeur: str = ""
    suggestions: Options = ()


class Demande(msgspec.Struct, Generic[T]):
    """One act asked for: by whom, on what was read, with what was typed and the sha256 of its picture."""

    acteur: Acteur
    lu: T
    champs: Form
    photo: str = ""

    @property
    def qui(self) -> tuple[str, Any]:
        """What every command begins with."""
        return self.acteur.personne, self.acteur.le

    def mot(self, nom: str) -> str:
        """What was typed there."""
        return self.champs.get(nom, "").strip()

    def montant(self) -> int:
        """Its amount, in cents. Raises MontantInvalide."""
        return lire_euros(self.mot(MONTANT), MONTANT)

    def annee(self, nom: str = "annee") -> int:
        """A year. Raises Illisible."""
        typed = self.mot(nom)
        if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
            raise Illisible(nom, "Écrivez une année. Exemple : 2026")
        return int(typed)

    def coches(self, nom: str) -> tuple[str, ...]:
        """The boxes ticked in a group: fields `nom-valeur`."""
        prefix = f"{nom}-"
        return tuple(
            name.removeprefix(prefix) for name, value in self.champs.items() if name.startswith(prefix) and value
        )


class Acte(msgspec.Struct, Generic[T], frozen=True):
    """One act: its name in addresses, its button, its right, its commands; `utile`: whether what was read waits."""

    nom: str
    titre: str
    droit: str
    commandes: Callable[[Demande[T]], Sequence[Command]]
    champs: Callable[[T], Sequence[Saisie]] = lambda lu: ()
    utile: Callable[[T], bool] = lambda lu: True
    aide: str = ""
    photo: bool = False


class Refus(msgspec.Struct, frozen=True):
    """A refused act: what was typed, why."""

    acte: Acte[Any]
    champs: Form
    faute: Fault


def refuser(acte: Acte[Any], champs: Form, error: Exception) -> Refus:
    """What the page says of this refusal."""
    return Refus(acte, champs, faute_de(error))


def faute_de(error: Exception) -> Fault:
    """The same, wherever it was refused; the field is the form's."""
    if isinstance(error, Illisible):
        return Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    found = fault(error)
    return msgspec.structs.replace(found, field=MONTANT) if found.field in DES_MONTANTS else found


async def recevoir(request: Request[Any, Any, Any], nom: str, photo: bool = False) -> tuple[Form, bytes]:
    """The fields of the form of this act, without their prefix, and its picture where it takes one."""
    multipart = photo and request.content_type[0] == "multipart/form-data"
    fields, image = await read_upload(request) if multipart else (await read_form(request), b"")
    return {name.removeprefix(f"{nom}-"): value.replace("\0", "") for name, value in fields.items()}, image


async def faire(
    request: Request[Any, Any, Any], acte: Acte[T], instance: str | None, lu: T, typed: Form, photo: bytes, scope: str
) -> int:
    """Does the act, each of its commands once; returns the last position."""
    found, acteur = services(request), await require(request, acte.droit, instance)
    image = await keep(found, photo) if photo and acte.photo else ""
    key, position = typed.get("idempotence") or new_key(), 0
    for rank, command in enumerate(acte.commandes(Demande(acteur, lu, typed, image))):
        position = (await found.ledger.execute(command, once(f"{key}/{rank}", f"{scope}/{acte.nom}", typed))).position
    return position


def formulaire(acte: Acte[T], lu: T, refus: Refus | None) -> dict[str, Any]:
    """The form as the template takes it; ids carry the act's name."""
    mine = refus if refus is not None and refus.acte is acte else None
    return {
        "nom": acte.nom,
        "titre": acte.titre,
        "aide": acte.aide,
        "photo": acte.photo,
        "ouvert": mine is not None,
        "champs": [champ(one, acte.nom, mine.champs if mine else None, mine.faute if mine else None)
                   for one in acte.champs(lu)],
    }  # fmt: skip


def champ(one: Saisie, prefix: str, typed: Form | None, wrong: Fault | None) -> dict[str, Any]:
    """One field: what was typed, or what is proposed."""
    name = f"{prefix}-{one.nom}"
    return {
        "nom": name,
        "label": one.label,
        "sorte": one.sorte,
        "choix": [{"valeur": value, "libelle": label} for value, label in one.options],
        "cases": [
            {"nom": f"{name}-{value}", "libelle": label, "cochee": bool(typed and typed.get(f"{one.nom}-{value}"))}
            for value, label in one.options
        ],
        "aide": one.aide,
        "requis": one.requis,
        "max": one.max,
        "valeur": one.valeur if typed is None else typed.get(one.nom, ""),
        "suggestions": [{"valeur": value, "libelle": label} for value, label in one.suggestions],
        "erreur": wrong.message if wrong is not None and wrong.field == one.nom else "",
    }
