"""The delays that are owed on a proposition: computed, never written. Being late is seen, not decided."""

from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from domain.calendrier import terme
from domain.law import REGLES
from domain.propositions.regles import DELAIS

Nature = Literal["premiere_reponse", "suite"]


class Echeance(msgspec.Struct, frozen=True):
    """What is owed, until the end of which day, since when it is done; `regle` is the rule that says so."""

    nature: Nature
    terme: date
    tenue_le: date | None
    regle: str

    def en_retard(self, le: date) -> bool:
        """Late on that day, or done late before it."""
        done = self.tenue_le
        return (done if done is not None and done <= le else le) > self.terme


@lru_cache(maxsize=4096)
def echeances(
    depose_le: date, regle: str | None = None, *, lue_le: date | None = None, suite_le: date | None = None
) -> tuple[Echeance, Echeance]:
    """The first human answer, then the follow-up. `regle` is what `PropositionDeposee` carries.

    An answer given at once is a first answer too. What was withdrawn is owed nothing: do not ask.
    """
    found = REGLES.get(regle or "", DELAIS)
    first = min((day for day in (lue_le, suite_le) if day is not None), default=None)
    return (
        Echeance("premiere_reponse", _terme(depose_le, found.parametres["premiere_reponse_jours"]), first, found.id),
        Echeance("suite", _terme(depose_le, found.parametres["suite_jours"]), suite_le, found.id),
    )


def _terme(depart: date, jours: int | str) -> date:
    return terme(depart, int(jours))
