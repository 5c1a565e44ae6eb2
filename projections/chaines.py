"""Links between dossiers, both ways: what events name of one another, and what somebody tied by hand."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from domain.avis import events as a
from domain.budget_participatif import events as b
from domain.calendrier import jour
from domain.chaines.events import LienEtabli
from domain.deliberations import events as d
from domain.enveloppes import events as m
from domain.identifiers import est_numero, est_reference
from domain.ledger.event import Event, Recorded
from domain.seances import events as s
from projections.rows import Key, Projection, Row, Rows, handles

Lien = tuple[str, str, str]
INVERSES = {"vient_de", "cite", "remplace"}  # told from the later dossier
TELLING: tuple[type[Event], ...] = (
    *(LienEtabli, d.ProjetDepose, d.InscriteALaSeance, d.DeliberationVotee, d.DeliberationRetiree, s.PointInscrit),
    *(s.SeancePlanifiee, a.SaisineDeposee, a.AvisRendu, a.ContributionAdoptee, a.AvisPresente, a.ReserveSuivie),
    *(b.ScrutinRattache, b.AllocationVotee, m.EnveloppeOuverte, m.RepartitionAdoptee),
    *(m.OperationProposee, m.OperationDecidee),
)


class LienRow(Row, kw_only=True):
    """`de` led to `vers`. `le` and `position` are those of the first event that says so.

    `nature`: seance, presentation, avis_demande, avis_exige, dossier, vote, allocation, credits, partage, decision,
    origine, remplacement, or that of a link tied by hand.
    """

    TABLE: ClassVar[str] = "liens"
    KEY: ClassVar[str] = "cle"
    cle: str
    de: str
    vers: str
    nature: str
    le: date | None
    position: int


def liens(fact: Recorded) -> list[Lien]:
    """(de, vers, nature) of each link that this event tells, between numbers that the register could have."""
    here = fact.stream.partition("/")[2]
    found = [*_de_l_acte(here, fact), *_de_l_avis(here, fact), *_de_l_argent(here, fact)]
    return [link for link in found if link[0] != link[1] and all(map(_numero, link[:2]))]


def _numero(texte: str) -> bool:
    return est_reference(texte) or est_numero(texte)


def _de_l_acte(here: str, fact: Recorded) -> Iterable[Lien]:
    match fact.event:
        case LienEtabli(vers=other, nature=nature):
            yield (other, here, nature) if nature in INVERSES else (here, other, nature)
        case d.ProjetDepose(avis_requis=avis, dossier=dossier):
            yield from ((one, here, "avis_exige") for one in avis)
            if dossier:
                yield dossier, here, "dossier"
        case d.InscriteALaSeance(seance=meeting) | d.DeliberationVotee(seance=meeting):
            yield here, meeting, "seance"
        case d.DeliberationRetiree(remplacee_par=other) if other:
            yield here, other, "remplacement"
        case s.PointInscrit(dossier=dossier) if dossier:
            yield dossier, here, "seance"
        case s.SeancePlanifiee(suite_de=former) if former:
            yield former, here, "a_conduit_a"


def _de_l_avis(here: str, fact: Recorded) -> Iterable[Lien]:
    match fact.event:
        case a.SaisineDeposee(projet=projet) if projet:
            yield here, projet, "avis_demande"
        case a.AvisRendu(seance=meeting) | a.ContributionAdoptee(seance=meeting) if meeting:
            yield here, meeting, "seance"
        case a.AvisPresente(seance=meeting) if meeting:
            yield here, meeting, "presentation"
        case a.ReserveSuivie(deliberation=number) if number:
            yield here, number, "avis_demande"


def _de_l_argent(here: str, fact: Recorded) -> Iterable[Lien]:
    match fact.event:
        case b.ScrutinRattache(scrutin=vote):
            yield here, vote, "vote"
        case b.AllocationVotee(deliberation=number):
            yield here, number, "allocation"
        case m.EnveloppeOuverte(deliberation=number):
            yield number, here, "credits"
        case m.RepartitionAdoptee(deliberation=number):
            yield number, here, "partage"
        case m.OperationProposee(origine=origin) if origin:
            yield origin, here, "origine"
        case m.OperationDecidee(acte=number):
            yield number, here, "decision"


class Chaines(Projection):
    """Table `liens`."""

    NAME = "chaines"
    ROWS = (LienRow,)

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        """The links that this event tells."""
        return [(LienRow, _cle(link)) for link in liens(fact)]

    @handles(*TELLING)
    def on_lien(self, fact: Recorded, rows: Rows) -> None:
        """Keeps each link once: the first event that tells it."""
        for link in liens(fact):
            cle = _cle(link)
            if rows.get(LienRow, cle) is None:
                de, vers, nature = link
                when = fact.event.survenu_le or fact.recorded_at
                le = jour(when) if when else None
                rows.put(LienRow(cle=cle, de=de, vers=vers, nature=nature, le=le, position=fact.position))


def _cle(link: Lien) -> str:
    return " ".join(link)
