"""Every act of the office on one deliberation, as data: its right, its fields, its steps, when it is due."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import msgspec

from domain.deliberations import executer_acte as x
from domain.deliberations.actes_ctes import departement_du_siren
from domain.deliberations.constater_vote import SIGNES_DECIDE
from domain.deliberations.preparer_deliberation import AdresserRapport, ConsulterCommission
from domain.ledger.command import Command
from domain.texte import SIGNES_LIGNE, SIGNES_MOTIF
from web.bureau.formulaire import Champ
from web.bureau_deliberations import commandes as c
from web.bureau_deliberations.commandes import Demande
from web.bureau_deliberations.lecture import Lu
from web.forms import Form
from web.pages import date_longue
from web.seances.formes import HEURE

Etape = Callable[[Demande], Sequence[Command]]


class Acte(msgspec.Struct, frozen=True):
    """One act. Its steps are decided one after the other, each on what the one before it left.

    `tot` says whether the draft waits for it now (true), may have it besides (false), or not at all (None).
    """

    nom: str
    titre: str
    droit: str
    etapes: tuple[Etape, ...]
    tot: Callable[[Lu], bool | None]
    champs: Callable[[Lu], Sequence[Champ]] = lambda lu: ()
    defauts: Callable[[Lu], Form] = lambda lu: {}
    aide: str = ""
    date_typee: bool = True  # its legal day is typed


def _si(wanted: Callable[[Lu], Any], maintenant: bool = True) -> Callable[[Lu], bool | None]:
    """The act is offered while the draft is so; `maintenant`: it waits for it."""
    return lambda lu: maintenant if lu.row.etat != "retiree" and wanted(lu) else None


def _si_adoptee(fait: str, attendu: Callable[[Lu], bool] = lambda lu: True) -> Callable[[Lu], bool | None]:
    """After an adoption, until this step is done; due when `attendu`."""
    return lambda lu: bool(attendu(lu)) if lu.adoptee and fait not in lu.dates else None


def _a_voter(lu: Lu) -> bool:
    opened = lu.reunion is not None and lu.reunion.row.etat == "ouverte"
    return opened and bool(lu.rang) and lu.compte is None and not lu.renvoyee and not lu.votee


def identifiant_propose(lu: Lu) -> str:
    """The @CTES identifier that this act is likely to have."""
    row = lu.row
    rank = row.numero.rpartition("-")[2] if row.numero.startswith(row.siren) else row.numero.replace("-", "_")
    department = departement_du_siren(row.siren) or ""
    return f"{department}-{row.siren}-{lu.dates['DeliberationVotee']:%Y%m%d}-{rank[:15]}-DE"


def seances_possibles(lu: Lu) -> tuple[tuple[str, str], ...]:
    """The meetings of its body that are not over, the next one first."""
    return tuple((row.reference, f"{date_longue(row.prevue_le)}, {row.reference}") for row in lu.seances)


def _du_vote(lu: Lu) -> Sequence[Champ]:
    return (
        Champ("detail", "Que dit le document ?", "select", DETAILS, requis=True),
        *(Champ(nom, nom.capitalize(), "number") for nom in ("pour", "contre", "abstentions")),
        Champ("npppv", "S’il manque des voix", "select", (("oui", "Elles ne prennent pas part au vote"),)),
        Champ("president", "Vote de la présidence, en cas d’égalité", "select", PRESIDENCE),
        DECIDE,
        HEURE,
    )


def _votants(lu: Lu) -> Form:
    here, held = lu.reunion.seance.votants(lu.rang) if lu.reunion else (set(), {})
    return {"detail": "porte", "pour": str(len(here) + len(held)), "contre": "0", "abstentions": "0"}


DETAILS = (
    ("porte", "Le nombre des voix"),
    ("adoptee", "Adoptée, sans le détail du vote"),
    ("rejetee", "Rejetée, sans le détail du vote"),
)
PRESIDENCE = (("pour", "Pour"), ("contre", "Contre"), ("abstention", "Abstention"), ("absente", "Absente"))
MODES = (("en_ligne", "En ligne, en PDF"), ("affichage", "Par affichage"))
RECOURS = (("gracieux", "Gracieux, à l’assemblée"), ("contentieux", "Au juge"), ("defere", "Déféré du préfet"))
JUGEMENTS = (
    ("rejete", "Rejeté"),
    ("annulee", "Délibération annulée"),
    ("annulee_en_partie", "Annulée en partie"),
    ("desistement", "Désistement"),
)
CORRIGES = tuple((mot, mot) for mot in ("Objet", "Ce qui est décidé", "Rapporteur", "Service", "Commission", "Matière"))
DECIDE = Champ("texte", "Ce qui est décidé, mot pour mot", "textarea", requis=True, max=SIGNES_DECIDE, aide="Public.")
MOTIF = Champ("motif", "Raison", "textarea", requis=True, max=SIGNES_MOTIF, aide="Publique.")

ACTES = {
    acte.nom: acte
    for acte in (
        Acte(
            "commission", "Noter l’avis de la commission", "preparer_deliberation",
            (lambda d: [ConsulterCommission(*d.qui, d.mot("commission"), d.mot("sens") or None)],),
            lambda lu: (bool(lu.row.commission) and not lu.entendue) if not lu.votee and lu.row.etat != "retiree"
            else None,
            lambda lu: (Champ("commission", "Commission", requis=True, max=SIGNES_LIGNE),
                        Champ("sens", "Sens de l’avis", max=SIGNES_LIGNE, aide="Exemple : avis favorable")),
            lambda lu: {"commission": lu.row.commission or ""},
        ),
        Acte(
            "inscrire", "Inscrire à une séance", "preparer_deliberation", (c.inscrire_point, c.inscrire),
            _si(lambda lu: not lu.votee and not lu.inscrite and lu.seances),
            lambda lu: (Champ("seance", "Séance", "select", seances_possibles(lu), requis=True),),
            lambda lu: {"seance": lu.reunion.reference if lu.reunion else lu.seances[0].reference},
        ),
        Acte(
            "rapport", "Noter l’envoi du rapport", "preparer_deliberation",
            (lambda d: [AdresserRapport(*d.qui)],),
            lambda lu: (not lu.votee and lu.reunion is not None) if "RapportAdresse" not in lu.dates
            and lu.row.etat != "retiree" else None,
            aide="Le jour où les membres l’ont reçu ou pu le lire.",
        ),
        Acte(
            "voter", "Noter le vote après coup", "constater_vote", (c.appeler, c.compter, c.constater),
            _si(_a_voter), _du_vote, _votants,
            "Pour une séance qui n’est pas suivie en direct. La date du vote est celle de la séance.", False,
        ),
        Acte(
            "constater", "Reprendre le vote de la séance", "constater_vote", (c.constater,),
            _si(lambda lu: not lu.votee and (lu.compte or lu.renvoyee)),
            lambda lu: (DECIDE,) if lu.compte else (),
            lambda lu: {"le_fait": lu.reunion.jour.isoformat()} if lu.reunion else {},
            "Les nombres viennent de la séance : ne les recopiez pas.",
        ),
        Acte(
            "signer", "Noter la signature", "executer_acte",
            (lambda d: [x.SignerActe(*d.qui, d.mot("qualite"))],), _si_adoptee("ActeSigne"),
            lambda lu: (Champ("qualite", "Signé par (qualité)", requis=True, max=SIGNES_LIGNE,
                              aide="Une fonction, jamais un nom."),),
            lambda lu: {"qualite": "le Président"},
        ),
        Acte(
            "transmettre", "Noter la transmission au préfet", "executer_acte", (c.transmettre,),
            _si_adoptee("ActeTransmis", lambda lu: lu.signee),
            lambda lu: (Champ("id_actes", "Identifiant @CTES", max=60,
                              aide="Département, SIREN, date du vote, numéro, nature. Vérifiez-le sur l’envoi."),),
            lambda lu: {"id_actes": identifiant_propose(lu)},
        ),
        Acte(
            "publier", "Noter la publication", "executer_acte", (c.publier,),
            _si_adoptee("ActePublie", lambda lu: "ActeTransmis" in lu.dates),
            lambda lu: (Champ("mode", "Comment ?", "radios", MODES, requis=True),),
            lambda lu: {"mode": "en_ligne"},
            "En ligne, c’est l’extrait du registre : son empreinte est calculée et gardée.",
        ),
        Acte(
            "recevoir", "Noter l’accusé de réception du préfet", "executer_acte",
            (lambda d: [x.RecevoirActe(*d.qui)],),
            lambda lu: True if lu.adoptee and "ActeTransmis" in lu.dates and "ActeRecu" not in lu.dates else None,
        ),
        Acte(
            "observations", "Noter des observations du préfet", "executer_acte",
            (lambda d: [x.NoterObservations(*d.qui, d.mot("motif"))],),
            _si(lambda lu: "ActeRecu" in lu.dates, False),
            lambda lu: (Champ("motif", "Ce que dit le préfet", "textarea", requis=True, max=SIGNES_MOTIF,
                              aide="Public."),),
        ),
        Acte(
            "recours", "Noter un recours", "executer_acte",
            (lambda d: [x.NoterRecours(*d.qui, cast(Any, d.mot("nature")))],),
            _si(lambda lu: lu.votee and not lu.acte.deliberation.recours, False),
            lambda lu: (Champ("nature", "Quel recours ?", "radios", RECOURS, requis=True),),
        ),
        Acte(
            "jugement", "Noter l’issue du recours", "executer_acte",
            (lambda d: [x.NoterJugement(*d.qui, cast(Any, d.mot("issue")), d.mot("motif"))],),
            _si(lambda lu: lu.acte.deliberation.recours, False),
            lambda lu: (Champ("issue", "Issue", "radios", JUGEMENTS, requis=True), MOTIF),
        ),
        Acte(
            "rectifier", "Corriger une erreur matérielle", "executer_acte", (c.rectifier,),
            _si(lambda lu: True, False),
            lambda lu: (Champ("champ", "Ce qui est corrigé", "select", CORRIGES, requis=True),
                        Champ("avant", "Ce qui était écrit", "textarea", requis=True, max=SIGNES_MOTIF),
                        Champ("apres", "Ce qu’il faut lire", "textarea", requis=True, max=SIGNES_MOTIF),
                        Champ("motif", "Raison", requis=True, max=SIGNES_LIGNE, aide="Publique.")),
            lambda lu: {"champ": "Objet", "avant": lu.row.objet},
            "Les deux textes restent visibles.",
        ),
        Acte(
            "retirer", "Retirer, ou remplacer", "executer_acte", (c.retirer,), _si(lambda lu: True, False),
            lambda lu: (MOTIF, Champ("remplacee_par", "Numéro de celle qui la remplace", max=60)),
            aide="La page reste, avec cette raison.",
        ),
    )
}  # fmt: skip
