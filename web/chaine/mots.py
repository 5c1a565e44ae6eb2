"""The words of every kind of node, joined."""

from collections.abc import Iterable

from domain.ledger.event import TOPICS, UPCASTS, Event
from web.chaine import mots_actes, mots_argent, mots_avis, mots_participation
from web.chaine.mot import Mot, Mots
from web.journal.words import kind

MOTS: Mots = mots_actes.MOTS | mots_avis.MOTS | mots_participation.MOTS | mots_argent.MOTS
# Told by other facts, or one line among hundreds: the page of the meeting, of the vote, of the collège shows them.
TUS = (
    "seances/OrdreDuJourReordonne",
    "seances/SecretaireElu",
    "seances/PresencesConstatees",
    "seances/AbsenceExcusee",
    "seances/PouvoirDonne",
    "seances/PouvoirRevoque",
    "seances/PointAppele",
    "seances/VoixNominatives",
    "scrutins/Billet",
    "scrutins/UrneRelevee",
    "scrutins/BulletinsDepouilles",
    "scrutins/LignesImportees",
    "scrutins/LotPapier",
    "propositions/ComplementAjoute",
    "propositions/PublicationModeree",
    "budget_participatif/Idee",
    "chaines/LienEtabli",
)
PREFIXES = (
    *("deliberations/", "chaines/", "seances/", "avis/", "propositions/", "effacements/"),
    *("budget_participatif/", "scrutins/", "enveloppes/"),
)


def mot(event: Event) -> Mot:
    """Its words; the journal's own title for a kind that has none here."""
    return MOTS.get(type(event)) or Mot(kind(event.TOPIC))


def sujets(kinds: Iterable[type[Event]]) -> list[str]:
    """Topics of these kinds, those of their former versions included."""
    names = {kind.TOPIC.rpartition("/")[0] for kind in kinds}
    return sorted(topic for topic in {*TOPICS, *UPCASTS} if topic.rpartition("/")[0] in names)


def racontes() -> list[str]:
    """Topics of the facts that a chain tells of its own dossier."""
    others = {known for topic, known in TOPICS.items() if topic.startswith(PREFIXES) and not topic.startswith(TUS)}
    return sujets({*MOTS, *others})


def decisifs() -> list[str]:
    """Topics of the facts that a chain tells of a linked dossier."""
    return sujets(known for known, words in MOTS.items() if words.decisif)
