"""The acts of the office on a participatory budget, as data: who may, what each asks, which command it makes."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from domain.errors import RegleViolee
from domain.ledger.command import Command
from web.access import Acteur
from web.bureau.formulaire import Champ, Illisible
from web.colleges.flux import Ensemble
from web.errors import Fault, fault
from web.forms import Form


class Lu(msgspec.Struct):
    """A dossier as the office reads it: the other dossiers of its edition, its own scrutins, its ideas' words."""

    ensemble: Ensemble
    autres: tuple[str, ...] = ()
    scrutins: tuple[str, ...] = ()
    textes: dict[str, str] = {}


class Demande(msgspec.Struct):
    """One act asked for: by whom, on which dossier, on which of its projects or ideas (`cible`), with what."""

    acteur: Acteur
    lu: Lu
    cible: str
    champs: Form
    photo: str | None = None

    @property
    def qui(self) -> tuple[str, Any, str]:
        """What every command on a dossier begins with."""
        return self.acteur.personne, self.acteur.le, self.lu.ensemble.reference

    def mot(self, nom: str) -> str:
        """What was typed there."""
        return self.champs.get(nom, "")


class Acte(msgspec.Struct, frozen=True):
    """One act. `utile` says whether the dossier waits for it; `champs` may depend on the dossier; `vignette`: its photo
    is that of a ballot card, without which there is no act."""

    nom: str
    titre: str
    commande: Callable[[Demande], Command]
    utile: Callable[[Lu, str], bool]
    champs: Callable[[Lu, str], Sequence[Champ]] = lambda lu, cible: ()
    aide: str = ""
    photo: bool = False
    vignette: bool = False


class Refus(msgspec.Struct, frozen=True):
    """A refused act: which, on what, what was typed, why."""

    acte: Acte
    cible: str
    champs: Form
    faute: Fault


def refuser(acte: Acte, cible: str, champs: Form, error: Exception) -> Refus:
    """What the page says of this refusal."""
    if isinstance(error, Illisible):
        faute = Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    else:
        faute = fault(error)
    return Refus(acte, cible, champs, faute)


def cents(champs: Form, nom: str) -> int:
    """An amount typed in euros (`6 000`, `6000,50 €`), in cents. Raises Illisible."""
    typed = champs.get(nom, "")  # `split` drops every kind of space
    whole, _, rest = "".join(typed.split()).replace("€", "").replace(".", ",").partition(",")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 9 and len(rest) <= 2):
        raise Illisible(nom, "Écrivez une somme en euros. Exemple : 6 000")
    if rest and not (rest.isascii() and rest.isdigit()):
        raise Illisible(nom, "Écrivez une somme en euros. Exemple : 6 000")
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)


def coches(champs: Form, nom: str) -> tuple[str, ...]:
    """The boxes ticked in a group: fields `nom-valeur`."""
    return tuple(name.removeprefix(f"{nom}-") for name, value in champs.items() if name.startswith(f"{nom}-") and value)


def formulaire(acte: Acte, lu: Lu, cible: str, refus: Refus | None) -> dict[str, Any]:
    """The form as the template takes it; ids carry the act and its target."""
    mine = refus if refus is not None and (refus.acte, refus.cible) == (acte, cible) else None
    prefix = f"{acte.nom}-{cible}" if cible else acte.nom
    return {
        "nom": acte.nom,
        "id": prefix,
        "cible": cible,
        "titre": acte.titre,
        "aide": acte.aide,
        "photo": acte.photo,
        "vignette": acte.vignette,
        "champs": [_champ(champ, prefix, mine) for champ in acte.champs(lu, cible)],
    }


def _champ(champ: Champ, prefix: str, mine: Refus | None) -> dict[str, Any]:
    wrong = mine.faute.message if mine and mine.faute.field == champ.nom else ""
    typed = mine.champs if mine else {}
    name = f"{prefix}-{champ.nom}"
    return {
        "nom": name,
        "label": champ.label,
        "sorte": champ.sorte,
        "choix": champ.choix,
        "cases": [
            {"nom": f"{name}-{valeur}", "libelle": libelle,
             "cochee": bool(typed.get(f"{champ.nom}-{valeur}")) if mine else champ.requis}
            for valeur, libelle in champ.options
        ],
        "aide": champ.aide,
        "requis": champ.requis,
        "max": champ.max,
        "valeur": typed.get(champ.nom, ""),
        "erreur": wrong,
    }  # fmt: skip


def depouille(champs: Form, acte: Acte, cible: str) -> Form:
    """The fields without the prefix that made them unique on the page."""
    prefix = f"{acte.nom}-{cible}-" if cible else f"{acte.nom}-"
    return {name.removeprefix(prefix): value for name, value in champs.items()}


REFUSES = (RegleViolee, Illisible)
