"""What the API sends and receives. Dates are ISO 8601; hashes hexadecimal; `position` counts from 1, `index` from 0."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from domain.propositions.events import Lecture, ReponsePar

Texte = Annotated[str, Meta(description="Ce qui devrait changer, avec vos mots.", max_length=60_000)]


class Depot(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Une proposition à déposer. Pour `session`, il faut le jeton d’une fonction d’animation."""

    texte: Texte
    instance: Annotated[str, Meta(description="L’instance qui la reçoit : gepi, comet, cdd.")] = "gepi"
    canal: Literal["ecrit", "avec_aide", "session"] = "ecrit"
    lecture: Lecture = "equipe"
    reponse_par: ReponsePar = "code"
    contact: str | None = None
    prenom: str | None = None
    territoire: Annotated[str | None, Meta(description="Le code INSEE d’une commune.")] = None
    langue: str = "fr"
    relue: Annotated[bool, Meta(description="Le texte a été relu à la personne aidée.")] = False
    aidant_nom: str | None = None
    aidant_structure: str | None = None


class ActeInscrit(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Un acte inscrit au registre. `promesse` : engagement signé qu’un point de contrôle le couvrira bientôt."""

    reference: str
    position: int
    index: int
    leaf_hash: str
    recu: str
    promesse: str | None = None
    code: list[str] | None = None


class Proposition(msgspec.Struct, kw_only=True):
    """Où en est une proposition."""

    reference: str
    lien: str
    instance: str
    etat: str
    titre: str | None
    theme: str | None
    competence: str | None
    territoire: str | None
    canal: str
    deposee_le: date
    lue_le: date | None
    discutee_le: date | None
    participants: int | None
    adoptee_le: date | None
    transmise_le: date | None
    service: str | None
    repondue_le: date | None
    suite: str | None
    restituee_le: date | None
    close_le: date | None
    retiree_le: date | None
    effacee_le: date | None
    lecture_avant: date | None
    suite_avant: date | None
    en_retard: bool
    index: int


class ActeLu(msgspec.Struct, kw_only=True):
    """Un acte d’un dossier. `donnees` : ses champs publics ; `phrase` : ce qu’il dit."""

    position: int
    index: int
    evenement: str
    phrase: str
    survenu_le: Annotated[str | None, Meta(description="Un jour, ou un jour et une heure (ISO 8601).")]
    enregistre_le: datetime | None
    regle: str | None
    feuille: str
    recu: str
    donnees: dict[str, Any]


class Dossier(Proposition, kw_only=True):
    """Une proposition et ses actes, aujourd’hui ou à la date (ou à l’acte) demandée par `au`."""

    texte: str | None
    prenom: str | None
    au: str | None
    actes: list[ActeLu]


class Propositions(msgspec.Struct, kw_only=True):
    """Une page de propositions, les plus récentes d’abord."""

    total: int
    page: int
    pages: int
    propositions: list[Proposition]


class Entree(msgspec.Struct, kw_only=True):
    """Une entrée du registre ; `entree` est la feuille de l’arbre, octet pour octet."""

    position: int
    index: int
    feuille: str
    entree: msgspec.Raw


class Journal(msgspec.Struct, kw_only=True):
    """Les actes qui suivent `after`. `suivant` : la valeur de `after` pour continuer, ou rien à la fin."""

    taille: int
    actes: list[Entree]
    suivant: int | None


class Appellation(msgspec.Struct, kw_only=True):
    """Un autre nom d’une instance, avec ses dates."""

    nom: str
    sigle: str | None = None
    du: date | None = None
    au: date | None = None


class Instance(msgspec.Struct, kw_only=True):
    """Une instance ou un service."""

    slug: str
    nom: str
    sigle: str
    type: str
    serie: str | None
    repondant: str | None
    adresse: str | None
    telephone: str | None
    courriel: str | None
    du: date
    au: date | None
    appellations: list[Appellation]


class Precedente(msgspec.Struct, kw_only=True):
    """Ce qu’était une commune avant une fusion."""

    nom: str
    siren: str
    du: date
    au: date


class Commune(msgspec.Struct, kw_only=True):
    """Une commune. `devient` : le code INSEE de celle qui l’a remplacée."""

    insee: str
    nom: str
    siren: str
    ctm: str
    population_municipale: int
    population_annee: int
    du: date
    au: date | None
    devient: str | None
    precedents: list[Precedente]


class Exemple(msgspec.Struct, kw_only=True):
    """Un exemple que les tests rejouent."""

    phrase: str
    donne: dict[str, Any]
    attendu: Any


class Regle(msgspec.Struct, kw_only=True):
    """Une règle datée ; `refus` : les noms des refus qu’elle prononce (champ `regle` d’un problème)."""

    id: str
    titre: str
    texte: str
    source: str
    citation: str
    lien: str
    du: date
    au: date | None
    parametres: dict[str, int | str]
    exemples: list[Exemple]
    refus: list[str]
    note: str


class Trouve(msgspec.Struct, kw_only=True):
    """Un résultat de recherche."""

    genre: str
    reference: str
    titre: str
    lien: str
    etat: str
    pourquoi: str
    index: int


class Resultats(msgspec.Struct, kw_only=True):
    """Une page de résultats."""

    total: int
    page: int
    pages: int
    resultats: list[Trouve]


class Probleme(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Un refus ou une erreur (RFC 9457). `regle` et `fondement` sont là quand une règle refuse."""

    type: str
    title: str
    status: int
    detail: str
    conseil: str
    regle: str | None = None
    fondement: str | None = None
    champ: str | None = None
