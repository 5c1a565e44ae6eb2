"""What waits for this person in the votes and the budgets of the collèges: the cards of « Ma semaine »."""

from datetime import date, datetime
from typing import Any, Final, LiteralString

import msgspec

from web.acces.persons import Person
from web.pages import date_longue, nombre
from web.scrutins import mots
from web.services import Services

VOTES: LiteralString = """SELECT reference, titre, phase, essai, ouvre_le, ferme_le, reclamations_jusqu_au,
    reclamations_en_attente, college FROM scrutins
    WHERE NOT importe AND college IS NOT NULL AND phase NOT IN ('efface', 'annule') ORDER BY ferme_le LIMIT 200"""
CANDIDATURES: LiteralString = """SELECT b.reference, b.college, b.edition FROM budgets b
    JOIN scrutins s ON s.reference = b.scrutin
    WHERE b.candidature_le IS NULL AND s.phase IN ('proclame', 'efface') ORDER BY b.depot LIMIT 200"""
IDEES: LiteralString = """SELECT b.reference, b.college, b.edition, count(*) FILTER (WHERE i.lue_le IS NULL),
    count(*) FILTER (WHERE i.lue_le IS NOT NULL AND i.repondue_le IS NULL AND i.motif IS NULL AND i.dans IS NULL
        AND b.closes_le IS NOT NULL)
    FROM budgets b JOIN idees i ON i.dossier = b.reference WHERE b.liste_le IS NULL
    GROUP BY b.reference ORDER BY b.depot LIMIT 200"""

# Phase -> the right that its next act needs, what a card says.
SUITES: Final = {
    "prepare": ("confirmer_regles", "Règles à confirmer"),
    "confirme": ("publier_cle", "Clés et billets à imprimer"),
    "pret": ("ouvrir_scrutin", "Bureau à ouvrir"),
    "ouvert": ("clore_scrutin", "Vote ouvert"),
    "clos": ("ouvrir_couche", "Urne à ouvrir"),
    "premiere_couche": ("ouvrir_couche", "Urne à ouvrir"),
    "couches_ouvertes": ("depouiller_scrutin", "Bulletins à compter"),
    "depouille": ("proclamer_resultat", "Résultat à proclamer"),
    "essai": ("effacer_urne", "Répétition à terminer"),
    "reclamation": ("trancher_reclamation", "Réclamation à trancher"),
    "proclame": ("effacer_urne", "Urne et clés à détruire"),
}


class Vote(msgspec.Struct, frozen=True):
    """A row of VOTES."""

    reference: str
    titre: str
    phase: str
    essai: bool
    ouvre_le: datetime
    ferme_le: datetime
    jusqu_au: date | None
    reclamations: int
    college: str

    def suite(self, day: date) -> str:
        """Which of SUITES it waits for; nothing while people may still complain."""
        if self.phase == "depouille" and self.essai:
            return "essai"
        if self.phase != "proclame":
            return self.phase
        if self.reclamations:
            return "reclamation"
        return "proclame" if self.jusqu_au is not None and self.jusqu_au < day else ""

    def quand(self) -> str:
        """The date that matters to who acts next."""
        if self.phase == "proclame" and self.jusqu_au is not None:
            return f"Réclamations jusqu’au {date_longue(self.jusqu_au)}"
        if self.phase in ("prepare", "confirme", "pret"):
            return f"Ouvre le {mots.moment(self.ouvre_le)}"
        return f"Ferme le {mots.moment(self.ferme_le)}" if self.phase == "ouvert" else ""


async def attentes(services: Services, person: Person, day: date) -> list[dict[str, Any]]:
    """Lists of the week, those with something in them: votes, then budgets."""
    votes = [Vote(*row) for row in await services.fetch(VOTES)]
    shown = [_carte(vote, suite) for vote in votes if (suite := vote.suite(day)) and _peut(person, suite, vote)]
    budgets = await _budgets(services, person)
    lists = (("votes", "Votes des collèges", shown), ("budgets", "Budgets participatifs", budgets))
    return [{"nom": nom, "titre": titre, "cartes": cartes, "suite": False} for nom, titre, cartes in lists if cartes]


def _peut(person: Person, suite: str, vote: Vote) -> bool:
    return person.peut(SUITES[suite][0], vote.college)


def _carte(vote: Vote, suite: str) -> dict[str, str]:
    page = "/reclamations" if suite == "reclamation" else ""
    return {
        "ref": vote.reference,
        "titre": vote.titre,
        "href": f"/bureau/scrutins/{vote.reference}{page}",
        "sorte": "en-cours",
        "mot": SUITES[suite][1],
        "date": vote.quand(),
    }


async def _budgets(services: Services, person: Person) -> list[dict[str, str]]:
    found = [
        _dossier(reference, edition, "Candidature à envoyer")
        for reference, college, edition in await services.fetch(CANDIDATURES)
        if person.peut("deposer_candidature", college)
    ]
    for reference, college, edition, unread, unanswered in await services.fetch(IDEES):
        if unread and person.peut("moderer_idee", college):
            found.append(_dossier(reference, edition, f"{_idees(unread)} à lire", "/idees"))
        if unanswered and person.peut("rendre_faisabilite", college):
            found.append(_dossier(reference, edition, f"{_idees(unanswered)} à étudier", "/idees"))
    return found


def _dossier(reference: str, edition: str, mot: str, page: str = "") -> dict[str, str]:
    href, titre = f"/bureau/budgets/{reference}{page}", f"Budget participatif {edition}"
    return {"ref": reference, "titre": titre, "href": href, "sorte": "en-cours", "mot": mot, "date": ""}


def _idees(n: int) -> str:
    return f"{nombre(n)} idée{'s' if n > 1 else ''}"
