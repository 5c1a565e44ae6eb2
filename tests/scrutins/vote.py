"""A small vote: a collège, three persons, and the facts of each step."""

import base64
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from domain.ledger.event import Event
from domain.scrutins import depouillement
from domain.scrutins import events as e
from domain.scrutins.bulletins import longueur
from domain.scrutins.compte import empreinte_bulletins
from domain.scrutins.etat import Scrutin, retenir
from domain.scrutins.traceurs import traceur
from tests import monde
from tests.spec import as_read, given

DIRECTION = "00000000-0000-4000-8000-000000000021"
BUREAU = "00000000-0000-4000-8000-000000000022"
EDUCATION = "00000000-0000-4000-8000-000000000023"
SECONDE = "00000000-0000-4000-8000-000000000024"

COLLEGE = "college-des-deux-rives"
REF = "SC-2027-0001"
FLUX = f"scrutins/{REF}"
LE = date(2027, 3, 1)
MOMENT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
OUVRE = datetime(2027, 3, 8, 7, 0, tzinfo=UTC)
FERME = datetime(2027, 3, 12, 16, 0, tzinfo=UTC)
PENDANT = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
PAGE = "ab" * 32
PROCLAME_LE = date(2027, 3, 15)
SEL = b"\x07" * 16

college = monde.instance(
    COLLEGE, "college", nom="Collège des Deux-Rives", sigle="Deux-Rives", serie=None, repondant=None
)
direction = monde.confiee(DIRECTION, "direction", COLLEGE)
bureau = monde.confiee(BUREAU, "bureau_de_vote", COLLEGE)
education = monde.confiee(EDUCATION, "education")
TITRES = {DIRECTION: direction, BUREAU: bureau, EDUCATION: education}

PROJETS = (
    e.ProjetAuVote(id="p1", titre="Garage à vélos", cout_cents=18_000_00, phrase="Vingt places à l'abri."),
    e.ProjetAuVote(id="p2", titre="Bancs sous les arbres", cout_cents=6_000_00, comparaison="le prix de 12 bancs"),
    e.ProjetAuVote(id="p3", titre="Fontaine à eau", cout_cents=3_500_00, lieu="Préau"),
    e.ProjetAuVote(id="p4", titre="Coin lecture", cout_cents=0),
)
REGLE: dict[str, Any] = {
    "titre": "Budget participatif 2026-2027",
    "projets": PROJETS,
    "budget_cents": 20_000_00,
    "type_vote": "approval",
    "choix_max": 3,
    "regle_comptage": "glouton",
    "parametres": {"score": "votes"},
    "ouvre_le": OUVRE,
    "ferme_le": FERME,
    "empreinte_page": PAGE,
    "college": COLLEGE,
}


def cree(**others: Any) -> e.ScrutinCree:
    values: dict[str, Any] = {
        "survenu_le": LE,
        "regle": "regles-du-vote-2026",
        **REGLE,
        "departage": ("cout", "votes", "identifiant"),
        "k_min": 10,
        "jours_reclamation": 15,
        "longueur": 0,
        "par": f"direction:{COLLEGE}",
        **others,
    }
    found = e.ScrutinCree(**values)
    return e.ScrutinCree(**(values | {"longueur": longueur(found)}))


def cle(octet: int) -> str:
    return base64.b64encode(b"\x04" + bytes([octet]) * 64).decode()


def publiee(couche: Any, par: str, octet: int = 1) -> e.ClesDuScrutinPubliees:
    return e.ClesDuScrutinPubliees(
        survenu_le=date(2027, 3, 2), regle="deux-cles-du-scrutin-2026", couche=couche, cle=cle(octet), par=par
    )


PAR_DIRECTION, PAR_BUREAU = f"direction:{COLLEGE}", f"bureau_de_vote:{COLLEGE}"
confirmees = e.ReglesConfirmees(survenu_le=date(2027, 3, 2), regle="deux-personnes-2026", par=PAR_BUREAU)
cle_metropole = publiee("metropole", "education", 1)
cle_bureau = publiee("bureau", PAR_BUREAU, 2)
crees = e.BilletsCrees(
    survenu_le=date(2027, 3, 3), regle="billets-comptes-2026", n=60, empreinte=PAGE, par=PAR_DIRECTION
)
remis = e.BilletsRemis(
    survenu_le=date(2027, 3, 8), regle="billets-comptes-2026", groupe="6e B", n=30, par=PAR_DIRECTION
)
ouvert = e.ScrutinOuvert(
    survenu_le=OUVRE, regle="bureau-de-vote-2026", membres=("Direction", "Élève"), par=PAR_DIRECTION
)
echange = e.BilletEchangeContrePapier(regle="bulletins-papier-2026", par=PAR_BUREAU)


def empreintes(n: int, depuis: int = 0) -> tuple[str, ...]:
    """Digests of so many sealed ballots."""
    return tuple(sorted(sha256(b"%d" % k).hexdigest() for k in range(depuis, depuis + n)))


def relevee(n: int, lot: int = 1, depuis: int = 0) -> e.UrneRelevee:
    return e.UrneRelevee(regle="bureau-de-vote-2026", lot=lot, n=n, empreintes=empreintes(n, depuis))


def empreinte_urne(n: int) -> str:
    return sha256(b"".join(sorted(map(bytes.fromhex, empreintes(n))))).hexdigest()


def clos(n: int, echanges: int = 0, **others: Any) -> e.ScrutinClos:
    values: dict[str, Any] = {
        "survenu_le": FERME, "regle": "bureau-de-vote-2026", "n_crees": 60, "n_remis": 30, "n_rendus": 0,
        "n_annules": 0, "n_echanges": echanges, "n_utilises": n, "n_urne": n, "empreinte_urne": empreinte_urne(n),
        "empreinte_utilises": PAGE, "par": PAR_DIRECTION, **others,
    }  # fmt: skip
    return e.ScrutinClos(**values)


def couche(nom: Any, entrees: int, rejets: int = 0) -> e.CoucheOuverte:
    par = "education" if nom == "metropole" else PAR_BUREAU
    return e.CoucheOuverte(
        survenu_le=date(2027, 3, 12), regle="depouillement-2026", couche=nom, n_entrees=entrees,
        n_sorties=entrees - rejets, rejets={"ne_s_ouvre_pas": rejets} if rejets else {}, empreinte=PAGE, par=par,
    )  # fmt: skip


def bulletin(rang: int, *choix: str, points: Sequence[int] = ()) -> e.BulletinDepouille:
    """A ballot with the tracker number `rang`."""
    return e.BulletinDepouille(t=traceur(rang.to_bytes(5)), c=tuple(choix), p=tuple(points))


def vote(n: int, *, rejets: int = 0) -> list[e.BulletinDepouille]:
    """`n` ballots: all for p2, every second one for p1 too, every third for p3 too."""
    kinds = [("p1", "p2"), ("p2",), ("p1", "p2"), ("p2", "p3")]
    return [bulletin(k, *kinds[k % len(kinds)]) for k in range(n)]


def histoire(phase: str, n: int = 12, echanges: int = 0, **regle: Any) -> list[Event]:
    """The facts of a vote of `n` sealed ballots, until it is in this phase. `regle`: other fields of ScrutinCree."""
    facts: list[Event] = [cree(**regle)]
    steps: list[tuple[str, Sequence[Event]]] = [
        ("prepare", ()),
        ("confirme", (confirmees,)),
        ("pret", (cle_metropole, cle_bureau, crees, remis)),
        ("ouvert", (ouvert, *[echange] * echanges)),
        ("releve", (relevee(n),) if n else ()),
        ("clos", (clos(n, echanges),)),
        ("premiere_couche", (couche("metropole", n),)),
        ("couches_ouvertes", (couche("bureau", n),)),
        ("depouille", (depouille(n, **regle),)),
        ("proclame", (proclame(n, **regle),)),
        (
            "efface",
            (e.UrneEffacee(survenu_le=date(2027, 4, 1), regle="effacement-de-l-urne-2026", n=n, par=PAR_BUREAU),),
        ),
    ]
    for name, added in steps:
        facts += added
        if name == phase:
            return facts
    raise KeyError(phase)


def depouille(n: int, **regle: Any) -> e.ScrutinDepouille:
    """What the count of `vote(n)` says."""
    ballots = vote(n)
    compte = depouillement.preparer(cree(**regle), ballots, SEL)
    return e.ScrutinDepouille(
        survenu_le=PROCLAME_LE, regle="depouillement-2026", n=n, n_bulletins=n, n_papier=0, n_blancs=0, nuls={},
        voix=compte.voix, gagnants=compte.resultat.gagnants, cout_total_cents=compte.resultat.cout_total,
        empreinte_bulletins=empreinte_bulletins(ballots, b"" if n >= 10 else SEL),
        empreinte_trace=compte.empreinte_trace, liste="publiee" if n >= 10 else "bureau", par=PAR_DIRECTION,
    )  # fmt: skip


def proclame(n: int, **regle: Any) -> e.ResultatProclame:
    return e.ResultatProclame(
        survenu_le=PROCLAME_LE, regle="reclamations-du-vote-2026", gagnants=depouille(n, **regle).gagnants,
        reclamations_jusqu_au=date(2027, 3, 30), par=PAR_DIRECTION,
    )  # fmt: skip


def scrutin(facts: Sequence[Event], acteur: str = DIRECTION, *titres: Event) -> given:
    """This vote, and who is in front of it."""
    return given(FLUX, *facts).and_given(monde.flux(acteur), *(titres or (TITRES[acteur],)))


def acte(kind: Any, acteur: str = DIRECTION, le: date = LE, **others: Any) -> Any:
    return kind(**{"acteur": acteur, "le": le, "scrutin": REF, **others})


def etat(facts: Sequence[Event]) -> Scrutin:
    """The fold of these facts as the ledger gives them back."""
    found = Scrutin()
    for version, fact in enumerate(facts, start=1):
        retenir(found, as_read(fact, FLUX, version))
    return found
