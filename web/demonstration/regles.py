"""The demonstration's rule-sets: invented, and said so. One in force, one to come, one that waits for its reader."""

from collections.abc import Iterator
from datetime import date

from domain.ledger.command import Command
from domain.regles_datees.events import ExempleDuJeu
from domain.regles_datees.proposer_jeu import ProposerJeu
from domain.regles_datees.publier_jeu import PublierJeu
from web.demonstration.acts import person

INVENTE = "règlement intérieur inventé pour la démonstration"
A_CONFIRMER = "À confirmer : le règlement intérieur n'est pas dans les textes de départ."


def _exemple(attendu: str, **donne: int | str) -> ExempleDuJeu:
    return ExempleDuJeu(donne=donne, attendu=attendu)


def jeux(start: date) -> Iterator[tuple[str, Command]]:
    """Key and command of each act, in order."""
    who, reader = person("coordination"), person("regles")
    mayors = {
        "maires_contre": 20, "maires": 58, "population": 1_398_892, "arrondissements_pour": 0,
        "arrondissements_contre": 0, "arrondissements": 9,
    }  # fmt: skip
    yield (
        "delai/propose",
        ProposerJeu(
            who, start, "convocation-ctm-2026", "Convoquer une conférence des maires",
            "Une conférence territoriale des maires est convoquée cinq jours au moins avant sa séance.", INVENTE,
            {"jours": 5, "jours_urgence": 1},
            (
                _exemple("oui", envoyee="2026-03-11", seance="2026-03-16", urgence="non"),
                _exemple("non", envoyee="2026-03-12", seance="2026-03-16", urgence="non"),
            ),
            start, portee="ctm", note=A_CONFIRMER,
        ),
    )  # fmt: skip
    yield "delai/publie", PublierJeu(reader, start, "convocation-ctm-2026")
    yield (
        "double/propose",
        ProposerJeu(
            who, start, "double-majorite-2027", "La double majorité, à partir de 2027",
            "Un avis est adopté si plus de la moitié de tous les maires votent pour, et si leurs communes ont plus de "
            "la moitié de la population. Les maires d'arrondissement ne votent pas.", INVENTE,
            {"base": "tous", "comparaison": ">", "arrondissements_votent": "non"},
            (
                _exemple("oui", maires_pour=30, population_pour=699_447, **mayors),
                _exemple("non", maires_pour=29, population_pour=900_000, **mayors),
                _exemple("non", maires_pour=38, population_pour=699_446, **mayors),
            ),
            date(2027, 1, 1), note=A_CONFIRMER,
        ),
    )  # fmt: skip
    yield "double/publie", PublierJeu(reader, start, "double-majorite-2027")
    yield (
        "quorum/propose",
        ProposerJeu(
            who, start, "quorum-ctm-2027", "Le quorum d'une conférence des maires",
            "Une conférence territoriale des maires se prononce si un tiers de ses membres est présent.", INVENTE,
            {"mode": "presents", "fraction": "un_tiers"},
            (
                _exemple("oui", en_exercice=9, presents=3, representes=0),
                _exemple("non", en_exercice=9, presents=2, representes=4),
            ),
            date(2027, 1, 1), portee="ctm", note=A_CONFIRMER,
        ),
    )  # fmt: skip
