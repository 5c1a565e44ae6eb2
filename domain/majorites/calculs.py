"""How each rule that can be set answers: its parameters and what an example gives, as plain values."""

from datetime import date
from typing import Any, cast

from domain.majorites.double import DoubleMajorite, Parametres
from domain.majorites.entrees import Reponse, ValeurImpossible, Valeurs
from domain.majorites.seuils import (
    delai_suffisant,
    pouvoir_possible,
    quorum,
    scrutin_public,
    seuil_scrutin_public,
    un_tiers,
)
from domain.majorites.simple import ParametresMajorite, majorite
from domain.majorites.suffrages import Issue, Sens, Suffrages


def _entier(valeurs: Valeurs, nom: str) -> int:
    return cast(int, valeurs[nom])


def _bool(answer: bool, phrase: str) -> Reponse:
    return Reponse("oui" if answer else "non", phrase)


def parametres_de_majorite(valeurs: Valeurs) -> ParametresMajorite:
    """The parameters of a majority, as its rule-set writes them."""
    found: dict[str, Any] = dict(valeurs)
    return ParametresMajorite(
        found["base"], found["seuil"], found["voix_preponderante"] == "oui", cast(Issue, found["sans_majorite"])
    )


def selon_majorite(parametres: Valeurs, donne: Valeurs) -> Reponse:
    """Of a vote."""
    counts = [_entier(donne, nom) for nom in ("pour", "contre", "abstentions", "nuls")]
    chair = None if donne["president"] == "absent" else cast(Sens, donne["president"])
    result = majorite(Suffrages(sum(counts), 0, *counts), chair, parametres_de_majorite(parametres))
    return Reponse(result.issue, result.phrase)


def selon_quorum(parametres: Valeurs, donne: Valeurs) -> Reponse:
    """Of a count of members."""
    words: dict[str, Any] = dict(parametres)
    members, there, held = (_entier(donne, nom) for nom in ("en_exercice", "presents", "representes"))
    if there + held > members:
        raise ValeurImpossible("Il y a plus de présents et de représentés que de membres.", field="presents")
    found = quorum(members, there, held, words["mode"], words["fraction"])
    who = "présents" if words["mode"] == "presents" else "présents ou représentés"
    verdict = "le quorum est atteint" if found.atteint else "le quorum n'est pas atteint"
    return _bool(found.atteint, f"{found.compte} {who} sur {members}, il en faut {found.seuil} : {verdict}.")


def selon_pouvoirs(parametres: Valeurs, donne: Valeurs) -> Reponse:
    """Of one more proxy for the same holder."""
    most, held = _entier(parametres, "par_membre"), _entier(donne, "tenus")
    free = pouvoir_possible(held, most)
    text = f"{held} pouvoir{'s' if held > 1 else ''} déjà tenu{'s' if held > 1 else ''} pour {most} au plus"
    return _bool(free, f"{text} : {'un autre est possible' if free else 'un autre est refusé'}.")


def selon_scrutin_public(parametres: Valeurs, donne: Valeurs) -> Reponse:
    """Of a request of members."""
    part, there, asking = (
        _entier(parametres, "une_part_sur"),
        _entier(donne, "presents"),
        _entier(donne, "demandeurs"),
    )
    if part < 1 or asking > there:
        raise ValeurImpossible("Il y a plus de demandes que de présents, ou une part de rien.", field="demandeurs")
    needed = seuil_scrutin_public(there, part)
    due = scrutin_public(there, asking, part)
    verdict = "le scrutin public est dû" if due else "ce n'est pas assez"
    return _bool(due, f"{asking} demandes pour {there} présents, il en faut {needed} : {verdict}.")


def selon_convocation(parametres: Valeurs, donne: Valeurs) -> Reponse:
    """Of two days."""
    sent, held = (date.fromisoformat(str(donne[nom])) for nom in ("envoyee", "seance"))
    urgent, days = donne["urgence"] == "oui", (held - sent).days
    least, clear = _entier(parametres, "jours"), _entier(parametres, "jours_urgence")
    enough = delai_suffisant(sent, held, urgent, least, clear)
    asked = f"{clear} jour{'s' if clear > 1 else ''} franc{'s' if clear > 1 else ''}" if urgent else f"{least} jours"
    verdict = "c'est assez" if enough else "c'est trop court"
    return _bool(enough, f"{days} jours entre l'envoi et la séance, pour {asked} au moins : {verdict}.")


def double(parametres: Valeurs, donne: Valeurs) -> DoubleMajorite:
    """The double majority of these counts. Raises ValeurImpossible on parts greater than their whole."""
    words, counts = dict(parametres), {nom: cast(int, valeur) for nom, valeur in donne.items()}
    with_districts = words["arrondissements_votent"] == "oui"
    chosen = Parametres(cast(Any, words["base"]), words["comparaison"] == ">", with_districts)
    more = counts if with_districts else {}
    found = DoubleMajorite(
        counts["maires_pour"] + more.get("arrondissements_pour", 0),
        counts["maires_contre"] + more.get("arrondissements_contre", 0),
        counts["maires"] + more.get("arrondissements", 0),
        counts["population_pour"],
        counts["population"],
        chosen,
    )
    if counts["maires_pour"] + counts["maires_contre"] > counts["maires"]:
        raise ValeurImpossible("Il y a plus de votes que de maires.", field="maires")
    if counts["arrondissements_pour"] + counts["arrondissements_contre"] > counts["arrondissements"]:
        raise ValeurImpossible("Il y a plus de votes que de maires d'arrondissement.", field="arrondissements")
    if counts["population_pour"] > counts["population"]:
        raise ValeurImpossible("La population pour dépasse la population totale.", field="population_pour")
    if not counts["maires"] or not counts["population"]:
        raise ValeurImpossible("Il faut au moins un maire et un habitant.", field="maires")
    return found


def selon_double(parametres: Valeurs, donne: Valeurs) -> Reponse:
    """Of mayors and of the people behind them."""
    found = double(parametres, donne)
    return _bool(found.adoptee, found.phrase)


def selon_un_tiers(parametres: Valeurs, donne: Valeurs) -> Reponse:
    """Of a request of mayors."""
    part = _entier(parametres, "une_part_sur")
    mayors, asking, people, behind = (
        _entier(donne, nom) for nom in ("maires", "demandeurs", "population", "population_demandeurs")
    )
    if part < 1 or asking > mayors or behind > people:
        raise ValeurImpossible("Une part dépasse son tout.", field="demandeurs")
    enough = un_tiers(mayors, asking, people, behind, part)
    seuils = f"il faut {-(-mayors // part)} maires, ou {-(-people // part)} habitants"
    verdict = "la demande est recevable" if enough else "ce n'est pas assez"
    return _bool(enough, f"{asking} maires pour {behind} habitants ; {seuils} : {verdict}.")
