"""The form of a proposal: its words, its parameters, three examples."""

from typing import Any, cast

from domain.instances.events import TypeInstance
from domain.jeux_de_regles import prefixe
from domain.majorites.entrees import Entree
from domain.majorites.moteurs import Moteur
from domain.regles_datees.events import ExempleDuJeu
from domain.regles_datees.proposer_jeu import SIGNES_CITATION, ProposerJeu
from domain.texte import SIGNES_LIGNE, SIGNES_MOTIF, SIGNES_TITRE, nettoye
from web.acces.persons import today
from web.access import Acteur
from web.bureau.formulaire import Champ, Illisible, jour_du
from web.errors import Fault
from web.forms import Form
from web.regles.essai import champ, lue
from web.regles.jeux import CONFERENCE, PORTEES

RANGS = (1, 2, 3)
SANS_PORTEE = ("double_majorite", "un_tiers")  # rules of the Conférence métropolitaine only
TEXTES = (
    Champ("titre", "Titre", requis=True, max=SIGNES_TITRE),
    Champ("texte", "La règle, en phrases courtes", "textarea", requis=True, max=SIGNES_MOTIF),
    Champ("source", "Source", requis=True, max=SIGNES_LIGNE, aide="Le texte et son article."),
    Champ("citation", "Citation exacte", "textarea", max=SIGNES_CITATION),
    Champ("lien", "Lien vers la source", "url", max=300, aide="Commence par https://"),
    Champ("note", "Ce qui reste à confirmer", "textarea", max=SIGNES_CITATION),
)


def lire(acteur: Acteur, moteur: Moteur, fields: Form) -> ProposerJeu:
    """The command. Raises Illisible."""
    end = fields.get("nom", "").strip()
    chosen = {entree.nom: _lue(entree, fields, "p-") for entree in moteur.parametres}
    given = [_exemple(moteur, fields, rank) for rank in RANGS if rank == 1 or fields.get(f"exemple{rank}-attendu")]
    bodies = None if moteur.id in SANS_PORTEE else cast(TypeInstance, fields.get("portee", ""))
    return ProposerJeu(
        acteur.personne,
        acteur.le,
        f"{prefixe(moteur.id)}{end}",
        fields.get("titre", ""),
        fields.get("texte", ""),
        fields.get("source", ""),
        parametres=chosen,
        exemples=tuple(given),
        du=jour_du(fields, "du"),
        portee=bodies,
        citation=fields.get("citation", "").strip(),
        lien=fields.get("lien", "").strip(),
        note=fields.get("note", "").strip(),
        au=jour_du(fields, "au") if fields.get("au", "").strip() else None,
    )


def _lue(entree: Entree, fields: Form, start: str) -> int | str:
    try:
        return lue(entree, fields.get(f"{start}{entree.nom}", ""))
    except ValueError as error:
        raise Illisible(f"{start}{entree.nom}", f"{entree.label} : écrivez un nombre, en chiffres.") from error


def _exemple(moteur: Moteur, fields: Form, rank: int) -> ExempleDuJeu:
    start = f"exemple{rank}-"
    given = {entree.nom: _lue(entree, fields, start) for entree in moteur.donnees}
    return ExempleDuJeu(donne=given, attendu=fields.get(f"{start}attendu", ""))


def contexte(moteur: Moteur, fields: Form | None, faute: Fault | None) -> dict[str, Any]:
    """The fields, as typed or with their usual values."""
    typed = {name: nettoye(value) for name, value in (fields or {}).items()}
    wrong = {faute.field or "": faute.message} if faute else {}

    def one(entree: Entree, start: str) -> dict[str, Any]:
        name = f"{start}{entree.nom}"
        return champ(entree, typed.get(name), wrong.get(name, ""), start)

    answers = [{"valeur": "", "libelle": "Choisir"}]
    answers += [{"valeur": valeur, "libelle": mot} for valeur, mot in moteur.reponses.items()]
    return {
        "moteur": moteur,
        "prefixe": prefixe(moteur.id),
        "nom": typed.get("nom", str(today().year)),
        "textes": [
            {"c": c, "valeur": typed.get(c.nom, ""), "erreur": wrong.get(c.nom, "")} for c in TEXTES
        ],
        "portees": [] if moteur.id in SANS_PORTEE else [{"valeur": v, "libelle": mot} for v, mot in PORTEES.items()],
        "conference": CONFERENCE,
        "valeurs": {"portee": typed.get("portee", "conseil"), "du": typed.get("du", today().isoformat()),
                    "au": typed.get("au", "")},
        "erreurs": wrong,
        "parametres": [one(entree, "p-") for entree in moteur.parametres],
        "exemples": [
            {"rang": rank, "champs": [one(entree, f"exemple{rank}-") for entree in moteur.donnees],
             "attendu": typed.get(f"exemple{rank}-attendu", ""), "erreur": wrong.get(f"exemple{rank}-attendu", "")}
            for rank in RANGS
        ],
        "reponses": answers,
    }  # fmt: skip
