"""One line of the national format of deliberations (SCDL 2.1.5): read, checked whole; every defect is named."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from domain.deliberations.matieres import classe_nationale, nom_de_matiere
from domain.deliberations.regles import METROPOLE
from domain.errors import DejaFait, RegleViolee
from domain.instances.regles import luhn
from domain.law import Exemple, Regle, publish
from domain.texte import TexteTropLong, ligne

COLONNES = (
    "COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM", "DELIB_OBJET",
    "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE", "VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE",
    "VOTE_ABSTENTION", "DELIB_URL",
)  # fmt: skip
OBLIGATOIRES = COLONNES[:7]
VOTES = COLONNES[11:16]
SIGNES = 4_000
OCTETS = 14_000  # an act of the register has a little more at most
NUMERO_SIGNES = 40
_ADRESSE = re.compile(r"https?://[^\s/?#\"<>]+[^\s\"<>]*", re.IGNORECASE)

SCDL = publish(
    Regle(
        id="scdl-deliberations-2023",
        titre="Les délibérations en données ouvertes",
        texte="Une délibération publiée ou reprise en données ouvertes suit le schéma national SCDL 2.1.5 : ses "
        "colonnes, et ses règles entre colonnes. Les nombres d'un vote sont tous donnés, ou aucun.",
        source="Schéma SCDL « Délibérations », version 2.1.5 du 28 août 2023 (OpenDataFrance)",
        du=METROPOLE,
        exemples=(
            Exemple(
                donne={"votes": ["165", "164", "160", "3", "1"]},
                attendu=[],
                phrase="160 pour, 3 contre et 1 abstention font 164 votants.",
            ),
            Exemple(
                donne={"votes": ["165", "164", "", "", ""]},
                attendu=["VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION"],
                phrase="Le détail du vote manque : les cinq nombres restent vides.",
            ),
            Exemple(
                donne={"votes": ["43", "40", "41", "0", "0"]},
                attendu=["VOTE_POUR", "VOTE_REEL"],
                phrase="41 voix pour quand 40 membres ont voté : la ligne est refusée.",
            ),
        ),
        note="Le nom de la matière peut venir d'une liste propre à la collectivité : il est alors signalé, pas refusé.",
    )
)


class DejaImportee(DejaFait):
    fondement = SCDL
    conseil = "Comparez les deux lignes. Une erreur se corrige dans le fichier de la collectivité."


class Defaut(NamedTuple):
    """What is wrong, in which column."""

    champ: str
    raison: str


class LigneScdl(msgspec.Struct, frozen=True, omit_defaults=True):
    """A valid line. `numero` is its stream's name: the SIREN, then the identifier in plain signs."""

    numero: str
    collectivite: str
    siret: str
    delib_id: str
    le: date
    matiere_code: str
    matiere_nom: str
    objet: str
    budget_annee: str | None = None
    budget_nom: str | None = None
    pref_id: str | None = None
    pref_date: date | None = None
    effectif: int | None = None
    reel: int | None = None
    pour: int | None = None
    contre: int | None = None
    abstention: int | None = None
    url: str | None = None


def lire_ligne(valeurs: dict[str, str]) -> tuple[LigneScdl | None, list[Defaut]]:
    """The line, or None with all its defects. A valid line may come with remarks, which refuse nothing."""
    found: list[Defaut] = []
    said = {name: _propre(name, valeurs.get(name, ""), found) for name in COLONNES}
    found += [Defaut(name, "il manque.") for name in OBLIGATOIRES if not said[name] and not _vu(found, name)]
    _formes(said, found)
    days = {name: _jour(name, said[name], found) for name in ("DELIB_DATE", "PREF_DATE")}
    votes = {name: _entier(name, said[name], found) for name in VOTES}
    _entre_colonnes(said, days, votes, found)
    le = days["DELIB_DATE"]
    if found or le is None:
        return None, found
    line = _ligne(said, le, days["PREF_DATE"], votes)
    if len(msgspec.json.encode(line)) > OCTETS:
        return None, [Defaut("", f"plus de {OCTETS} octets.")]
    return line, remarques(said)


def remarques(said: dict[str, str]) -> list[Defaut]:
    """What the schema would rather have otherwise."""
    return list(_matiere(said["DELIB_MATIERE_CODE"], said["DELIB_MATIERE_NOM"]))


@lru_cache(maxsize=1_000)
def _matiere(code: str, nom: str) -> tuple[Defaut, ...]:
    if not classe_nationale(nom):
        return (Defaut("DELIB_MATIERE_NOM", "ce nom n'est pas celui d'une classe nationale."),)
    if nom_de_matiere(code) is None:
        return (Defaut("DELIB_MATIERE_CODE", "ce code n'est pas dans la nomenclature."),)
    return ()


@lru_cache(maxsize=1_000)
def siret_valide(siret: str) -> bool:
    """Fourteen digits whose two keys are right: the authority's, and the establishment's."""
    return len(siret) == 14 and luhn(siret) and luhn(siret[:9])


def _ligne(said: dict[str, str], le: date, recue: date | None, votes: dict[str, int | None]) -> LigneScdl:
    return LigneScdl(
        numero=f"{said['COLL_SIRET'][:9]}-{en_signes_simples(said['DELIB_ID'])}",
        collectivite=said["COLL_NOM"],
        siret=said["COLL_SIRET"],
        delib_id=said["DELIB_ID"],
        le=le,
        matiere_code=said["DELIB_MATIERE_CODE"],
        matiere_nom=said["DELIB_MATIERE_NOM"],
        objet=said["DELIB_OBJET"],
        budget_annee=said["BUDGET_ANNEE"] or None,
        budget_nom=said["BUDGET_NOM"] or None,
        pref_id=said["PREF_ID"] or None,
        pref_date=recue,
        effectif=votes["VOTE_EFFECTIF"],
        reel=votes["VOTE_REEL"],
        pour=votes["VOTE_POUR"],
        contre=votes["VOTE_CONTRE"],
        abstention=votes["VOTE_ABSTENTION"],
        url=said["DELIB_URL"] or None,
    )


def en_signes_simples(identifiant: str) -> str:
    """An identifier in letters, digits and underscores: `2019/12-b` is `2019_12_b`."""
    return re.sub("[^0-9A-Za-z]+", "_", identifiant).strip("_")


def _vu(found: list[Defaut], name: str) -> bool:
    return any(defaut.champ == name for defaut in found)


def _propre(name: str, value: str, found: list[Defaut]) -> str:
    if not value or value.isspace():
        return ""
    if value.isascii() and value.isprintable() and len(value) <= SIGNES:  # most are, and need no cleaning
        return " ".join(value.split())
    try:
        return ligne(value, name, "Cette valeur", SIGNES)
    except TexteTropLong:
        found.append(Defaut(name, f"plus de {SIGNES} signes."))
    except RegleViolee:
        found.append(Defaut(name, "aucun signe lisible."))
    return ""


def _formes(said: dict[str, str], found: list[Defaut]) -> None:
    siret, budget, url = said["COLL_SIRET"], said["BUDGET_ANNEE"], said["DELIB_URL"]
    if siret and not re.fullmatch("[0-9]{14}", siret):
        found.append(Defaut("COLL_SIRET", "il faut quatorze chiffres."))
    elif siret and not siret_valide(siret):
        found.append(Defaut("COLL_SIRET", "un chiffre est faux."))
    if said["DELIB_ID"] and not 1 <= len(en_signes_simples(said["DELIB_ID"])) <= NUMERO_SIGNES:
        found.append(Defaut("DELIB_ID", f"il faut de 1 à {NUMERO_SIGNES} lettres ou chiffres."))
    if said["DELIB_MATIERE_CODE"] and not re.fullmatch(r"[0-9]\.[0-9]{1,2}", said["DELIB_MATIERE_CODE"]):
        found.append(Defaut("DELIB_MATIERE_CODE", "la forme est celle de 8.2."))
    years = budget.split("/")
    if budget and not re.fullmatch("[0-9]{4}(/[0-9]{4})?", budget):
        found.append(Defaut("BUDGET_ANNEE", "la forme est 2017 ou 2017/2018."))
    elif len(years) == 2 and years[0] >= years[1]:
        found.append(Defaut("BUDGET_ANNEE", "la seconde année vient après la première."))
    if url and not _ADRESSE.fullmatch(url):
        found.append(Defaut("DELIB_URL", "ce n'est pas une adresse http ou https."))


def _jour(name: str, value: str, found: list[Defaut]) -> date | None:
    if not value:
        return None
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        found.append(Defaut(name, "ce jour n'existe pas."))
        return None
    found.append(Defaut(name, "la forme est 2017-11-06."))
    return None


def _entier(name: str, value: str, found: list[Defaut]) -> int | None:
    if not value:
        return None
    if not re.fullmatch("[0-9]{1,6}", value):
        found.append(Defaut(name, "ce n'est pas un nombre entier."))
        return None
    return int(value)


def _entre_colonnes(
    said: dict[str, str], days: dict[str, date | None], votes: dict[str, int | None], found: list[Defaut]
) -> None:
    """The rules between columns, where each column is well formed."""
    if bool(said["BUDGET_ANNEE"]) != bool(said["BUDGET_NOM"]):
        missing = "BUDGET_NOM" if said["BUDGET_ANNEE"] else "BUDGET_ANNEE"
        found.append(Defaut(missing, "l'année et le nom du budget vont ensemble."))
    voted, received = days["DELIB_DATE"], days["PREF_DATE"]
    if voted and received and received < voted:
        found.append(Defaut("PREF_DATE", "la préfecture reçoit après le vote, jamais avant."))
    found += defauts_du_vote(votes, {name for name in VOTES if said[name]})


def defauts_du_vote(votes: dict[str, int | None], donnes: set[str]) -> list[Defaut]:
    """All five numbers or none; nobody votes twice; the voices are those of who voted."""
    if donnes and len(donnes) < len(VOTES):
        return [Defaut(name, "les cinq nombres du vote vont ensemble.") for name in VOTES if name not in donnes]
    numbers = [votes[name] for name in VOTES]
    if None in numbers or not donnes:
        return []
    effectif, reel, *voices = (n for n in numbers if n is not None)
    found = [Defaut("VOTE_REEL", f"{reel} votants pour {effectif} sièges.")] if reel > effectif else []
    found += [Defaut(name, f"{n} voix pour {reel} votants.") for name, n in zip(VOTES[2:], voices, strict=True)
              if n > reel]  # fmt: skip
    if sum(voices) != reel:
        found.append(Defaut("VOTE_REEL", f"les voix font {sum(voices)}, pas {reel}."))
    return found
