"""Presences by three letters or by boxes, and votes: by counts with their control sum, or by name."""

from typing import cast

from domain.ledger.command import Command
from domain.majorites.suffrages import Sens
from domain.seances import events as e
from domain.seances.appeler_point import DemanderScrutin
from domain.seances.compter_vote import CompterVoixNominatives, CompterVote
from domain.seances.constater_presences import ConstaterPresences
from projections.recherche import fold
from web.bureau.formulaire import Illisible, entier
from web.pages import NBSP
from web.seances.formes import Acte, Demande, coches
from web.seances.lecture import Reunion
from web.seances.mots import SENS

LETTRES = 3


def trouver(reunion: Reunion, typed: str) -> str:
    """The only member whose names begin so: « coc », « coc mme ». Raises Illisible."""
    words = fold(typed).split()
    found = [
        elu
        for elu, member in reunion.membres.items()
        if all(
            any(
                part.startswith(word)
                for part in fold(f"{member.nom} {member.prenom or ''} {reunion.nom(elu)} {elu}").split()
            )
            for word in words
        )
    ]
    if not words or not found:
        raise Illisible("cherche", "Personne ici ne porte ce nom.")
    if len(found) > 1:
        names = ", ".join(reunion.nom(elu) for elu in found[:6])
        raise Illisible("cherche", f"{len(found)} membres{NBSP}: {names}. Ajoutez des lettres.")
    return found[0]


def _presences(d: Demande) -> list[Command]:
    """Who was ticked or unticked since the page was shown: others may have noted somebody else meanwhile."""
    meeting, there = d.reunion, d.reunion.seance.presents
    ticked, before = set(coches(d.champs, "present")), set(d.mot("avaient").split())
    moved = (ticked ^ before) & meeting.membres.keys()
    if d.mot("tous") == "oui":
        moved = meeting.membres.keys() - before
        ticked |= moved
    if typed := d.mot("cherche"):
        elu = trouver(meeting, typed)
        moved, ticked = moved | {elu}, ticked ^ {elu}
    if not moved:
        raise Illisible("cherche", "Rien n’a changé. Écrivez le début d’un nom, ou cochez des cases.")
    arrived = tuple(elu for elu in meeting.membres if elu in moved & ticked and elu not in there)
    gone = tuple(elu for elu in meeting.membres if elu in moved - ticked and elu in there)
    hour, both = d.heure(), ((arrived, "arrivee"), (gone, "depart"))
    return [ConstaterPresences(*d.qui, elus, cast(e.Mouvement, what), hour) for elus, what in both if elus]


def du_dossier(d: Demande) -> tuple[str, tuple[str, ...]]:
    """The draft that the item is about, and the avis that it needs: the vote stands on them."""
    point = d.reunion.seance.points.get(d.rang)
    number = (point.dossier if point else None) or ""
    return (number, d.lu.avis[number]) if number in d.lu.avis else ("", ())


def _compter(d: Demande) -> list[Command]:
    counts = [entier(d.champs, nom) or 0 for nom in ("pour", "contre", "abstentions", "nuls")]
    chair = cast("Sens | None", d.mot("president") if d.mot("president") in ("pour", "contre", "abstention") else None)
    if d.rang in d.reunion.seance.appeles and d.rang not in d.reunion.seance.votes:
        _controler(d, counts)
    pour, contre, abstentions, nuls = counts
    projet, avis = du_dossier(d)
    return [CompterVote(*d.qui, d.rang, pour, contre, abstentions, nuls, chair, projet=projet, avis_requis=avis)]


def _controler(d: Demande, counts: list[int]) -> None:
    """Raises Illisible while voices are missing that nobody said to be out of the vote, or a tie has no chair."""
    here, held = d.reunion.seance.votants(d.rang)
    voters, asked = len(here) + len(held), d.reunion.seance.scrutins.get(d.rang)
    missing = voters - sum(counts)
    if missing > 0 and d.mot("npppv") != "oui":
        plural = "s" if missing > 1 else ""
        verb = "ne prennent pas" if missing > 1 else "ne prend pas"
        raise Illisible(
            "npppv", f"{missing} voix non comptée{plural} ({voters} votants){NBSP}: {verb} part au vote{NBSP}?"
        )
    secret = asked is not None and asked.mode == "secret"
    if counts[0] == counts[1] > 0 and not secret and not d.mot("president"):
        raise Illisible("president", f"Égalité{NBSP}: comment la présidence a-t-elle voté{NBSP}?")


def _par_nom(d: Demande) -> list[Command]:
    """How each voter voted, under her own name."""
    voices = {name[5:]: value for name, value in d.champs.items() if name.startswith("voix-") and value in SENS}
    projet, avis = du_dossier(d)
    said = cast("dict[str, e.SensVote]", voices)
    return [CompterVoixNominatives(*d.qui, d.rang, said, projet=projet, avis_requis=avis)]


def _demander(d: Demande) -> list[Command]:
    asking = coches(d.champs, "demande")
    if typed := d.mot("cherche"):
        asking = (*asking, trouver(d.reunion, typed))
    return [DemanderScrutin(*d.qui, d.rang, "public", tuple(dict.fromkeys(asking)))]


DE_LA_SALLE = (
    Acte("presences", "Enregistrer les présences", "tenir_seance", _presences),
    Acte("vote", "Enregistrer le vote", "tenir_seance", _compter),
    Acte("noms", "Enregistrer le vote par nom", "tenir_seance", _par_nom),
    Acte("public", "Demander le scrutin public", "tenir_seance", _demander),
    Acte("secret", "Voter au scrutin secret", "tenir_seance", lambda d: [DemanderScrutin(*d.qui, d.rang, "secret")]),
)
