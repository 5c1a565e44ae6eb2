"""What the rules of a vote must be, checked one by one before they are frozen; and what to be warned of."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

import msgspec

from domain.comptage.regles import REGLES, ParametreInvalide, lire_parametres
from domain.errors import RegleViolee
from domain.money import euros_ronds
from domain.scrutins.acte import moment_long
from domain.scrutins.events import ProjetAuVote, ScrutinCree, TypeVote
from domain.scrutins.regles import (
    DEPARTAGE,
    JOURS_MAX,
    K_MAX,
    K_MIN,
    PETITS_NOMBRES,
    RECLAMATIONS,
    REGLE_DE_COMPTAGE,
    REGLES_DU_VOTE,
)
from domain.texte import ligne, nettoye

SIGNES_TITRE: Final = 80
SIGNES_AVIS: Final = 400
MOTS_PHRASE: Final = int(REGLES_DU_VOTE.parametres["phrase_mots"])
OCTETS_PROJETS: Final = 11_000  # the entry of the whole rule has 16 KiB
CENTS_MAX: Final = 100_000_000_00
POINTS_MAX: Final = 100
HEURE: Final = timedelta(hours=1)
JOURS_DE_VOTE: Final = timedelta(days=60)
UN_AN: Final = timedelta(days=400)
_ID = re.compile("[a-z][a-z0-9]{0,11}")
_IMAGE = re.compile("[0-9a-f]{64}")


class PasAssezDeProjets(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Ajoutez un projet à la liste."


class ProjetMalEcrit(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Corrigez ce projet dans la liste, puis recommencez."


class PrixImpossible(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Écrivez le prix en euros : zéro ou plus."


class BudgetImpossible(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Écrivez le budget en euros, plus grand que zéro."


class ProjetTropCher(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Proposez-en une partie moins chère, retirez-le de la liste, ou augmentez le budget."


class ListeTropLongue(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Raccourcissez les phrases et les avis, ou retirez des projets."


class BulletinImpossible(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Accordez la sorte de bulletin, le nombre de choix et les points."


class ParametreManquant(RegleViolee):
    fondement = REGLE_DE_COMPTAGE
    conseil = "Choisissez une valeur pour ce paramètre : chacun peut changer les gagnants."


class ComptageRefuse(RegleViolee):
    fondement = REGLE_DE_COMPTAGE
    conseil = "Choisissez une règle de la liste, et une valeur possible pour chaque paramètre."


class FenetreImpossible(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Choisissez une ouverture à venir, et une fermeture une heure plus tard au moins."


class SeuilDeSecretTropBas(RegleViolee):
    fondement = PETITS_NOMBRES
    conseil = f"Écrivez un nombre entre {K_MIN} et {K_MAX}."


class DelaiDeReclamationImpossible(RegleViolee):
    fondement = RECLAMATIONS
    conseil = f"Écrivez un nombre de jours, de 1 à {JOURS_MAX}."


class NombreDElevesImpossible(RegleViolee):
    fondement = REGLES_DU_VOTE
    conseil = "Écrivez le nombre d'élèves, ou laissez vide."


def projets(proposes: tuple[ProjetAuVote, ...], budget_cents: int) -> tuple[ProjetAuVote, ...]:
    """The projects with their texts cleaned. Raises what is above, on the field `projets` or `budget_cents`."""
    if type(budget_cents) is not int or not 0 < budget_cents <= CENTS_MAX:
        raise BudgetImpossible("Ce budget n'est pas possible.", field="budget_cents")
    least = int(REGLES_DU_VOTE.parametres["projets_minimum"])
    if len(proposes) < least:
        raise PasAssezDeProjets(f"Il faut au moins {least} projets pour voter.", field="projets")
    found = tuple(_projet(projet, budget_cents) for projet in proposes)
    for noms, quoi in (([p.id for p in found], "le même identifiant"), ([p.titre for p in found], "le même titre")):
        if len(set(noms)) != len(noms):
            raise ProjetMalEcrit(f"Deux projets ont {quoi}.", field="projets")
    if len(msgspec.json.encode(found)) > OCTETS_PROJETS:
        raise ListeTropLongue("Les textes des projets sont trop longs, pris ensemble.", field="projets")
    return found


def _projet(projet: ProjetAuVote, budget_cents: int) -> ProjetAuVote:
    titre = ligne(projet.titre, "projets", "Le titre d'un projet", SIGNES_TITRE)
    if not _ID.fullmatch(projet.id):
        raise ProjetMalEcrit(f"L'identifiant du projet « {titre} » n'est pas possible.", field="projets")
    if type(projet.cout_cents) is not int or not 0 <= projet.cout_cents <= CENTS_MAX:
        raise PrixImpossible(f"Le prix du projet « {titre} » n'est pas possible.", field="projets")
    if projet.cout_cents > budget_cents:
        said = f"« {titre} » coûte {euros_ronds(projet.cout_cents)}, plus que le budget de {euros_ronds(budget_cents)}."
        raise ProjetTropCher(said, field="projets")
    phrase = _mots(projet.phrase, "La phrase d'un projet", SIGNES_TITRE * 2)
    if len(phrase.split()) > MOTS_PHRASE:
        raise ProjetMalEcrit(f"La phrase de « {titre} » a plus de {MOTS_PHRASE} mots.", field="projets")
    if projet.image is not None and not _IMAGE.fullmatch(projet.image):
        raise ProjetMalEcrit(f"L'image du projet « {titre} » n'est pas connue.", field="projets")
    return ProjetAuVote(
        id=projet.id,
        titre=titre,
        cout_cents=projet.cout_cents,
        phrase=phrase,
        comparaison=_mots(projet.comparaison, "La comparaison d'un prix", SIGNES_TITRE),
        lieu=_mots(projet.lieu, "Le lieu d'un projet", SIGNES_TITRE),
        avis=_mots(projet.avis, "L'avis sur un projet", SIGNES_AVIS),
        image=projet.image,
    )


def _mots(texte: str, nom: str, signes: int) -> str:
    return ligne(texte, "projets", nom, signes) if nettoye(texte) else ""


def bulletin(type_vote: TypeVote, choix_max: int, points_max: int | None, n_projets: int) -> None:
    """Raises BulletinImpossible when the kind of ballot, its choices and its points do not go together."""
    if type(choix_max) is not int or not 1 <= choix_max <= n_projets:
        raise BulletinImpossible(f"Le nombre de choix va de 1 à {n_projets}.", field="choix_max")
    if type_vote == "choose-1" and choix_max != 1:
        raise BulletinImpossible("Ce bulletin ne permet qu'un seul choix.", field="choix_max")
    if type_vote != "cumulative" and points_max is not None:
        raise BulletinImpossible("Ce bulletin n'a pas de points à donner.", field="points_max")
    if type_vote == "cumulative" and (type(points_max) is not int or not choix_max <= points_max <= POINTS_MAX):
        said = f"Il faut entre {choix_max} et {POINTS_MAX} points à partager."
        raise BulletinImpossible(said, field="points_max")


def comptage(
    regle: str, donnes: Mapping[str, str | int], type_vote: TypeVote, departage: tuple[str, ...] = DEPARTAGE
) -> dict[str, str | int]:
    """The parameters, each of them written. Raises ComptageRefuse, ParametreManquant."""
    if regle not in REGLES:
        raise ComptageRefuse(f"La règle de comptage « {regle[:40]} » n'existe pas.", field="regle_comptage")
    for nom in REGLES[regle]:
        if donnes.get(nom, "") == "":
            raise ParametreManquant(f"Il manque un paramètre de la règle : {nom}.", field=nom)
    try:
        lus = lire_parametres(regle, {nom: str(valeur) for nom, valeur in donnes.items()}, type_vote)
    except ParametreInvalide as error:
        said = str(error)
        raise ComptageRefuse(f"{said[0].upper()}{said[1:]}.", field="regle_comptage") from None
    if lus.score == "points" and type_vote in ("approval", "choose-1"):
        raise ComptageRefuse("Ce bulletin n'a pas de points : le score est le nombre de voix.", field="score")
    if lus.pas < Fraction(1):
        raise ComptageRefuse("Les parts grandissent d'un euro au moins à chaque pas.", field="pas")
    if departage != DEPARTAGE:
        raise ComptageRefuse("Cette façon de départager n'existe pas.", field="departage")
    return {nom: donnes[nom] for nom in REGLES[regle]}


def fenetre(ouvre_le: datetime, ferme_le: datetime, moment: datetime, *, essai: bool) -> None:
    """Raises FenetreImpossible when the vote is in the past, too short, too long or too far."""
    if ferme_le - ouvre_le < HEURE:
        raise FenetreImpossible("Le vote dure une heure au moins.", field="ferme_le")
    if (ferme_le if essai else ouvre_le) <= moment:
        said = f"Le vote ne peut pas {'finir' if essai else 'ouvrir'} le {moment_long(ferme_le if essai else ouvre_le)}"
        raise FenetreImpossible(f"{said} : c'est passé.", field="ouvre_le")
    if ferme_le - ouvre_le > JOURS_DE_VOTE or ouvre_le - moment > UN_AN:
        raise FenetreImpossible("Le vote dure 60 jours au plus, et ouvre dans l'année.", field="ferme_le")


def nombres(k_min: int, jours_reclamation: int, electeurs: int | None) -> None:
    """Raises SeuilDeSecretTropBas, DelaiDeReclamationImpossible, NombreDElevesImpossible."""
    if type(k_min) is not int or not K_MIN <= k_min <= K_MAX:
        said = f"La liste des bulletins se publie à partir de {K_MIN} bulletins au moins."
        raise SeuilDeSecretTropBas(said, field="k_min")
    if type(jours_reclamation) is not int or not 1 <= jours_reclamation <= JOURS_MAX:
        raise DelaiDeReclamationImpossible("Ce délai de réclamation n'est pas possible.", field="jours_reclamation")
    if electeurs is not None and (type(electeurs) is not int or not 1 <= electeurs <= 1_000_000):
        raise NombreDElevesImpossible("Ce nombre d'élèves n'est pas possible.", field="electeurs")


def avertissements(cree: ScrutinCree) -> tuple[str, ...]:
    """What the person who sets these rules, and the one who confirms them, should know before: allowed, but told."""
    found = []
    if cree.choix_max == 1 and cree.regle_comptage.startswith("parts_egales"):
        found.append(
            "Avec un seul choix, les parts égales ne retiennent souvent aucun projet : chaque projet doit être payé "
            "par ses seules voix. Permettez plusieurs choix, ou comptez par ordre de voix."
        )
    if cree.type_vote in ("cumulative", "ordinal"):
        found.append(
            "Avec des points ou un classement, presque chaque bulletin est unique : le secret est plus fragile. "
            "Préférez cocher plusieurs projets, sans ordre."
        )
    if cree.regle_comptage != "glouton_seuil" and "glouton" in cree.regle_comptage:
        found.append(
            "S'il reste de l'argent, un projet que presque personne n'a choisi peut être retenu. Pour l'éviter, fixez "
            "un nombre de voix minimum."
        )
    if cree.type_vote == "approval" and cree.choix_max > 3:
        found.append("Plus un bulletin permet de choix, plus il devient unique. Trois choix suffisent souvent.")
    if cree.electeurs is not None and cree.electeurs < cree.k_min:
        found.append("Il y a trop peu d'élèves : la liste des bulletins ne sera pas publiée, seulement les totaux.")
    if sum(projet.cout_cents for projet in cree.projets) <= cree.budget_cents:
        found.append("Tous les projets tiennent ensemble dans le budget : le vote n'en écarte aucun d'office.")
    return tuple(found)
