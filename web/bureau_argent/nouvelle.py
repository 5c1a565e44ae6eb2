"""`/bureau/argent/operations/nouvelle`: for whom, then what; the rest is proposed."""

from collections.abc import Sequence
from typing import Any, cast

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from domain.enveloppes.events import NomEnveloppe
from domain.enveloppes.proposer_operation import ProposerOperation
from domain.money import euros_ronds
from domain.texte import SIGNES_LIGNE
from web.acces.persons import Person
from web.access import Acteur, require, require_person
from web.argent.lecture import Lieux, lieux
from web.argent.mots import AXES, ENVELOPPES
from web.bureau_argent.formulaires import MONTANT, REFUSES, Demande, Options, Saisie, champ, faute_de, recevoir
from web.bureau_argent.lecture import dossiers, municipal
from web.bureau_argent.operations import ACCUEIL
from web.colleges.pages import fil
from web.errors import Fault
from web.forms import Form, new_key, once
from web.pages import page
from web.services import Services, services

ICI, DROIT = "/bureau/argent/operations/nouvelle", "proposer_operation"
POSSIBLES = """SELECT DISTINCT nom, beneficiaire FROM comptes c
    WHERE annee = (SELECT max(annee) FROM comptes d WHERE d.nom = c.nom)"""
SEUILS = {"fic": 300_000_00, "projets": 2_000_000_00}
QUI_PROPOSE = {"fic": "Commune", "suites_permis": "Commune"}
CONFERENCE = "Conférence territoriale des maires"


class Pour(msgspec.Struct, frozen=True):
    """For whom an operation is: an envelope and one of its beneficiaries, which has an account there."""

    nom: str
    beneficiaire: str

    @property
    def cle(self) -> str:
        """As the form has it: `fic/69029`."""
        return f"{self.nom}/{self.beneficiaire}"


async def possibles(services: Services, person: Person, where: Lieux) -> dict[Pour, str]:
    """Those for whom this person may propose, by name."""
    rows = [Pour(*row) for row in await services.fetch(POSSIBLES)]
    held = [one for one in rows if person.peut(DROIT, municipal(one.nom, one.beneficiaire))]
    named = {one: f"{where.nom(one.beneficiaire)} – {ENVELOPPES.get(one.nom, one.nom)}" for one in held}
    return dict(sorted(named.items(), key=lambda told: told[1]))


def communes_de(pour: Pour, where: Lieux) -> Options:
    """The communes where it may happen: one, or those of the conférence."""
    return tuple((row.insee, row.nom) for row in where.communes.today if row.ctm == pour.beneficiaire)


def champs(pour: Pour, where: Lieux, origines: Options) -> Sequence[Saisie]:
    """What is asked, for this envelope."""
    commune, seuil = communes_de(pour, where), SEUILS.get(pour.nom)
    proposed = QUI_PROPOSE.get(pour.nom, CONFERENCE)
    found = [
        Saisie("titre", "Titre", max=SIGNES_LIGNE, aide="Public. Court : ce que les gens verront."),
        Saisie("nature", "Nature", max=SIGNES_LIGNE, suggestions=NATURES),
        Saisie(MONTANT, "Coût prévu, en euros", "number"),
    ]
    if commune:
        found.append(Saisie("communes", "Dans quelles communes", "cases", commune))
    if pour.nom == "projets":
        found.append(Saisie("axe", "Axe du Pacte", "select", tuple(AXES.items())))
        found.append(Saisie("competence", "Elle relève des compétences de la Métropole", "case"))
    if seuil:
        aide = f"Seulement au-dessus de {euros_ronds(seuil)}. La raison est publique."
        found.append(Saisie("motif_seuil", "Pourquoi dépasser le seuil", aide=aide, requis=False, max=SIGNES_LIGNE))
    return [
        *found,
        Saisie("origine", "Dossier d’origine", requis=False, max=20, suggestions=origines,
               aide="Le numéro d’une proposition, d’un avis, d’un budget de collège."),
        Saisie("proposee_par", "Qui propose", max=SIGNES_LIGNE, valeur=proposed),
    ]  # fmt: skip


NATURES = tuple((word, word) for word in (
    "Voirie", "Trottoirs", "Plantations", "Espace public", "Modes actifs", "Éclairage", "Mobilier", "Eau", "Écoles",
))  # fmt: skip


def commande(acteur: Acteur, pour: Pour, where: Lieux, typed: Form) -> ProposerOperation:
    """The proposal of this form."""
    asked = Demande(acteur, None, typed)
    communes = asked.coches("communes") if communes_de(pour, where) else (pour.beneficiaire,)
    return ProposerOperation(
        *asked.qui, cast(NomEnveloppe, pour.nom), pour.beneficiaire, asked.mot("titre"), asked.mot("nature"),
        asked.montant(), communes, asked.mot("proposee_par"), axe=asked.mot("axe") or None,
        competence="metropole" if asked.mot("competence") else None, origine=asked.mot("origine") or None,
        motif_seuil=asked.mot("motif_seuil") or None,
    )  # fmt: skip


@get(ICI)
async def nouvelle(request: Request[Any, Any, Any], pour: FromQuery[str] = "") -> Response[str]:
    """For whom; then, once it is known, what."""
    return await montrer(request, pour, None, None)


@post(ICI, status_code=200)
async def proposer(request: Request[Any, Any, Any]) -> Response[Any]:
    """Proposes it; the page of the operation follows."""
    typed, _ = await recevoir(request, "nouvelle")
    nom, _, code = typed.get("pour", "").partition("/")
    found, pour, key = services(request), Pour(nom, code), typed.get("idempotence") or new_key()
    acteur = await require(request, DROIT, municipal(nom, code))
    try:
        command = commande(acteur, pour, await lieux(found), typed)
        act = await found.ledger.execute(command, once(key, "operations", typed))
    except REFUSES as error:
        return await montrer(request, pour.cle, typed, faute_de(error))
    return Redirect(f"/bureau/argent/operations/{act.reference}?vu={act.position}", status_code=303)


async def montrer(request: Request[Any, Any, Any], pour: str, typed: Form | None, faute: Fault | None) -> Response[str]:
    """The choice, or the form, filled."""
    found, person = services(request), await require_person(request)
    where = await lieux(found)
    options = await possibles(found, person, where)
    chosen = next((one for one in options if one.cle == pour or len(options) == 1), None)
    if not options:
        await require(request, DROIT, "")
    saisies = champs(chosen, where, await dossiers(found)) if chosen else ()
    return page(
        request,
        "bureau_argent/nouvelle.html",
        status=faute.status if faute else 200,
        titre="Proposer une opération",
        fil=fil(*ACCUEIL, (ICI, "Proposer une opération")),
        pour=chosen.cle if chosen else "",
        nom=options[chosen] if chosen else "",
        choix=[{"valeur": one.cle, "libelle": name} for one, name in options.items()],
        champs=[champ(one, "nouvelle", typed, faute) for one in saisies],
        faute=faute,
        adresse=ICI,
    )
