"""Sample projects of a rehearsal: plainly invented, with prices that do not all fit."""

from typing import Final

from domain.scrutins.events import ProjetAuVote

BUDGET_CENTS: Final = 4_000_000
PROJETS_D_ESSAI: Final = (
    ProjetAuVote(
        id="p1", titre="Essai : des bancs à l’ombre", cout_cents=600_000,
        phrase="Douze bancs sous les arbres de la cour.",
        comparaison="le prix de 12 bancs", lieu="Cour haute",
    ),
    ProjetAuVote(
        id="p2", titre="Essai : un garage à vélos", cout_cents=1_800_000,
        phrase="Quarante places, couvertes et fermées.",
        comparaison="le prix de 60 vélos", lieu="Entrée",
    ),
    ProjetAuVote(
        id="p3", titre="Essai : une fontaine à eau", cout_cents=350_000,
        phrase="De l’eau fraîche dans la cour.",
        comparaison="le prix de 7 bancs", lieu="Préau",
    ),
    ProjetAuVote(
        id="p4", titre="Essai : un coin lecture", cout_cents=420_000,
        phrase="Des coussins et des livres au foyer.",
        comparaison="le prix de 400 livres", lieu="Foyer",
    ),
    ProjetAuVote(
        id="p5", titre="Essai : des paniers de basket", cout_cents=890_000,
        phrase="Deux paniers neufs et un sol marqué.",
        comparaison="le prix de 300 ballons", lieu="Plateau sportif",
    ),
    ProjetAuVote(
        id="p6", titre="Essai : un potager", cout_cents=250_000,
        phrase="Six grands bacs et des outils.",
        comparaison="le prix de 5 bancs", lieu="Jardin",
    ),
)  # fmt: skip
