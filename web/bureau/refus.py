"""Refused acts of the office: the form comes back filled, with the reason, and who was faster."""

import msgspec

from domain.errors import DejaFait
from domain.ledger import store
from domain.ledger.store import Once
from web.bureau.formulaire import ActeBureau, Illisible
from web.errors import Fault, fault
from web.forms import Form
from web.pages import date_heure
from web.propositions.dossier import Dossier
from web.propositions.mots import phrase
from web.services import Services


class Devance(Exception):
    """Somebody did the same kind of act while this form was being filled."""


class Refus(msgspec.Struct, frozen=True):
    """What was typed, what happened; `fait` says who did the act already, when somebody did."""

    acte: ActeBureau
    fields: Form
    faute: Fault
    fait: str = ""


async def pas_devance(services: Services, dossier: Dossier, acte: ActeBureau, typed: Form, key: Once) -> None:
    """Raises Devance when the same kind of act is newer than the form; a form sent twice is no conflict."""
    seen = typed.get("version", "")
    done = [fait.version for fait in dossier.actes if isinstance(fait.evenement, acte.evenement)]
    if not (seen.isdigit() and done and done[-1] > int(seen)):
        return
    async with services.pool.connection() as connection:
        if not await store.seen(connection, [key.key]):
            raise Devance


def refuser(acte: ActeBureau, typed: Form, error: Exception, dossier: Dossier) -> Refus:
    """What the page says of this refusal; `dossier` as it stands after it."""
    match error:
        case Devance():
            message = "Quelqu’un a fait cet acte pendant que vous écriviez. Votre texte est encore là."
            faute = Fault(409, message, "Lisez ce qui a été fait, puis renvoyez si c’est encore utile.")
        case Illisible():
            faute = Fault(422, str(error), "Corrigez ce point, puis recommencez.", field=error.field)
        case _:
            faute = fault(error)
    return Refus(acte, typed, faute, _fait(dossier, acte) if isinstance(error, Devance | DejaFait) else "")


def _fait(dossier: Dossier, acte: ActeBureau) -> str:
    done = next((fait for fait in reversed(dossier.actes) if isinstance(fait.evenement, acte.evenement)), None)
    if done is None:
        return ""
    qui = dossier.annuaire.fonction(getattr(done.evenement, "par", ""))
    return f"{qui}, le {date_heure(done.enregistre_le)} : {phrase(done.evenement, dossier.annuaire)}"
