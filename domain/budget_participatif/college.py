"""A collège as the register has it: an instance of type `college`."""

import re
from datetime import date

from domain.budget_participatif.regles import COLLEGE
from domain.errors import Introuvable, RegleViolee
from domain.instances.events import InstanceInscrite

SIGNES_COLLEGE = 40


class CollegeIntrouvable(Introuvable):
    fondement = COLLEGE
    conseil = "Choisissez un collège de la liste."


class CollegeFerme(RegleViolee):
    fondement = COLLEGE
    conseil = "Choisissez un collège ouvert ce jour-là."


def flux_college(college: str) -> str:
    """Stream of a collège's instance. Raises CollegeIntrouvable on what cannot name one."""
    if len(college) > SIGNES_COLLEGE or not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", college):
        raise CollegeIntrouvable("Ce collège n'est pas dans le registre.", field="college")
    return f"instances/{college}"


def college_ouvert(inscrit: InstanceInscrite | None, le: date) -> InstanceInscrite:
    """The collège, when it exists that day. Raises CollegeIntrouvable, CollegeFerme."""
    if inscrit is None or inscrit.type != "college":
        raise CollegeIntrouvable("Ce collège n'est pas dans le registre.", field="college")
    if le < inscrit.du or (inscrit.au is not None and inscrit.au < le):
        raise CollegeFerme("Ce collège n'existe pas ce jour-là.", field="college")
    return inscrit
