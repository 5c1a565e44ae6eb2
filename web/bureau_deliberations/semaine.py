"""What waits for a secretary among the acts: the cards of « Ma semaine », late first."""

from datetime import date
from typing import Any, Final

from web.acces.persons import Person
from web.bureau_deliberations.lecture import LIRE
from web.bureau_deliberations.liste import carte, suivis
from web.propositions.instances import annuaire
from web.services import Services

LIMITE: Final = 12


async def attentes(services: Services, person: Person, day: date) -> list[dict[str, Any]]:
    """Two lists, those with something in them: late, then the others by their term."""
    places = person.instances(LIRE)
    if places is not None and not places:
        return []
    names = await annuaire(services)
    waiting = await suivis(services, sorted(places) if places is not None else None, names, day)
    late = [one for one in waiting if one.attente.en_retard(day)]
    others = [one for one in waiting if not one.attente.en_retard(day)]
    lists = (("deliberations-retard", "Délibérations en retard", late), ("deliberations", "Délibérations", others))
    return [
        {"nom": nom, "titre": titre, "cartes": [carte(one, day, names) for one in kept[:LIMITE]], "suite": False}
        for nom, titre, kept in lists
        if kept
    ]
