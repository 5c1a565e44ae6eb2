"""Functions and what each allows, as data; and who holds one on a given day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import msgspec

from domain.fonctions.events import FonctionConfiee, FonctionRetiree
from domain.ledger.event import Event

Portee = Literal["instance", "registre"]


class Fonction(msgspec.Struct, frozen=True):
    """A function: held in one instance or in the whole register; `droits` are the names of the acts it allows."""

    id: str
    nom: str
    portee: Portee
    droits: frozenset[str]


_LIRE_ET_SUIVRE = frozenset(
    {
        "qualifier_proposition",
        "rectifier_qualification",
        "orienter_situation",
        "moderer_publication",
        "transmettre_proposition",
        "restituer_proposition",
        "noter_rappel",
        "clore_proposition",
    }
)

_ENTRE_COLLEGE_ET_METROPOLE = frozenset(
    {"decrire_college", "abandonner_projet", "constater_realisation", "inaugurer_projet", "retirer_image"}
)

_TENIR_LE_BUREAU = frozenset(
    {
        "publier_cle",
        "remettre_billets",
        "rendre_billets",
        "annuler_billets",
        "echanger_billet",
        "ouvrir_scrutin",
        "consigner_incident",
        "annoncer_depouillement",
        "clore_scrutin",
        "saisir_lot_papier",
        "contre_saisir_lot_papier",
        "valider_lot_papier",
        "ouvrir_couche",
        "depouiller_scrutin",
        "effacer_urne",
        "detruire_cles",
    }
)

_CREDITS = frozenset({"proposer_operation", "decider_operation", "engager_credit", "liberer_credit"})
_TRAVAUX = frozenset({"rendre_avis_technique", "avancer_operation", "solder_operation", "ajouter_photo"})

_SEANCES = frozenset({"planifier_seance", "inscrire_point", "convoquer", "tenir_seance", "rediger_pv"})
_SAISINES = frozenset({"deposer_saisine", "suivre_saisine", "suivre_reserve", "repondre_saisine", "tisser_chaine"})
_ACTES = frozenset({"deposer_projet", "preparer_deliberation", "constater_vote", "executer_acte"})

FONCTIONS: dict[str, Fonction] = {
    fonction.id: fonction
    for fonction in (
        Fonction(
            "animation",
            "Animation",
            "instance",
            _LIRE_ET_SUIVRE
            | {
                "deposer_proposition",
                "mettre_en_discussion",
                "adopter_proposition",
                "annoncer_reunion",
                "reporter_reunion",
                "annuler_reunion",
            },
        ),
        Fonction(
            "coordination",
            "Coordination",
            "registre",
            _LIRE_ET_SUIVRE | _SAISINES | {"rendre_avis", "donner_suite", "proposer_jeu"},
        ),
        Fonction(
            "direction",
            "Direction du collège",
            "instance",
            _ENTRE_COLLEGE_ET_METROPOLE
            | _TENIR_LE_BUREAU
            | {
                "creer_scrutin",
                "declarer_billets",
                "proclamer_resultat",
                "annuler_scrutin",
                "deposer_intention",
                "ouvrir_idees",
                "clore_idees",
                "deposer_idee",
                "moderer_idee",
                "regrouper_idee",
                "arreter_projet",
                "illustrer_projet",
                "arreter_liste",
                "rattacher_scrutin",
                "deposer_candidature",
            },
        ),
        Fonction("bureau_de_vote", "Bureau de vote", "instance", _TENIR_LE_BUREAU | {"confirmer_regles"}),
        Fonction(
            "education",
            "Direction de l'éducation",
            "registre",
            _ENTRE_COLLEGE_ET_METROPOLE
            | {
                "publier_cle",
                "ouvrir_couche",
                "trancher_reclamation",
                "annuler_scrutin",
                "ouvrir_edition",
                "avancer_edition",
                "publier_bilan",
                "rendre_faisabilite",
                "rendre_instruction",
                "deliberer_jury",
                "voter_allocation",
                "commander_travaux",
            },
        ),
        Fonction(
            "secretariat",
            "Secrétariat des assemblées",
            "instance",
            _SEANCES | _ACTES | {"rendre_avis", "tisser_chaine"},
        ),
        # Of an elected member: worth something only while the body's presidency lasts (`domain.composition`).
        Fonction("presidence", "Présidence", "instance", frozenset({"deposer_saisine"})),
        Fonction("mairie", "Mairie", "instance", _CREDITS | {"inscrire_abondement", "abandonner_operation"}),
        Fonction("services_techniques", "Services techniques", "registre", _TRAVAUX),
        Fonction(
            "finances",
            "Finances",
            "registre",
            _CREDITS
            | {
                "ouvrir_enveloppe",
                "adopter_repartition",
                "inscrire_dotation",
                "rectifier_dotation",
                "accorder_reconduction",
                "constater_projet_de_territoire",
                "mandater_credit",
                "abandonner_operation",
                "arreter_photographie",
                "suivre_pacte",
            },
        ),
        Fonction("regles", "Publication des règles", "registre", frozenset({"publier_jeu"})),
        Fonction("protection_donnees", "Protection des données", "registre", frozenset({"demander_effacement"})),
        Fonction(
            "administration",
            "Administration",
            "registre",
            frozenset(
                {
                    "confier_fonction",
                    "proposer_jeu",
                    "fixer_sieges",
                    "ouvrir_mandat",
                    "clore_mandat",
                    "elire_fonction",
                    "retirer_fonction",
                    "inscrire_instance",
                    "inscrire_appellation",
                    "inscrire_commune",
                    "rattacher_commune",
                    "fusionner_communes",
                }
            ),
        ),
    )
}


class Titre(msgspec.Struct, frozen=True):
    """A function that a person holds, from `du` to `au` included."""

    fonction: str
    instance: str | None
    du: date
    au: date | None = None

    @property
    def id(self) -> str:
        """`animation:gepi`, `coordination`: what an act says of who did it."""
        return f"{self.fonction}:{self.instance}" if self.instance else self.fonction

    def en_cours(self, le: date) -> bool:
        """In force on that day."""
        return self.du <= le and (self.au is None or le <= self.au)


def retenir(titres: list[Titre], event: Event) -> None:
    """Adds what this event says to the functions of a person, in place."""
    match event:
        case FonctionConfiee():
            titres.append(Titre(event.fonction, event.instance, event.du, event.au))
        case FonctionRetiree():
            for place, titre in enumerate(titres):
                held = titre.fonction == event.fonction and titre.instance == event.instance
                if held and (titre.au is None or titre.au >= event.le):
                    titres[place] = msgspec.structs.replace(titre, au=event.le - timedelta(days=1))


def peut(titres: Iterable[Titre], droit: str, instance: str | None, le: date) -> Titre | None:
    """The function by which this person may do the act on that day, or None. `instance` is where she acts."""
    for titre in donnant(titres, droit, instance):
        if titre.en_cours(le):
            return titre
    return None


def donnant(titres: Iterable[Titre], droit: str, instance: str | None) -> list[Titre]:
    """The functions, in force or not, that allow this act there; those of the instance first."""
    found = [
        titre
        for titre in titres
        if titre.fonction in FONCTIONS
        and droit in FONCTIONS[titre.fonction].droits
        and titre.instance in (None, instance)
    ]
    return sorted(found, key=lambda titre: titre.instance is None)


def tenait(titres: Iterable[Titre], par: str, le: date) -> bool:
    """Whether this function (`animation:gepi`) was held that day; one taken away that very day counts as held."""
    return any(
        titre.id == par and titre.du <= le and (titre.au is None or titre.au >= le - timedelta(days=1))
        for titre in titres
    )


def fonction_id(texte: str) -> tuple[str, str | None]:
    """`animation:gepi` as (function, instance), whether or not they exist."""
    fonction, _, instance = texte.partition(":")
    return fonction, instance or None
