"""Words that a deliberation and its chain share: the vote in a sentence, the period of a milestone."""

from domain.chaines.events import JalonConstate
from domain.deliberations import events as e
from domain.majorites.simple import Resultat
from domain.majorites.suffrages import Suffrages
from web.pages import MONTHS, date_longue

ISSUES = {"adoptee": "Adoptée", "rejetee": "Rejetée", "ajournee": "Ajournée", "retiree": "Retirée"}


def periode(event: JalonConstate) -> str:
    """« de janvier à mai 2016 », as precisely as the text says."""
    first, last = event.survenu_le, event.au
    assert first is not None
    if event.precision == "annee":
        return str(first.year)
    if event.precision == "mois" and last is not None:
        return f"de {MONTHS[first.month - 1]} à {MONTHS[last.month - 1]} {last.year}"
    return date_longue(first) if last is None else f"du {date_longue(first)} au {date_longue(last)}"


def phrase_du_vote(event: e.DeliberationVotee) -> str:
    """The vote in a sentence; where the source carries no count, none is guessed."""
    if event.issue == "ajournee":
        return "Le point est renvoyé à une autre séance."
    if event.detail != "porte" or event.pour is None or event.contre is None:
        word = ISSUES[event.issue]
        return f"{word}. Le détail du vote n’est pas porté à l’extrait : voir le procès-verbal."
    counts = Suffrages(
        event.presents, event.pouvoirs, event.pour, event.contre, event.abstentions or 0, event.nuls or 0
    )
    favorable = event.issue == "adoptee"
    chair = ("pour" if favorable else "contre") if event.preponderante else None
    result = Resultat(counts, "favorable" if favorable else "defavorable", event.preponderante, chair)  # type: ignore[arg-type]
    return result.phrase
