"""Every act of the office on one saisine, as data: its form, its command, when the dossier waits for it."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import msgspec

from domain.avis import events as e
from domain.avis.rendre_avis import ConstaterSilence, NoterReceptionEnPrefecture, RecevoirAvisTardif, RendreAvis
from domain.avis.repondre_saisine import (
    AccuserReception,
    AdopterContribution,
    DeciderPresentation,
    DemanderPresentation,
    DesignerService,
    SignerReponse,
    TransmettreReponse,
)
from domain.avis.saisine import ActeSurSaisine
from domain.avis.suivre_saisine import (
    CloreSaisine,
    DesignerPresentateur,
    DonnerSuiteALAvis,
    PresenterAvis,
    ProrogerEcheance,
    Relancer,
    RetirerSaisine,
    SuivreReserve,
    TransmettreAvis,
)
from domain.deliberations.actes_ctes import lire_identifiant
from domain.texte import SIGNES_LIGNE, SIGNES_MOTIF
from web.access import Acteur
from web.avis import mots
from web.avis.lecture import Dossier
from web.bureau.formulaire import Champ, entier, jour_du
from web.forms import Form


class Acte(msgspec.Struct, frozen=True):
    """One act: its name in addresses, its button, its right, its command, its fields after the day, when it is due.

    `tot` says whether the dossier waits for it now (true), may have it besides (false), or not at all (None).
    """

    nom: str
    titre: str
    droit: str
    commande: Callable[[Acteur, Dossier, date, Form], ActeSurSaisine]
    tot: Callable[[Dossier], bool | None]
    champs: tuple[Champ, ...] = ()
    aide: str = ""


def _qui(acteur: Acteur, d: Dossier, le: date) -> tuple[str, date, str, date]:
    return acteur.personne, acteur.le, d.row.reference, le


def _identifiant(f: Form) -> str | None:
    typed = f.get("id_actes", "").strip()
    return str(lire_identifiant(typed)) if typed else None


def _rendre(acteur: Acteur, d: Dossier, le: date, f: Form) -> RendreAvis:
    reserves = tuple(text.strip() for text in PARAGRAPHES.split(f.get("reserves", "")) if text.strip())
    sens = cast(e.Sens, "favorable_avec_reserves" if reserves and f.get("sens") == "favorable" else f.get("sens", ""))
    meeting, _, rank = f.get("vote", "").partition("/")
    return RendreAvis(
        *_qui(acteur, d, le),
        sens,
        reserves,
        f.get("motivation", ""),
        meeting or None,
        int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 5 else None,
        _identifiant(f),
    )


def _tampon(acteur: Acteur, d: Dossier, le: date, f: Form) -> NoterReceptionEnPrefecture:
    posted = jour_du(f, "affiche_le") if f.get("affiche_le", "").strip() else None
    return NoterReceptionEnPrefecture(*_qui(acteur, d, le), jour_du(f, "recu_le"), posted)


def _tardif(acteur: Acteur, d: Dossier, le: date, f: Form) -> RecevoirAvisTardif:
    return RecevoirAvisTardif(*_qui(acteur, d, le), cast(e.Sens, f.get("sens", "")), _identifiant(f))


def _reserve(acteur: Acteur, d: Dossier, le: date, f: Form) -> SuivreReserve:
    suite = cast(e.SuiteReserve, f.get("suite", ""))
    number = f.get("deliberation", "").strip() or None
    return SuivreReserve(*_qui(acteur, d, le), entier(f, "rang") or 0, suite, f.get("motif", ""), number)


def _suite(acteur: Acteur, d: Dossier, le: date, f: Form) -> DonnerSuiteALAvis:
    return DonnerSuiteALAvis(*_qui(acteur, d, le), cast(e.SuiteReserve, f.get("suite", "")), f.get("motif", ""))


def _transmettre_reponse(acteur: Acteur, d: Dossier, le: date, f: Form) -> TransmettreReponse:
    towns = tuple(commune.insee for commune in d.communes)
    return TransmettreReponse(*_qui(acteur, d, le), towns, towns)


def _decider(acteur: Acteur, d: Dossier, le: date, f: Form) -> DeciderPresentation:
    return DeciderPresentation(*_qui(acteur, d, le), f.get("acceptee") == "oui", f.get("motif"))


PARAGRAPHES = re.compile(r"\r?\n[ \t]*\r?\n")
AVIS_EXPRES = (("favorable", "Favorable"), ("defavorable", "Défavorable"), ("sans_avis", "Sans avis"))
SUITES = tuple(mots.SUITES.items())
MOTIF = Champ("motif", "Pourquoi", "textarea", requis=True, max=SIGNES_MOTIF, aide="Public.")
RAISON = Champ("motif", "Raison", requis=True, max=SIGNES_LIGNE, aide="Publique.")
ACTES_CTES = Champ(
    "id_actes", "Identifiant du tampon de la préfecture", max=60, aide="Exemple\u00a0: 069-216901496-20210206-3-DE"
)
OUI_NON = (("oui", "Oui"), ("non", "Non"))


def _si(wanted: Callable[[Any], bool], maintenant: bool = True) -> Callable[[Dossier], bool | None]:
    """The act is offered while the row is so; `maintenant`: the dossier waits for it."""

    def tot(d: Dossier) -> bool | None:
        over = d.row.close_le is not None or d.row.retiree_le is not None
        return maintenant if not over and wanted(d.row) else None

    return tot


def _avis_possible(row: Any) -> bool:
    return row.attendue and row.procedure not in ("saisine_ecrite", "contribution")


def _close_possible(row: Any) -> bool:
    if row.procedure == "saisine_ecrite":
        return row.transmise_le is not None
    return bool(row.suite or row.etat == "reputee" or (row.reserves and len(row.suivies) >= row.reserves))


ACTES = {
    acte.nom: acte
    for acte in (
        Acte(
            "accuser", "Accuser réception", "repondre_saisine", lambda a, d, le, f: AccuserReception(*_qui(a, d, le)),
            _si(lambda r: r.procedure == "saisine_ecrite" and r.attendue and r.accuse_le is None),
        ),
        Acte(
            "service", "Désigner le service qui répond", "repondre_saisine",
            lambda a, d, le, f: DesignerService(*_qui(a, d, le), f.get("service", "")),
            _si(lambda r: r.procedure == "saisine_ecrite" and r.attendue and r.service is None),
            (Champ("service", "Service", requis=True, max=SIGNES_LIGNE),),
        ),
        Acte(
            "repondre", "Signer la réponse", "repondre_saisine",
            lambda a, d, le, f: SignerReponse(*_qui(a, d, le), f.get("texte", ""), f.get("qualite", "")),
            _si(lambda r: r.procedure == "saisine_ecrite" and r.attendue),
            (Champ("texte", "La réponse, en entier", "textarea", requis=True, max=8_000, aide="Publique."),
             Champ("qualite", "Signée par (qualité)", requis=True, max=SIGNES_LIGNE,
                   aide="Une fonction, jamais un nom. Exemple\u00a0: le président de la Métropole")),
        ),
        Acte(
            "envoyer", "Transmettre la réponse à tous les maires", "repondre_saisine", _transmettre_reponse,
            _si(lambda r: r.repondue_le is not None and r.transmise_le is None),
        ),
        Acte(
            "rendre", "Inscrire l’avis", "rendre_avis", _rendre, _si(_avis_possible),
            (Champ("sens", "Sens de l’avis", "radios", AVIS_EXPRES, requis=True),
             Champ("reserves", "Réserves, mot pour mot", "textarea", max=SIGNES_MOTIF,
                   aide="Une ligne vide entre deux réserves."),
             Champ("motivation", "Motivation", "textarea", max=6_000),
             ACTES_CTES),
            "Un vote de séance donne le sens et les voix. Des réserves font un avis favorable avec réserves.",
        ),
        Acte(
            "prefecture", "Noter la réception en préfecture", "rendre_avis", _tampon,
            _si(lambda r: r.id_actes is not None and r.rendu_le is not None, False),
            (Champ("recu_le", "Reçu en préfecture le", "date", requis=True),
             Champ("affiche_le", "Affiché le", "date")),
            "Le jour de l’acte est celui de l’envoi.",
        ),
        Acte(
            "silence", "Constater le silence", "suivre_saisine",
            lambda a, d, le, f: ConstaterSilence(*_qui(a, d, le)),
            lambda d: True if d.row.attendue and d.row.silence_vaut_avis and d.row.terme
            and d.row.terme < d.jour else None,
            aide="Le terme est passé sans délibération\u00a0: l’avis est réputé favorable.",
        ),
        Acte(
            "tardif", "Noter un avis arrivé après le terme", "suivre_saisine", _tardif,
            _si(lambda r: r.etat == "reputee", False),
            (Champ("sens", "Sens de l’avis", "radios", AVIS_EXPRES, requis=True), ACTES_CTES),
        ),
        Acte(
            "adopter", "Inscrire la contribution", "rendre_avis",
            lambda a, d, le, f: AdopterContribution(*_qui(a, d, le), f.get("texte", "")),
            _si(lambda r: r.procedure in ("contribution", "conseil_developpement") and r.attendue),
            (Champ("texte", "La contribution, en entier", "textarea", requis=True, max=8_000, aide="Publique."),),
        ),
        Acte(
            "transmettre", "Transmettre", "suivre_saisine", lambda a, d, le, f: TransmettreAvis(*_qui(a, d, le)),
            _si(lambda r: bool(r.rendu_le or r.adoptee_le) and r.etat != "reputee" and r.transmis_le is None
                and r.procedure != "contribution"),
        ),
        Acte(
            "presentateur", "Désigner qui présentera", "rendre_avis",
            lambda a, d, le, f: DesignerPresentateur(*_qui(a, d, le), f.get("elu", "")),
            _si(lambda r: r.procedure == "avis_ctm" and r.rendu_le is not None and r.presentateur is None),
            (Champ("elu", "Qui présente", requis=True, max=SIGNES_LIGNE,
                   aide="La présidence de la conférence, ou un membre qu’elle désigne."),),
        ),
        Acte(
            "demander", "Demander à présenter", "rendre_avis",
            lambda a, d, le, f: DemanderPresentation(*_qui(a, d, le), f.get("elu", "")),
            _si(lambda r: r.procedure == "contribution" and r.adoptee_le is not None and r.demandee_le is None),
            (Champ("elu", "Membre du Conseil qui présentera", requis=True, max=SIGNES_LIGNE),),
        ),
        Acte(
            "decider", "Répondre à la demande de présentation", "suivre_reserve", _decider,
            _si(lambda r: r.demandee_le is not None and r.acceptee is None),
            (Champ("acceptee", "La présidence accepte", "radios", OUI_NON, requis=True),
             Champ("motif", "Raison", max=SIGNES_LIGNE, aide="Publique. Obligatoire pour un refus.")),
        ),
        Acte(
            "presenter", "Noter la présentation au Conseil", "suivre_saisine",
            lambda a, d, le, f: PresenterAvis(*_qui(a, d, le), f.get("seance", "").strip() or None),
            _si(lambda r: r.presente_le is None and bool(
                (r.procedure == "avis_ctm" and r.rendu_le and r.presentateur)
                or (r.procedure == "contribution" and r.acceptee)
                or (r.procedure == "conseil_developpement" and (r.adoptee_le or r.rendu_le)))),
            (Champ("seance", "Séance", max=20, aide="Exemple\u00a0: SEA-2026-0012"),),
        ),
        Acte(
            "reserve", "Dire ce qu’une réserve est devenue", "suivre_reserve", _reserve,
            _si(lambda r: r.reserves > 0 and r.attend_suite),
            (Champ("rang", "Réserve numéro", "number", requis=True),
             Champ("suite", "Suite", "radios", SUITES, requis=True), MOTIF,
             Champ("deliberation", "Délibération", max=40, aide="Exemple\u00a0: 2026-0012")),
        ),
        Acte(
            "suite", "Dire ce que l’avis a changé", "suivre_reserve", _suite,
            lambda d: _si(lambda r: r.attend_suite, not d.row.reserves)(d),
            (Champ("suite", "Suite", "radios", SUITES, requis=True), MOTIF),
        ),
        Acte(
            "clore", "Terminer le dossier", "suivre_saisine", lambda a, d, le, f: CloreSaisine(*_qui(a, d, le)),
            _si(_close_possible),
        ),
        Acte(
            "relancer", "Noter une relance", "suivre_saisine", lambda a, d, le, f: Relancer(*_qui(a, d, le)),
            lambda d: d.row.en_retard(d.jour) if d.row.attendue else None,
        ),
        Acte(
            "proroger", "Reporter l’échéance", "suivre_saisine",
            lambda a, d, le, f: ProrogerEcheance(*_qui(a, d, le), jour_du(f, "terme"), f.get("motif", "")),
            _si(lambda r: r.attendue and r.terme is not None, False),
            (Champ("terme", "Nouvelle échéance", "date", requis=True), RAISON),
        ),
        Acte(
            "retirer", "Retirer la saisine", "deposer_saisine",
            lambda a, d, le, f: RetirerSaisine(*_qui(a, d, le), f.get("motif", "")),
            _si(lambda r: r.attendue, False), (RAISON,),
        ),
    )
}  # fmt: skip
