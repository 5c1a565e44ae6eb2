"""Refusals: a rule said no, on what ground, and what to do about it."""

from typing import ClassVar

from domain.law import Regle


class RegleViolee(Exception):
    """A rule refuses the command: `str(e)` says what happened, `fondement` which text, `conseil` what to do."""

    fondement: ClassVar[Regle]
    conseil: ClassVar[str] = "Corrigez ce point, puis recommencez."
    status: ClassVar[int] = 422
    field: str | None

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

    @property
    def regle(self) -> str:
        """Name of the broken rule, as programs read it."""
        return type(self).__name__


class DejaFait(RegleViolee):
    """The act that was asked for is done already, or someone was faster (HTTP 409)."""

    status = 409
    conseil = "Rechargez la page pour voir ce qui a été fait."


class AccesRefuse(RegleViolee):
    """The person does not hold the function that this act needs (HTTP 403)."""

    status = 403
    conseil = "Demandez à la personne qui tient cette fonction."


class Introuvable(RegleViolee):
    """What the command is about is not in the register (HTTP 404)."""

    status = 404
    conseil = "Vérifiez le numéro, ou cherchez par mot."
