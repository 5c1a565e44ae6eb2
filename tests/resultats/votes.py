"""Whole scrutins as events: counted, open, under k_min, a rehearsal; built with the domain's own digests."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from domain.ledger.event import Event
from domain.scrutins import events as e
from domain.scrutins.bulletins import cle, longueur
from domain.scrutins.compte import compter_scrutin, empreinte_bulletins, empreinte_trace, voix
from domain.scrutins.traceurs import traceur

COLLEGE = "college-des-deux-rives"
DIRECTION, BUREAU = f"direction:{COLLEGE}", f"bureau_de_vote:{COLLEGE}"
PROJETS = (
    ("p1", "Un garage à vélos couvert", 18_000_00, "Cinquante places à l’abri de la pluie."),
    ("p2", "Des bancs sous les arbres", 6_000_00, "Douze bancs dans la cour."),
    ("p3", "Une fontaine à eau", 3_500_00, "De l’eau fraîche près du gymnase."),
    ("p4", "Un coin lecture", 4_200_00, "Des coussins et des étagères dans le hall."),
    ("p5", "Un terrain de basket", 22_000_00, "Deux paniers neufs et un sol qui ne glisse pas."),
    ("p6", "Une radio du collège", 2_900_00, "Un studio pour les émissions du midi."),
)
# What pupils choose, again and again, best first.
PREFERENCES = (
    ("p1", "p2", "p3"), ("p1", "p3"), ("p5", "p1"), ("p2", "p4"), ("p5",), ("p1", "p6"), ("p3", "p2", "p6"),
    ("p1", "p5", "p2"), (), ("p4", "p3", "p1"), ("p2", "p1"),
)  # fmt: skip
JOUR = date(2026, 11, 16)
FIN = date(2026, 11, 20)


def cree(**others: Any) -> e.ScrutinCree:
    """A scrutin of the collège des Deux-Rives, up to 3 projects, 30 000 €."""
    valeurs: dict[str, Any] = {
        "survenu_le": date(2026, 11, 2),
        "titre": "Budget participatif du collège des Deux-Rives",
        "projets": tuple(e.ProjetAuVote(id=i, titre=t, cout_cents=c, phrase=p) for i, t, c, p in PROJETS),
        "budget_cents": 30_000_00,
        "type_vote": "approval",
        "choix_max": 3,
        "regle_comptage": "glouton",
        "parametres": {"score": "votes"},
        "departage": ("cout", "votes", "identifiant"),
        "ouvre_le": datetime(2026, 11, 16, 7, tzinfo=UTC),
        "ferme_le": datetime(2026, 11, 20, 16, tzinfo=UTC),
        "k_min": 10,
        "jours_reclamation": 15,
        "longueur": 0,
        "empreinte_page": "ab" * 32,
        "par": DIRECTION,
        "college": COLLEGE,
        **others,
    }
    found = e.ScrutinCree(**valeurs)
    return e.ScrutinCree(**valeurs | {"longueur": longueur(found)})


def bulletins(combien: int, fait: e.ScrutinCree) -> tuple[e.BulletinDepouille, ...]:
    """That many ballots that count, sorted; trackers from a counter."""
    trouves = []
    for n in range(combien):
        choix = PREFERENCES[n % len(PREFERENCES)][: fait.choix_max]
        points = tuple(range(len(choix), 0, -1)) if fait.type_vote == "cumulative" else ()
        if fait.type_vote != "ordinal":
            choix = tuple(sorted(choix)) if not points else choix
        mots = traceur((n * 2_654_435_761 % 2**40).to_bytes(5))
        trouves.append(e.BulletinDepouille(t=mots, c=choix, p=points))
    return tuple(sorted(trouves, key=cle))


def ouvert(combien: int = 0, **others: Any) -> list[Event]:
    """Up to an open vote, with the readings of `combien` sealed ballots."""
    fait = cree(**others)
    cles = [base64.b64encode(bytes([4, n]) * 32 + b"x").decode() for n in (1, 2)]
    lus = scelles(combien)
    releves = [lus[debut : debut + 150] for debut in range(0, combien, 150)]
    return [
        fait,
        e.ReglesConfirmees(survenu_le=date(2026, 11, 3), par=BUREAU),
        e.ClesDuScrutinPubliees(survenu_le=date(2026, 11, 4), couche="bureau", cle=cles[0], par=BUREAU),
        e.ClesDuScrutinPubliees(survenu_le=date(2026, 11, 4), couche="metropole", cle=cles[1], par="education"),
        e.BilletsCrees(survenu_le=date(2026, 11, 5), n=540, empreinte="cd" * 32, par=DIRECTION),
        e.BilletsRemis(survenu_le=JOUR, groupe="6e A", n=270, par=DIRECTION),
        e.BilletsRemis(survenu_le=JOUR, groupe="5e B", n=270, par=DIRECTION),
        e.ScrutinOuvert(survenu_le=JOUR, membres=("Principale", "Conseillère d’éducation"), par=BUREAU),
        *(e.UrneRelevee(lot=lot, n=len(lu), empreintes=lu) for lot, lu in enumerate(releves, start=1)),
    ]


def scelles(combien: int) -> tuple[str, ...]:
    """Sorted digests of so many sealed ballots, invented."""
    return tuple(sorted(hashlib.sha256(str(n).encode()).hexdigest() for n in range(combien)))


def compte(combien: int = 44, nuls: dict[str, int] | None = None, **others: Any) -> list[Event]:
    """A whole scrutin, counted and proclaimed: `combien` ballots that count, `nuls` null ones, none on paper."""
    faits = ouvert(combien + sum((nuls or {}).values()), **others)
    fait = faits[0]
    assert isinstance(fait, e.ScrutinCree)
    return [*faits, *fermeture(combien + sum((nuls or {}).values())), *depouillement(fait, combien, nuls or {})]


def fermeture(urne: int) -> list[Event]:
    """Twelve slips come back, closing, the two layers, nothing lost."""
    empreintes = b"".join(map(bytes.fromhex, scelles(urne)))
    clos = e.ScrutinClos(
        survenu_le=FIN, n_crees=540, n_remis=540, n_rendus=12, n_annules=0, n_echanges=0, n_utilises=urne, n_urne=urne,
        empreinte_urne=hashlib.sha256(empreintes).hexdigest(), empreinte_utilises="ef" * 32, par=BUREAU,
    )  # fmt: skip
    autour: list[tuple[e.Couche, str, str]] = [("metropole", "01", "education"), ("bureau", "02", BUREAU)]
    couches = [
        e.CoucheOuverte(
            survenu_le=FIN, couche=couche, n_entrees=urne, n_sorties=urne, rejets={}, empreinte=signe * 32, par=par
        )
        for couche, signe, par in autour
    ]
    rendus = e.BilletsRendus(survenu_le=FIN, groupe="5e B", n=12, par=DIRECTION)
    return [rendus, clos, *couches]


def depouillement(fait: e.ScrutinCree, combien: int, nuls: dict[str, int]) -> list[Event]:
    """The count and its proclamation; the list stays with the bureau under `k_min`."""
    choisis, publiee = bulletins(combien, fait), combien >= fait.k_min
    resultat = compter_scrutin(fait, choisis)
    lots = decoupes(choisis) if publiee else []
    return [
        *(e.BulletinsDepouilles(lot=n, lots=len(lots), bulletins=lot) for n, lot in enumerate(lots, start=1)),
        e.ScrutinDepouille(
            survenu_le=FIN,
            n=combien + sum(nuls.values()),
            n_bulletins=combien,
            n_papier=0,
            n_blancs=sum(not bulletin.c for bulletin in choisis),
            nuls=nuls,
            voix=voix(fait, choisis),
            gagnants=resultat.gagnants,
            cout_total_cents=resultat.cout_total,
            empreinte_bulletins=empreinte_bulletins(choisis, b"" if publiee else b"sel"),
            empreinte_trace=empreinte_trace(resultat),
            liste="publiee" if publiee else "bureau",
            par=BUREAU,
        ),
        e.ResultatProclame(
            survenu_le=date(2026, 11, 21),
            gagnants=resultat.gagnants,
            reclamations_jusqu_au=date(2026, 12, 6),
            par=BUREAU,
        ),
    ]


def decoupes(choisis: Sequence[e.BulletinDepouille], taille: int = 20) -> list[tuple[e.BulletinDepouille, ...]]:
    """In lots of 20, so that a small scrutin has several."""
    return [tuple(choisis[debut : debut + taille]) for debut in range(0, len(choisis), taille)]
