"""The money at the end of a chain: voted, committed, paid, spent."""

from domain.budget_participatif.events import AllocationVotee, RealisationConstatee
from domain.enveloppes import events as m
from web.chaine.lecture import Chaine


def sommes(chaine: Chaine) -> list[tuple[str, int]]:
    """What each word is worth in cents, in the order in which money goes; nothing where no fact tells it."""
    opened = voted = planned = taken = paid = spent = 0
    seen: set[str] = set()
    for fait in chaine.faits:
        event = fait.event
        match event:
            case m.EnveloppeOuverte():
                opened += event.montant_cents
            case AllocationVotee():
                voted += event.montant_cents
            case m.OperationProposee():
                planned += event.cout_cents
            case m.CreditEngage():
                taken += event.cents
            case m.CreditLibere():
                taken -= event.cents
            case m.CreditMandate():
                paid += event.cents
            case m.OperationSoldee() | RealisationConstatee():
                spent += event.cout_reel_cents
            case _:
                continue
        seen.add(type(event).__name__)
    lines = [
        ("Crédits ouverts", opened, {"EnveloppeOuverte"}),
        ("Voté", voted, {"AllocationVotee"}),
        ("Coût prévu", planned, {"OperationProposee"}),
        ("Engagé", taken, {"CreditEngage", "OperationProposee"}),
        ("Mandaté", paid, {"CreditMandate", "OperationProposee"}),
        ("Réalisé", spent, {"OperationSoldee", "RealisationConstatee"}),
    ]
    return [(nom, cents) for nom, cents, kinds in lines if kinds & seen]
