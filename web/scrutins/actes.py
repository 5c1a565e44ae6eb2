"""Every plain act of the office on a scrutin: what it asks, what it says first, which command it makes."""

from typing import Any, Final, cast

from litestar.exceptions import NotFoundException

from domain.money import euros_ronds
from domain.scrutins.annoncer_depouillement import SIGNES_ENDROIT, AnnoncerDepouillement
from domain.scrutins.annuler_billets import AnnulerBillets
from domain.scrutins.annuler_scrutin import AnnulerScrutin
from domain.scrutins.confirmer_regles import ConfirmerRegles
from domain.scrutins.consigner_incident import ConsignerIncident
from domain.scrutins.events import DecisionReclamation, IncidentConsigne, MotifAnnulation
from domain.scrutins.ouvrir_scrutin import ELEVE, OuvrirScrutin
from domain.scrutins.proclamer_resultat import ProclamerResultat
from domain.scrutins.remettre_billets import RemettreBillets
from domain.scrutins.rendre_billets import RendreBillets
from domain.scrutins.trancher_reclamation import TrancherReclamation
from domain.texte import SIGNES_LIGNE, SIGNES_MOTIF
from web.bureau.formulaire import Champ, Illisible, entier
from web.pages import nombre
from web.scrutins import mots
from web.scrutins.acte import Acte, Envoi
from web.scrutins.commandes import instant
from web.scrutins.nouveau import rattacher
from web.scrutins.vue import Vue
from web.services import Services
from web.urne import register
from web.urne.closing import accorder, clore
from web.urne.counting import depouiller
from web.urne.erasing import detruire_cles, effacer
from web.urne.slips import annuler_billets, echanger_billet

AVANT_CLOTURE: Final = ("confirme", "pret", "ouvert")
CONFIE: Final = ("pret", "ouvert")


def _options(words: dict[Any, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(valeur), mot) for valeur, mot in words.items())


async def _executer(envoi: Envoi, command: Any) -> int:
    return (await envoi.services.ledger.execute(command, envoi.once)).position


async def _confirmer(envoi: Envoi) -> int:
    return await _executer(envoi, ConfirmerRegles(*envoi.qui))


async def _rattacher(envoi: Envoi) -> int:
    dossier, budget = envoi.vue.cree.dossier, envoi.vue.budget
    if dossier is None or budget is None:
        raise NotFoundException("Ce vote n’a pas de dossier.")
    return await _executer(envoi, rattacher(envoi.acteur, dossier, envoi.vue.reference, budget))


async def _remettre(envoi: Envoi) -> int:
    groupe, n = envoi.fields.get("groupe", ""), entier(envoi.fields, "n") or 0
    return await _executer(envoi, RemettreBillets(*envoi.qui, groupe, n))


async def _rendre(envoi: Envoi) -> int:
    groupe, n = envoi.fields.get("groupe", ""), entier(envoi.fields, "n") or 0
    return await _executer(envoi, RendreBillets(*envoi.qui, groupe, n))


async def _perdus(envoi: Envoi) -> int:
    """With their codes the slips no longer open the ballot; without, they are counted as lost."""
    motif = cast(MotifAnnulation, envoi.fields.get("motif", ""))
    codes = [line for line in envoi.fields.get("codes", "").replace(",", "\n").split("\n") if line.strip()]
    if not codes:
        n = entier(envoi.fields, "n") or 0
        return await _executer(envoi, AnnulerBillets(*envoi.qui, n, motif))
    act = await annuler_billets(envoi.services, envoi.acteur, envoi.vue.reference, codes, motif, envoi.once)
    return act.position


async def _echanger(envoi: Envoi) -> int:
    code = envoi.fields.get("code", "").strip().rpartition("/")[2]  # scanned: the whole address may be there
    act = await echanger_billet(envoi.services, envoi.acteur, envoi.vue.reference, code, envoi.once)
    return act.position


async def _incident(envoi: Envoi) -> int:
    return await _executer(envoi, ConsignerIncident(*envoi.qui, envoi.fields.get("texte", "")))


async def _annoncer(envoi: Envoi) -> int:
    quand = instant(envoi.fields, "quand")
    return await _executer(envoi, AnnoncerDepouillement(*envoi.qui, quand, envoi.fields.get("lieu", "")))


async def _ouvrir(envoi: Envoi) -> int:
    members = tuple(filter(None, (envoi.fields.get(name, "").strip() for name in ("premier", "second", "troisieme"))))
    now = await register.maintenant(envoi.services)
    position = await _executer(envoi, OuvrirScrutin(*envoi.qui, members, now))
    await accorder(envoi.services, envoi.vue.reference)
    return position


async def _clore(envoi: Envoi) -> int:
    motif = envoi.fields.get("motif", "").strip() or None
    return (await clore(envoi.services, envoi.acteur, envoi.vue.reference, envoi.once, motif)).position


async def _depouiller(envoi: Envoi) -> int:
    return (await depouiller(envoi.services, envoi.acteur, envoi.vue.reference, envoi.once)).position


async def _proclamer(envoi: Envoi) -> int:
    return await _executer(envoi, ProclamerResultat(*envoi.qui))


async def _trancher(envoi: Envoi) -> int:
    rang = entier(envoi.fields, "rang")
    if rang is None:
        raise Illisible("rang", "Choisissez la réclamation.")
    decision, motif = cast(DecisionReclamation, envoi.fields.get("decision", "")), envoi.fields.get("motif", "")
    return await _executer(envoi, TrancherReclamation(*envoi.qui, rang, decision, motif))


async def _annuler(envoi: Envoi) -> int:
    command = AnnulerScrutin(*envoi.qui, envoi.fields.get("motif", ""))
    position = await _executer(envoi, command)
    if envoi.vue.billets["crees"]:
        await accorder(envoi.services, envoi.vue.reference)
    return position


async def _detruire(envoi: Envoi) -> int:
    if not envoi.vue.depuis("efface"):
        await effacer(envoi.services, envoi.acteur, envoi.vue.reference)
    return (await detruire_cles(envoi.services, envoi.acteur, envoi.vue.reference)).position


async def _regles(services: Services, vue: Vue) -> dict[str, Any]:
    lignes = [f"{p.titre}, {euros_ronds(p.cout_cents)}. {p.phrase}" for p in vue.cree.projets]
    return {
        "listes": [
            {"titre": "Les règles", "lignes": [mots.fenetre(vue.cree), *mots.regles(vue.cree)]},
            {"titre": "Les projets", "lignes": lignes},
        ]
    }


async def _distribues(services: Services, vue: Vue) -> dict[str, Any]:
    lignes = [(g.nom, nombre(g.remis), nombre(g.rendus), nombre(g.remis - g.rendus)) for g in vue.groupes]
    total = (nombre(vue.billets["remis"]), nombre(vue.billets["rendus"]))
    left = nombre(vue.billets["crees"] - vue.billets["remis"] + vue.billets["rendus"] - vue.billets["annules"])
    colonnes = ("Classe", "Remis", "Rendus", "Dehors")
    return {
        "tableaux": [
            {
                "id": "groupes",
                "titre": f"Billets par classe : {total[0]} remis, {total[1]} rendus, {left} en réserve",
                "colonnes": colonnes,
                "lignes": lignes,
            }
        ]
    }


async def _comptes(services: Services, vue: Vue) -> dict[str, Any]:
    count = vue.billets
    lignes = [
        ("Billets créés", nombre(count["crees"])),
        ("Billets remis", nombre(count["remis"])),
        ("Billets rendus", nombre(count["rendus"])),
        ("Billets perdus, abîmés ou annulés", nombre(count["annules"])),
        ("Billets échangés contre du papier", nombre(count["echanges"])),
    ]
    return {
        "tableaux": [{"id": "comptes", "titre": "Les billets", "colonnes": ("Quoi", "Nombre"), "lignes": lignes}],
        "listes": _incidents(vue),
    }


def _incidents(vue: Vue) -> list[dict[str, Any]]:
    said = [event.texte for event in vue.lu.tous(IncidentConsigne)]
    return [{"titre": "Incidents", "lignes": said}] if said else []


GROUPE = Champ("groupe", "Classe ou groupe", requis=True, max=40, aide="Par exemple 6e B. Jamais un nom d’élève.")
NOMBRE = Champ("n", "Nombre de billets", "number", requis=True)
MEMBRES = tuple((mot, mot) for mot in mots.ADULTES)
SECOND = (*MEMBRES, (ELEVE, ELEVE))

ACTES: Final = {
    acte.nom: acte
    for acte in (
        Acte(
            "confirmer", "Confirmer les règles", "confirmer_regles", _confirmer, ("prepare",),
            ("Relisez tout. Après votre confirmation, plus rien ne change.",
             "Une erreur ? Ne confirmez pas. La direction renonce à ces règles, et en propose d’autres."),
            details=_regles, bouton="Je confirme ces règles",
        ),
        Acte(
            "rattacher", "Rattacher ce vote au dossier", "rattacher_scrutin", _rattacher,
            ("prepare", "confirme", "pret", "ouvert", "clos", "premiere_couche", "couches_ouvertes", "depouille"),
            ("Le dossier du collège dira que ce vote est le sien.",),
        ),
        Acte(
            "remettre", "Remettre des billets", "remettre_billets", _remettre, CONFIE,
            ("Un nombre par classe, jamais de noms.",), (GROUPE, NOMBRE), _distribues, retour="distribution",
        ),
        Acte(
            "rendre", "Noter des billets rendus", "rendre_billets", _rendre, CONFIE,
            ("Les billets des absents reviennent sans avoir servi.",), (GROUPE, NOMBRE), _distribues,
            retour="distribution",
        ),
        Acte(
            "perdus", "Annuler des billets", "annuler_billets", _perdus, AVANT_CLOTURE,
            ("Avec leurs codes, ces billets n’ouvrent plus le vote.",
             "Sans leurs codes, ils sont seulement comptés comme perdus."),
            (Champ("codes", "Codes des billets, un par ligne", "textarea"),
             Champ("n", "Ou leur nombre, sans les codes", "number"),
             Champ("motif", "Raison", "radios", _options(mots.MOTIFS), requis=True)),
            _comptes,
        ),
        Acte(
            "echanger", "Échanger un billet contre du papier", "echanger_billet", _echanger, ("ouvert",),
            ("Plus d’internet, ou une préférence pour le papier ? Échangez d’abord le billet.",
             "Donnez ensuite un bulletin papier. Il se glisse dans l’urne.",
             "Sans réseau, mettez le billet de côté : saisissez son code avant la clôture."),
            (Champ("code", "Code du billet, tapé ou scanné", requis=True, max=300,
                   aide="Douze signes, par exemple K7MF-3QWT-9PXB."),),
        ),
        Acte(
            "incident", "Noter un incident", "consigner_incident", _incident,
            ("confirme", "pret", "ouvert", "clos", "premiere_couche", "couches_ouvertes", "depouille"),
            ("Ces mots sont publics et figurent au procès-verbal. Ne nommez personne.",),
            (Champ("texte", "Ce qui s’est passé", "textarea", requis=True, max=SIGNES_MOTIF),),
        ),
        Acte(
            "annoncer", "Annoncer le dépouillement", "annoncer_depouillement", _annoncer, (*AVANT_CLOTURE, "clos"),
            ("Les élèves lisent cette date quand le vote est fini. Chacun peut venir voir.",),
            (Champ("quand_jour", "Jour du dépouillement", "date", requis=True),
             Champ("quand_heure", "Heure", requis=True, max=5, aide="Exemple : 12:30"),
             Champ("lieu", "Où", requis=True, max=SIGNES_ENDROIT, aide="Exemple : dans le hall")),
        ),
        Acte(
            "ouvrir", "Ouvrir le bureau de vote", "ouvrir_scrutin", _ouvrir, ("pret",),
            ("Deux adultes, ou un adulte et un ou une élève. Des rôles, jamais de noms.",
             "Avant d’ouvrir : l’urne est vide et fermée, l’affiche est au mur, les deux clés sont à l’abri.",
             "Rappel : si les deux exemplaires d’une clé sont perdus, le vote est annulé."),
            (Champ("premier", "Première personne", "select", MEMBRES, requis=True),
             Champ("second", "Seconde personne", "select", SECOND, requis=True),
             Champ("troisieme", "Troisième personne", "select", SECOND)),
        ),
        Acte(
            "clore", "Clore le vote", "clore_scrutin", _clore, ("ouvert",),
            ("L’urne se ferme. Plus aucun bulletin n’entre, en ligne ou par billet.",
             "Avant de clore, notez les billets rendus, perdus et échangés : ces nombres ne changent plus."),
            (Champ("motif", "Pourquoi avant l’heure ?", max=SIGNES_MOTIF,
                   aide="Seulement si vous fermez avant l’heure prévue. Publique."),),
            _comptes, "Clore le vote", danger=True,
        ),
        Acte(
            "depouiller", "Compter les bulletins", "depouiller_scrutin", _depouiller, ("couches_ouvertes",),
            ("Le comptage suit la règle fixée avant le vote. Il dure quelques secondes.",
             "Chacun peut le refaire, avec le fichier publié."),
        ),
        Acte(
            "proclamer", "Proclamer le résultat", "proclamer_resultat", _proclamer, ("depouille",),
            ("Relisez d’abord le procès-verbal. Lisez le résultat dans le hall, puis proclamez-le ici.",
             "Le délai de réclamation commence."),
        ),
        Acte(
            "trancher", "Trancher une réclamation", "trancher_reclamation", _trancher, ("proclame",),
            ("Votre raison est publique. Ne nommez personne.",),
            (Champ("rang", "Numéro de la réclamation", "number", requis=True),
             Champ("decision", "Décision", "radios", _options(mots.DECISIONS), requis=True),
             Champ("motif", "Pourquoi", "textarea", requis=True, max=SIGNES_MOTIF)),
            retour="reclamations",
        ),
        Acte(
            "annuler", "Annuler ce vote", "annuler_scrutin", _annuler,
            ("prepare", "confirme", "pret", "ouvert", "clos", "premiere_couche", "couches_ouvertes", "depouille"),
            ("Les deux exemplaires d’une clé sont perdus ? Aucun bulletin ne peut être lu.",
             "Il faut alors annuler ce vote, le dire, et en refaire un. Les billets ne servent plus."),
            (Champ("motif", "Raison de l’annulation", requis=True, max=SIGNES_LIGNE, aide="Publique."),), danger=True,
        ),
        Acte(
            "detruire", "Détruire l’urne et les clés", "effacer_urne", _detruire,
            ("depouille", "proclame", "annule", "efface"),
            ("Après le délai de réclamation, les bulletins fermés et le secret des billets disparaissent.",
             "Déchirez aussi les feuilles des deux clés, devant quelqu’un."), danger=True,
        ),
    )
}  # fmt: skip
