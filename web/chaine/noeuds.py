"""The nodes of a chain, in legal order: what happened, what is missing, what is to come."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from domain.avis.events import AvisRendu, SaisineDeposee
from domain.calendrier import date_longue
from domain.chaines.events import JalonConstate, PieceAbsente
from domain.chaines.regles import ATTENTES, CHAINE
from domain.deliberations.events import DeliberationVotee
from domain.seances import events as s
from web.chaine.attendus import FINIS, Attendu, attendus, etat
from web.chaine.dossiers import genre
from web.chaine.lecture import Chaine
from web.chaine.mot import Fait, Ligne, Mot
from web.chaine.mots import mot
from web.chaine.mots_avis import SENS
from web.deliberations.chaine import ISSUES, periode

ABSENCE = "Aucun acte du registre ne la porte. Elle existe peut-être sur papier."
MUETS = (s.QuorumConstate, s.SeanceOuverte)  # of the meeting of a dossier: said in the words of its vote
Ordre = tuple[date, int, int, int]


class Noeud(msgspec.Struct, kw_only=True):
    """One node. `le` its legal day, `enregistre_le` that of the register; `index` its leaf; `voie` where it is drawn.

    `etat`: fait, absente, a-venir, en-retard, retire. `voie`: rhone, saone, confluence, suite.
    """

    cle: str
    titre: str
    etat: str
    ligne: str = "institution"
    voie: str = "suite"
    le: date | None = None
    quand: str = ""
    enregistre_le: datetime | None = None
    texte: str = ""
    qui: str = ""
    regle: str | None = None
    regle_du_delai: str | None = None
    source: str | None = None
    delai: str = ""
    delai_tenu: bool | None = None
    dossier: str = ""
    genre: str = ""
    acte: int | None = None
    index: int | None = None


class Place(msgspec.Struct):
    """Where a node stands before its words are made: a fact, or a piece that is missing."""

    cle: str
    ordre: Ordre
    fait: Fait | None = None
    attendu: Attendu | None = None
    signalee: Fait | None = None
    voisin: str = ""
    etat: str = "fait"
    voie: str = ""


def places(chaine: Chaine) -> list[Place]:
    """Every node of the chain, in order; made once."""
    if chaine.places is None:
        chaine.places = _places(chaine)
    return chaine.places


def _places(chaine: Chaine) -> list[Place]:
    rectified = _rectifies(chaine)
    found = [
        Place(str(f.fact.position), (f.le, f.fact.position, 0, 0), f, etat="retire" if f in rectified else "fait")
        for f in chaine.faits
        if _raconte(chaine, f)
    ]
    found += _manquantes(chaine, found) + _voisins_absents(chaine)
    found.sort(key=lambda place: place.ordre)
    _voies(chaine, found)
    return found


def _raconte(chaine: Chaine, fait: Fait) -> bool:
    event = fait.event
    if isinstance(event, PieceAbsente):
        return False
    if fait.dossier == chaine.reference:
        return True
    if fait.fact.stream.startswith("seances/"):
        return fait.dossier in chaine.seances and not isinstance(event, (*MUETS, s.SeancePlanifiee))
    return mot(event).decisif


def _rectifies(chaine: Chaine) -> list[Fait]:
    """Facts of a meeting that were entered wrong, and corrected since."""
    wrong = {(f.dossier, f.event.version) for f in chaine.faits if isinstance(f.event, s.RectificationEnregistree)}
    return [f for f in chaine.faits if (f.dossier, f.fact.version) in wrong] if wrong else []


def _manquantes(chaine: Chaine, done: Sequence[Place]) -> list[Place]:
    """The expected pieces that no fact gives, then those that somebody reported missing."""
    expected = attendus(chaine.serie.nom, chaine.propres)
    mine = [p for p in done if p.fait and _porte(chaine, p.fait)]
    there = [next((p for p in mine if p.fait and piece.est(p.fait.event)), None) for piece in expected]
    over = any(isinstance(f.event, FINIS) for f in chaine.propres)
    told = {f.event.attendu: f for f in chaine.propres if isinstance(f.event, PieceAbsente)}
    since, found = _depuis(chaine), []
    for rank, (piece, here) in enumerate(zip(expected, there, strict=True)):
        signal = told.pop(piece.titre, None)
        if here is not None:
            continue
        state = etat(piece, any(there[rank + 1 :]), since, chaine.contexte, chaine.reference, chaine.jour)
        state = "absente" if signal else state
        if state == "absente" or not over:
            order = _ordre(there, rank, state)
            found.append(Place(f"attendu {piece.titre}", order, attendu=piece, signalee=signal, etat=state))
    for rank, (title, fait) in enumerate(told.items()):
        order = (date.max, -1, 0, rank)
        found.append(Place(f"attendu {title}", order, signalee=fait, etat="absente"))
    return found


def _porte(chaine: Chaine, fait: Fait) -> bool:
    """Whether this fact can be a piece of this dossier: its own, its meeting's, or its vote's."""
    vote = chaine.serie.nom == "budget" and fait.fact.stream.startswith("scrutins/")
    return fait.dossier == chaine.reference or fait.dossier in chaine.seances or vote


def _ordre(there: Sequence[Place | None], rank: int, state: str) -> Ordre:
    """After the piece that comes before it, or else before the one that comes after; at the end when it is to come."""
    if state != "absente":
        return date.max, 0, 0, rank
    before = max((place.ordre for place in there[:rank] if place), default=None)
    if before is not None:
        return before[0], before[1], 1, rank
    after = min((place.ordre for place in there[rank:] if place), default=None)
    return (after[0], after[1], -1, rank) if after else (date.max, -1, 0, rank)


def _depuis(chaine: Chaine) -> date | None:
    """The day from which what follows the decision is awaited."""
    kinds = (DeliberationVotee, s.SeanceLevee)
    return next((f.le for f in chaine.propres if isinstance(f.event, kinds)), None)


def _voisins_absents(chaine: Chaine) -> list[Place]:
    """Dossiers that an act names, and that the register does not have."""
    return [
        Place(f"lien {v.reference}", (v.le or date.max, v.position, 1, 0), voisin=v.reference, etat="absente")
        for v in chaine.voisins
        if not v.connu and v.direct
    ]


def _voies(chaine: Chaine, found: list[Place]) -> None:
    """Two lines before the decision of this dossier, one after; they join there."""
    joined = False
    for place in found:
        fait = place.fait
        decisive = fait is not None and fait.dossier == chaine.reference and mot(fait.event).decision
        if joined:
            place.voie = "suite"
        elif decisive and place.etat == "fait" and not _ajourne(fait):
            place.voie, joined = "confluence", True
        else:
            place.voie = "saone" if fait and _ligne(chaine, fait) == "participation" else "rhone"


def _ajourne(fait: Fait | None) -> bool:
    return fait is not None and isinstance(fait.event, DeliberationVotee) and fait.event.issue == "ajournee"


def _ligne(chaine: Chaine, fait: Fait) -> Ligne:
    event = fait.event
    if isinstance(event, JalonConstate):
        return event.ligne
    if event.TOPIC.startswith("avis/"):
        filed = chaine.contexte.du_dossier(fait, SaisineDeposee)
        council = filed is not None and getattr(filed.event, "procedure", "") == "conseil_developpement"
        return "participation" if council else "institution"
    return mot(event).ligne


def noeuds(chaine: Chaine, found: Sequence[Place]) -> list[Noeud]:
    """These nodes, in words."""
    return [_fait(chaine, place, place.fait) if place.fait else _trou(chaine, place) for place in found]


def _fait(chaine: Chaine, place: Place, fait: Fait) -> Noeud:
    event, words, names = fait.event, mot(fait.event), chaine.contexte.annuaire
    delai = words.delai(fait, chaine.contexte)
    par = getattr(event, "par", None)
    other = "" if fait.dossier == chaine.reference else fait.dossier
    return Noeud(
        cle=place.cle,
        titre=_titre(event, words),
        etat=place.etat,
        ligne=_ligne(chaine, fait),
        voie=place.voie,
        le=fait.le,
        quand=periode(event) if isinstance(event, JalonConstate) else date_longue(fait.le),
        enregistre_le=fait.fact.recorded_at,
        texte=words.texte(event, chaine.contexte),
        qui=names.fonction(par) if par else "",
        regle=event.regle or words.regle or None,
        regle_du_delai=delai.regle or None if delai else None,
        source=getattr(event, "source", None),
        delai=delai.texte if delai else "",
        delai_tenu=delai.tenu if delai else None,
        dossier=other,
        genre=genre(other) if other else "",
        acte=fait.fact.position,
        index=fait.fact.position - 1,
    )


def _titre(event: object, words: Mot) -> str:
    match event:
        case JalonConstate():
            return event.titre
        case DeliberationVotee():
            return f"Vote : {ISSUES[event.issue].lower()}"
        case AvisRendu():
            return f"Avis rendu : {SENS[event.sens].lower()}"
    return words.titre


def _trou(chaine: Chaine, place: Place) -> Noeud:
    """A piece that is missing, or still to come."""
    if place.voisin:
        title, regle = f"{genre(place.voisin)} {place.voisin}", CHAINE.id
    else:
        told = place.signalee.event if place.signalee else None
        title = place.attendu.titre if place.attendu else told.attendu if isinstance(told, PieceAbsente) else ""
        regle = place.attendu.regle if place.attendu else (told.regle if told else None) or ATTENTES.id
    signal = place.signalee
    term = place.attendu.terme(chaine.contexte, chaine.reference) if place.attendu else None
    return Noeud(
        cle=place.cle,
        titre=title,
        etat=place.etat,
        voie=place.voie,
        le=term,
        quand=f"au plus tard le {date_longue(term)}" if term else "",
        texte=ABSENCE if place.etat == "absente" else "",
        qui=f"Absence signalée : {chaine.contexte.annuaire.fonction(signal.event.par)}" if signal else "",  # type: ignore[attr-defined]  # PieceAbsente
        regle=regle,
        acte=signal.fact.position if signal else None,
        index=signal.fact.position - 1 if signal else None,
        enregistre_le=signal.fact.recorded_at if signal else None,
    )
