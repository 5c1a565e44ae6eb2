"""What each act of the office on a deliberation asks of the domain: its commands, one step after the other."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

import msgspec

from domain.deliberations import executer_acte as x
from domain.deliberations.constater_vote import ConstaterVote
from domain.deliberations.preparer_deliberation import InscrireALaSeance
from domain.ledger.command import Command
from domain.seances.appeler_point import AppelerPoint
from domain.seances.compter_vote import NoterIssue
from domain.seances.inscrire_point import InscrirePoint
from web.access import Acteur
from web.bureau.formulaire import Illisible, jour_du
from web.bureau_deliberations.lecture import Lu
from web.forms import Form
from web.pages import date_longue
from web.seances import formes
from web.seances.voter import DE_LA_SALLE

[COMPTER] = [acte for acte in DE_LA_SALLE if acte.nom == "vote"]


class Demande(msgspec.Struct):
    """One act asked for. `empreinte` is the sha256 of the extract as it is now, where the act publishes it."""

    acteur: Acteur
    lu: Lu
    champs: Form
    maintenant: datetime
    empreinte: str = ""

    def mot(self, nom: str) -> str:
        """What was typed there."""
        return self.champs.get(nom, "").strip()

    @property
    def ici(self) -> tuple[str, date, str, str]:
        """Who, today, which deliberation, of which body."""
        return self.acteur.personne, self.acteur.le, self.lu.numero, self.lu.row.instance

    @property
    def qui(self) -> tuple[str, date, str, str, date]:
        """The same, and the legal day that was typed. Raises Illisible."""
        return *self.ici, jour_du(self.champs, "le_fait")

    @property
    def seance(self) -> str:
        """Its meeting. Raises Illisible."""
        if self.lu.reunion is None:
            raise Illisible("seance", "Choisissez une séance de cette assemblée.")
        return self.lu.reunion.reference

    @property
    def avis(self) -> tuple[str, ...]:
        return tuple(self.lu.row.avis_requis)

    def salle(self) -> formes.Demande:
        """The same act, as the meeting's own office takes it."""
        assert self.lu.reunion is not None
        here = formes.Lu(self.lu.reunion, avis={self.lu.numero: self.avis})
        return formes.Demande(self.acteur, here, {**self.champs, "rang": str(self.lu.rang)}, self.maintenant)


def inscrire_point(d: Demande) -> list[Command]:
    """The item of the agenda, where the meeting has none for this draft."""
    projet, seance = d.lu.acte.deliberation.connue(), d.seance
    who, le, _, instance = d.ici
    return [] if d.lu.rang else [InscrirePoint(who, le, seance, instance, projet.objet, "presidence", d.lu.numero)]


def inscrire(d: Demande) -> list[Command]:
    return [InscrireALaSeance(*d.qui, d.seance, d.lu.rang)]


def appeler(d: Demande) -> list[Command]:
    """The item is called, unless it was; nothing begins that could not be ended."""
    seance, salle = d.seance, d.salle()
    filed = d.lu.dates["ProjetDepose"]
    if not d.mot("texte"):
        raise Illisible("texte", "Recopiez ce que l’assemblée décide, mot pour mot.")
    if salle.reunion.jour < filed:
        raise Illisible("texte", f"La séance vient avant le dépôt du projet, noté le {date_longue(filed)}.")
    if d.lu.rang in salle.reunion.seance.appeles:
        return []
    who, le, _, instance = d.ici
    return [AppelerPoint(who, le, seance, instance, d.lu.rang, salle.heure())]


def compter(d: Demande) -> Sequence[Command]:
    """The meeting's own count, with its control sum; or the issue alone."""
    if d.mot("detail") == "porte":
        return COMPTER.commandes(d.salle())
    who, le, _, instance = d.ici
    adopted = d.mot("detail") == "adoptee"
    if not adopted and d.mot("detail") != "rejetee":
        raise Illisible("detail", "Choisissez ce que dit le document.")
    return [NoterIssue(who, le, d.seance, instance, d.lu.rang, adopted, projet=d.lu.numero, avis_requis=d.avis)]


def constater(d: Demande) -> list[Command]:
    seance, held = d.seance, d.salle().reunion.jour
    day = jour_du(d.champs, "le_fait") if d.mot("le_fait") else held
    return [ConstaterVote(*d.ici, day, seance, d.lu.rang, d.mot("texte"), d.avis)]


def transmettre(d: Demande) -> list[Command]:
    return [x.TransmettreActe(*d.qui, d.mot("id_actes") or None)]


def publier(d: Demande) -> list[Command]:
    return [x.PublierActe(*d.qui, cast(Any, d.mot("mode")), d.empreinte or None)]


def retirer(d: Demande) -> list[Command]:
    return [x.RetirerDeliberation(*d.qui, d.mot("motif"), d.mot("remplacee_par") or None)]


def rectifier(d: Demande) -> list[Command]:
    return [x.RectifierDeliberation(*d.qui, d.mot("champ"), d.mot("avant"), d.mot("apres"), d.mot("motif"))]
