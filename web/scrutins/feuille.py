"""« Feuille de route du vote »: eight steps; what is done, what is next, who acts, how long, what to print."""

from collections.abc import Callable
from typing import Final

import msgspec

from domain.ledger.event import Event
from domain.money import euros_ronds
from domain.scrutins import events as e
from domain.scrutins.publier_cle import tenants
from web.acces.persons import Person
from web.pages import date_heure, date_longue, nombre
from web.scrutins.mots import moment
from web.scrutins.vue import COUCHES, Vue

DIRECTION, BUREAU, EDUCATION = "Direction du collège", "Bureau de vote", "Direction de l’éducation"
FIN: Final = ("depouille", "proclame", "efface")
APRES_CLOTURE: Final = ("clos", "premiere_couche", "couches_ouvertes", *FIN)


class Lien(msgspec.Struct, frozen=True):
    """Where to go. `droit`: what the act behind it asks; empty for a page that all of the office may read.

    `couche`: the layer whose holder alone may act.
    """

    href: str
    label: str
    droit: str = ""
    icone: str = "fleche"
    couche: str = ""


class Etape(msgspec.Struct):
    """One step. `etat` as the frise knows them; `fait` in sentences; `suite` and `imprimes` are links."""

    n: int
    titre: str
    duree: str
    qui: str
    texte: str
    etat: str = "a-venir"
    fait: list[str] = []
    suite: list[Lien] = []
    imprimes: list[Lien] = []


def etapes(vue: Vue, person: Person) -> list[Etape]:
    """The eight steps of this scrutin, with the acts that this person may do."""
    found = [step(vue) for step in PAS]
    for etape in found:
        etape.suite = [link for link in etape.suite if permis(vue, person, link)]
    if not vue.depuis("annule", "efface"):
        current = next((etape for etape in found if etape.etat != "fait"), None)
        if current is not None:
            current.etat = "en-cours"
    return found


def permis(vue: Vue, person: Person, link: Lien) -> bool:
    """Whether this person may do what is behind this link: to show it or not (the command decides)."""
    if link.droit and not person.peut(link.droit, vue.cree.college):
        return False
    return not link.couche or any(
        titre.fonction in tenants(link.couche, essai=vue.cree.essai)  # type: ignore[arg-type]  # one of the two layers
        for titre in person.titres
    )


def _lien(vue: Vue, acte: str, label: str, droit: str = "", icone: str = "fleche", couche: str = "") -> Lien:
    return Lien(f"/bureau/scrutins/{vue.reference}/{acte}", label, droit, icone, couche)


def _imprime(vue: Vue, document: str, label: str) -> Lien:
    return Lien(f"/bureau/scrutins/{vue.reference}/imprimer/{document}.pdf", label, icone="imprimer")


def _quand(vue: Vue, kind: type[Event]) -> str:
    at = vue.lu.le(kind)
    return f", le {date_heure(at)}" if at else ""


def _regles(vue: Vue) -> Etape:
    etape = Etape(1, "Fixer les règles", "15 min", f"{DIRECTION}, puis {BUREAU}",
                  "La direction propose les règles. Une seconde personne les relit et les confirme.")  # fmt: skip
    etape.fait.append(f"Règles proposées{_quand(vue, e.ScrutinCree)}.")
    if vue.phase == "prepare":
        etape.suite.append(_lien(vue, "confirmer", "Relire et confirmer les règles", "confirmer_regles"))
        etape.suite.append(_lien(vue, "annuler", "Renoncer à ces règles", "annuler_scrutin"))
    else:
        etape.etat = "fait"
        etape.fait.append(f"Règles confirmées{_quand(vue, e.ReglesConfirmees)}. Elles ne changent plus.")
    etape.imprimes.append(_imprime(vue, "affiche", "Affiche A3 : règles et projets"))
    return etape


def _dossier(vue: Vue, n: int, titre: str, duree: str, qui: str, texte: str) -> Etape:
    etape = Etape(n, titre, duree, qui, texte, "fait")
    if vue.budget is None or not vue.cree.dossier:
        etape.etat = "fait"
        etape.fait.append("Répétition : les projets sont des exemples.")
    else:
        etape.suite.append(Lien(f"/dossiers/{vue.cree.dossier}", f"Voir le dossier {vue.cree.dossier}"))
    return etape


def _idees(vue: Vue) -> Etape:
    return _dossier(
        vue, 2, "Recueillir les idées", "3 semaines", DIRECTION, "En classe, dans la boîte du hall, en ligne."
    )


def _faisabilite(vue: Vue) -> Etape:
    return _dossier(
        vue, 3, "Étudier ce qui est possible", "2 semaines", EDUCATION, "Chaque idée reçoit un avis et un prix."
    )


def _liste(vue: Vue) -> Etape:
    etape = _dossier(vue, 4, "Arrêter la liste", "20 min", DIRECTION, "La liste est celle que les élèves verront.")
    total = sum(projet.cout_cents for projet in vue.cree.projets)
    etape.fait.append(f"{len(vue.cree.projets)} projets, pour {euros_ronds(total)} en tout.")
    if vue.budget is not None and vue.budget.scrutin != vue.reference and not vue.depuis("annule"):
        etape.suite.append(_lien(vue, "rattacher", "Rattacher ce vote au dossier", "rattacher_scrutin"))
    return etape


def _imprimer(vue: Vue) -> Etape:
    etape = Etape(5, "Imprimer", "30 min", f"{DIRECTION}, {BUREAU}, {EDUCATION}",
                  "Deux clés, les billets, l’affiche. Rien de cela ne s’imprime deux fois.")  # fmt: skip
    for couche, name, _ in COUCHES:
        if couche in vue.cles:
            etape.fait.append(f"{name} : imprimée et publiée.")
        elif vue.depuis("confirme"):
            etape.suite.append(_lien(vue, f"cle/{couche}", f"Fabriquer : {name.lower()}", "publier_cle", couche=couche))
    if vue.billets["crees"]:
        etape.fait.append(f"{nombre(vue.billets['crees'])} billets créés.")
    if vue.depuis("confirme", "pret"):
        etape.suite.append(_lien(vue, "billets", "Créer les billets", "declarer_billets", "imprimer"))
    if vue.billets["crees"] and len(vue.cles) == len(COUCHES):
        etape.etat = "fait"
    etape.imprimes += [
        _imprime(vue, "affiche", "Affiche A3"),
        _imprime(vue, "etiquette", "Étiquette de l’urne"),
        _imprime(vue, "pv_vierge", "Procès-verbal vierge"),
        _imprime(vue, "classes", "Liste par classe"),
        _imprime(vue, "assesseurs", "Cartes d’assesseur"),
        _imprime(vue, "a_vote", "Étiquettes « A voté »"),
    ]
    return etape


def _ouvrir(vue: Vue) -> Etape:
    etape = Etape(6, "Ouvrir le bureau", "10 min", DIRECTION, "Deux adultes, ou un adulte et un ou une élève.")
    if vue.billets["remis"]:
        etape.fait.append(f"{nombre(vue.billets['remis'])} billets remis, {nombre(vue.billets['rendus'])} rendus.")
    if vue.depuis("pret"):
        etape.suite.append(_lien(vue, "ouvrir", "Ouvrir le bureau de vote", "ouvrir_scrutin"))
    if vue.depuis("pret", "ouvert"):
        etape.suite.append(_lien(vue, "distribution", "Billets par classe", "remettre_billets"))
    if vue.phase == "ouvert":
        etape.suite.append(_lien(vue, "tablette", "Ouvrir une tablette", "ouvrir_scrutin"))
        etape.suite.append(_lien(vue, "echanger", "Échanger un billet contre du papier", "echanger_billet"))
        etape.suite.append(_lien(vue, "incident", "Noter un incident", "consigner_incident"))
    if vue.depuis("ouvert", *APRES_CLOTURE):
        etape.fait.append(f"Bureau ouvert{_quand(vue, e.ScrutinOuvert)}.")
    if vue.depuis(*APRES_CLOTURE):
        etape.etat = "fait"
    etape.imprimes.append(_imprime(vue, "classes", "Liste par classe"))
    return etape


def _depouiller(vue: Vue) -> Etape:
    etape = Etape(7, "Clore et dépouiller", "40 min", f"{DIRECTION}, {BUREAU}, {EDUCATION}",
                  "On ferme l’urne, on saisit le papier, on ouvre les deux couches, on compte.")  # fmt: skip
    announced = vue.lu.etat.annonce
    if announced is not None:
        etape.fait.append(f"Annoncé {moment(announced.quand)}, {announced.lieu}.")
    elif vue.depuis("confirme", "pret", "ouvert", "clos"):
        etape.suite.append(_lien(vue, "annoncer", "Dire quand on dépouille", "annoncer_depouillement"))
    if vue.phase == "ouvert":
        etape.suite.append(_lien(vue, "clore", "Clore le vote", "clore_scrutin"))
    if vue.depuis(*APRES_CLOTURE):
        etape.fait.append(f"Vote clos{_quand(vue, e.ScrutinClos)}.")
    if vue.phase == "clos" and vue.billets["echanges"]:
        etape.suite.append(_lien(vue, "papier", "Saisir les bulletins papier"))
    if vue.phase == "clos":
        etape.suite.append(
            _lien(vue, "couche/metropole", "Ouvrir la couche de la Métropole", "ouvrir_couche", couche="metropole")
        )
    if vue.phase == "premiere_couche":
        etape.suite.append(_lien(vue, "couche/bureau", "Ouvrir la couche du bureau", "ouvrir_couche", couche="bureau"))
    for opened in vue.lu.tous(e.CoucheOuverte):
        etape.fait.append(f"Couche {'de la Métropole' if opened.couche == 'metropole' else 'du bureau'} ouverte.")
    if vue.phase == "couches_ouvertes":
        etape.suite.append(_lien(vue, "depouiller", "Compter les bulletins", "depouiller_scrutin"))
    if vue.depuis(*FIN):
        etape.etat = "fait"
        etape.fait.append(f"Bulletins comptés{_quand(vue, e.ScrutinDepouille)}.")
    return etape


def _proclamer(vue: Vue) -> Etape:
    etape = Etape(
        8, "Proclamer", "10 min", DIRECTION, "On dit le résultat dans le hall. Puis viennent les réclamations."
    )
    if vue.phase == "depouille" and vue.cree.essai:
        etape.texte = "Une répétition ne se proclame pas. Lisez son procès-verbal, puis détruisez son urne."
        etape.suite.append(_lien(vue, "detruire", "Détruire l’urne de la répétition", "effacer_urne"))
    elif vue.phase == "depouille":
        etape.suite.append(_lien(vue, "proclamer", "Proclamer le résultat", "proclamer_resultat"))
    if vue.depuis(*FIN):
        etape.suite.append(_lien(vue, "pv", "Procès-verbal", icone="document"))
        etape.imprimes.append(_imprime(vue, "pv", "Procès-verbal"))
    proclaimed = vue.lu.dernier(e.ResultatProclame)
    if proclaimed is not None:
        etape.imprimes.append(_imprime(vue, "resultats", "Affiche des résultats"))
        etape.fait.append(f"Résultat proclamé{_quand(vue, e.ResultatProclame)}.")
        etape.fait.append(f"Réclamations jusqu’au {date_longue(proclaimed.reclamations_jusqu_au)} inclus.")
    if vue.phase == "proclame":
        etape.suite.append(_lien(vue, "reclamations", "Lire les réclamations", "trancher_reclamation"))
        etape.suite.append(_lien(vue, "detruire", "Détruire l’urne et les clés", "effacer_urne"))
    if vue.phase == "efface":
        etape.etat = "fait"
        etape.fait.append("L’urne et les clés sont détruites.")
    return etape


PAS: tuple[Callable[[Vue], Etape], ...] = (
    *(_regles, _idees, _faisabilite, _liste, _imprimer, _ouvrir, _depouiller, _proclamer),
)
