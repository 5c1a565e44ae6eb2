"""The acts of the secretary as data: who may, what each asks with its defaults, which commands it makes."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import msgspec

from domain.calendrier import PARIS
from domain.errors import RegleViolee
from domain.ledger.command import Command
from domain.ledger.deciding import KeyReused
from projections.seances import SeanceRow
from web.access import Acteur
from web.bureau.formulaire import Champ, Illisible
from web.errors import Fault, fault
from web.forms import Form
from web.seances.lecture import Reunion

NUIT: Final = timedelta(hours=12)  # an hour typed so much before the last one noted is of the next day
HEURE = Champ("heure", "Heure", max=8, aide="Vide : maintenant. Après coup : l’heure légale.")
_HEURE = re.compile(r"(\d{1,2})\s*(?:[:h]\s*(\d{2})?|(\d{2}))?")


class Lu(msgspec.Struct):
    """A meeting as the office reads it: its body's other meetings, the compulsory avis of each draft on its agenda."""

    reunion: Reunion
    autres: Sequence[SeanceRow] = ()
    avis: dict[str, tuple[str, ...]] = {}


class Demande(msgspec.Struct):
    """One act asked for: by whom, on which meeting, with what, at which moment (the clock of the request)."""

    acteur: Acteur
    lu: Lu
    champs: Form
    maintenant: datetime

    @property
    def reunion(self) -> Reunion:
        return self.lu.reunion

    @property
    def qui(self) -> tuple[str, date, str, str]:
        """What every command on a meeting begins with."""
        row = self.lu.reunion.row
        return self.acteur.personne, self.acteur.le, row.reference, row.instance

    def mot(self, nom: str) -> str:
        """What was typed there."""
        return self.champs.get(nom, "").strip()

    @property
    def rang(self) -> int:
        """The item that this is about."""
        return chiffres(self.mot("rang"))

    def heure(self, nom: str = "heure") -> datetime:
        """The legal hour of the fact: as typed, else now, else (afterwards) the last one noted. Raises Illisible."""
        meeting = self.reunion
        last = meeting.seance.moment or meeting.row.prevue_le
        if typed := self.mot(nom):
            return lire_heure(typed, nom, last)
        here = self.maintenant.astimezone(PARIS).replace(second=0, microsecond=0)
        return max(here, last) if here.date() == meeting.jour else last


class Acte(msgspec.Struct, frozen=True):
    """One act. `utile` says whether the meeting waits for it; `champs` and `defauts` may depend on the meeting."""

    nom: str
    titre: str
    droit: str
    commandes: Callable[[Demande], Sequence[Command]]
    utile: Callable[[Lu], bool] = lambda lu: False
    champs: Callable[[Lu], Sequence[Champ]] = lambda lu: ()
    defauts: Callable[[Lu], Form] = lambda lu: {}
    aide: str = ""


class Refus(msgspec.Struct, frozen=True):
    """A refused act: which, on which item, what was typed, why."""

    acte: Acte
    champs: Form
    faute: Fault

    @property
    def fautes(self) -> dict[str, str]:
        """The message under the field that it is about."""
        return {self.faute.field: self.faute.message} if self.faute.field else {}


REFUSES = (RegleViolee, Illisible, KeyReused)


def refuser(acte: Acte, champs: Form, error: Exception) -> Refus:
    """What the page says of this refusal."""
    if isinstance(error, Illisible):
        faute = Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
    else:
        faute = fault(error)
    return Refus(acte, champs, faute)


def lire_heure(typed: str, nom: str, moment: datetime) -> datetime:
    """`11:42`, `11h42`, `1142` on the day of `moment`; past midnight, on the next one. Raises Illisible."""
    found = _HEURE.fullmatch(typed.strip().lower())
    hours, minutes = (int(found[1]), int(found[2] or found[3] or 0)) if found else (24, 0)
    if hours > 23 or minutes > 59:
        raise Illisible(nom, "Écrivez une heure. Exemple : 11:42")
    last = moment.astimezone(PARIS)
    at = datetime.combine(last.date(), time(hours, minutes), PARIS)
    return at + timedelta(days=1) if last - at > NUIT else at


def chiffres(typed: str) -> int:
    """A small number that a hidden field carries, 0 on anything else."""
    return int(typed) if re.fullmatch("[0-9]{1,6}", typed) else 0


def coches(champs: Form, nom: str) -> tuple[str, ...]:
    """The boxes ticked in a list of members: fields `nom-slug`."""
    return tuple(name[len(nom) + 1 :] for name, value in champs.items() if name.startswith(f"{nom}-") and value)


def formulaire(acte: Acte, lu: Lu, refus: Refus | None, rang: int | None = None) -> dict[str, Any]:
    """The form as the template takes it, with its defaults, or as it was typed when it was refused."""
    mine = refus if refus is not None and refus.acte.nom == acte.nom else None
    values = mine.champs if mine else acte.defauts(lu)
    wrong = mine.fautes if mine else {}
    return {
        "nom": acte.nom,
        "titre": acte.titre,
        "aide": acte.aide,
        "rang": rang,
        "ouvert": mine is not None,
        "champs": [
            {
                "nom": f"{acte.nom}-{champ.nom}",
                "label": champ.label,
                "sorte": champ.sorte,
                "choix": champ.choix,
                "aide": champ.aide,
                "requis": champ.requis,
                "max": champ.max,
                "valeur": values.get(champ.nom, ""),
                "erreur": wrong.get(champ.nom, ""),
            }
            for champ in acte.champs(lu)
        ],
    }


def depouille(champs: Form, acte: str) -> Form:
    """The fields without the prefix that made them unique on the page."""
    return {name.removeprefix(f"{acte}-"): value for name, value in champs.items()}
