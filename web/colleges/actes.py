"""Every act of the office on a collège's dossier and on its projects, in the order in which it meets them."""

from typing import cast

from domain.budget_participatif import events as e
from domain.budget_participatif.abandonner_projet import AbandonnerProjet
from domain.budget_participatif.arreter_liste import ArreterListe
from domain.budget_participatif.arreter_projet import SIGNES_AVIS, SIGNES_COURT, ArreterProjet
from domain.budget_participatif.clore_idees import CloreIdees
from domain.budget_participatif.commander_travaux import CommanderTravaux
from domain.budget_participatif.constater_realisation import SIGNES_DESCRIPTION, ConstaterRealisation
from domain.budget_participatif.deliberer_jury import DelibererJury
from domain.budget_participatif.deposer_candidature import DeposerCandidature
from domain.budget_participatif.deposer_idee import SIGNES_IDEE, SIGNES_LIEU, DeposerIdee
from domain.budget_participatif.illustrer_projet import SIGNES_DESCRIPTION as SIGNES_ALTERNATIVE
from domain.budget_participatif.illustrer_projet import IllustrerProjet
from domain.budget_participatif.inaugurer_projet import InaugurerProjet
from domain.budget_participatif.ouvrir_idees import OuvrirIdees
from domain.budget_participatif.rattacher_scrutin import RattacherScrutin
from domain.budget_participatif.rendre_instruction import RendreInstruction
from domain.budget_participatif.retirer_image import RetirerImage
from domain.budget_participatif.voter_allocation import VoterAllocation
from domain.money import euros_ronds
from domain.texte import SIGNES_MOTIF, SIGNES_TITRE
from projections.budgets_rows import ProjetRow
from web.bureau.formulaire import Champ, jour_du
from web.colleges.formulaires import Acte, Demande, Lu, cents, coches
from web.colleges.mots import AVIS, DECISIONS_JURY

MOTIF = Champ("motif", "Pourquoi", "textarea", requis=True, max=SIGNES_MOTIF, aide="Public. Une phrase au moins.")
COUT = Champ("cout", "Coût, en euros", requis=True, max=14)
AVIS_RENDU = Champ("avis", "Avis", "radios", tuple(AVIS.items()), requis=True)
CANAUX = (("classe", "En classe"), ("boite", "Dans la boîte du hall"))
ECRIT = (
    Champ("canal", "Comment l’idée est-elle arrivée ?", "radios", CANAUX, requis=True),
    Champ("lieu", "La classe ou le lieu", max=SIGNES_LIEU, aide="Exemple : 6e B. Jamais un nom."),
    Champ("texte", "L’idée, avec les mots de l’élève", "textarea", requis=True, max=SIGNES_IDEE),
)


def _projet(lu: Lu, nom: str) -> ProjetRow | None:
    return next((p for p in lu.ensemble.projets if p.projet == nom and p.abandonne_le is None), None)


def _a(lu: Lu, *etats: str) -> bool:
    return lu.ensemble.budget.etat in etats


def _edition_a(lu: Lu, *etapes: str) -> bool:
    return lu.ensemble.edition is not None and lu.ensemble.edition.etape in etapes


def _proclame(lu: Lu) -> bool:
    return lu.ensemble.vote is not None and lu.ensemble.vote.phase == "proclame"


def _edition(d: Demande) -> str:
    return d.lu.ensemble.budget.edition


def _inscrire(d: Demande) -> ArreterProjet:
    return ArreterProjet(
        *d.qui,
        titre=d.mot("titre"),
        phrase=d.mot("phrase"),
        cout_cents=cents(d.champs, "cout"),
        comparaison=d.mot("comparaison"),
        lieu=d.mot("lieu"),
        avis=d.mot("avis"),
        idees=coches(d.champs, "idees"),
    )


def _champs_projet(lu: Lu, _: str) -> list[Champ]:
    free = [i for i in lu.ensemble.idees if i.etat == "recevable"]
    options = tuple((i.reference, f"{i.titre} ({euros_ronds(i.cout_cents)}, {i.reference})") for i in free)
    return [
        Champ("titre", "Titre", requis=True, max=SIGNES_TITRE),
        Champ("phrase", "Une phrase", requis=True, max=SIGNES_COURT, aide="15 mots au plus : c’est le bulletin."),
        COUT,
        Champ("comparaison", "Le prix en choses", requis=True, max=SIGNES_COURT, aide="Exemple : le prix de 12 bancs"),
        Champ("lieu", "Où, dans le collège", requis=True, max=SIGNES_COURT),
        Champ("avis", "L’avis des services, en deux phrases", "textarea", requis=True, max=SIGNES_AVIS),
        Champ("idees", "Les idées d’où il vient", "cases", options),
    ]


def _liste(d: Demande) -> ArreterListe:
    return ArreterListe(*d.qui, tuple(i.reference for i in d.lu.ensemble.idees if i.dans is None))


def _rattacher(d: Demande) -> RattacherScrutin:
    return RattacherScrutin(*d.qui, d.mot("scrutin"), d.lu.ensemble.budget.scrutin)


def _attend_un_vote(lu: Lu, _: str) -> bool:
    vote = lu.ensemble.vote
    return bool(lu.scrutins) and (_a(lu, "liste") or (vote is not None and vote.phase == "annule"))


def _candidater(d: Demande) -> DeposerCandidature:
    scrutin = d.lu.ensemble.budget.scrutin or ""
    return DeposerCandidature(*d.qui, _edition(d), scrutin, coches(d.champs, "projets"))


def _champs_candidature(lu: Lu, _: str) -> list[Champ]:
    won = lu.ensemble.vote.gagnants if lu.ensemble.vote else []
    options = tuple((p.projet, f"{p.titre} ({euros_ronds(p.cout_cents)})") for nom in won if (p := _projet(lu, nom)))
    return [Champ("projets", "Les projets choisis par le vote", "cases", options, requis=True)]


def _allouer(d: Demande) -> VoterAllocation:
    noms = coches(d.champs, "projets")
    return VoterAllocation(*d.qui, _edition(d), d.mot("deliberation"), cents(d.champs, "montant"), noms, d.lu.autres)


def _retenus(lu: Lu) -> list[ProjetRow]:
    return [p for p in lu.ensemble.projets if p.etat == "retenu"]


def _champs_allocation(lu: Lu, _: str) -> list[Champ]:
    options = tuple((p.projet, f"{p.titre} ({euros_ronds(p.examen_cents)})") for p in _retenus(lu))
    return [
        Champ("deliberation", "Numéro de la délibération", requis=True, max=20, aide="Exemple : 2025-1234"),
        Champ("montant", "Somme votée, en euros", requis=True, max=14),
        Champ("projets", "Projets financés", "cases", options, requis=True),
    ]


def _instruire(d: Demande) -> RendreInstruction:
    avis, cout = cast(e.Faisabilite, d.mot("avis")), cents(d.champs, "cout")
    return RendreInstruction(*d.qui, _edition(d), d.cible, avis, d.mot("motif"), cout)


def _juger(d: Demande) -> DelibererJury:
    return DelibererJury(*d.qui, _edition(d), d.cible, cast(e.DecisionJury, d.mot("decision")), d.mot("motif"))


def _commander(d: Demande) -> CommanderTravaux:
    pour = jour_du(d.champs, "prevus_pour") if d.mot("prevus_pour") else None
    return CommanderTravaux(*d.qui, _edition(d), d.cible, pour)


def _constater(d: Demande) -> ConstaterRealisation:
    return ConstaterRealisation(*d.qui, d.cible, cents(d.champs, "cout"), d.mot("description"), d.photo)


def _illustrer(d: Demande) -> IllustrerProjet:
    return IllustrerProjet(*d.qui, d.cible, d.photo, d.mot("description"))


def _abandonner(d: Demande) -> AbandonnerProjet:
    return AbandonnerProjet(*d.qui, d.cible, d.mot("motif"), d.lu.ensemble.budget.scrutin)


def _abandon_utile(lu: Lu, nom: str) -> bool:
    p, row = _projet(lu, nom), lu.ensemble.budget
    return p is not None and p.realise_le is None and (not row.liste or row.candidature_le is not None or _proclame(lu))


DU_DOSSIER = (
    Acte("ouvrir_idees", "Ouvrir les idées", lambda d: OuvrirIdees(*d.qui, jour_du(d.champs, "jusqu_au")),
         lambda lu, _: _a(lu, "intention"),
         lambda lu, _: (Champ("jusqu_au", "Dernier jour des idées", "date", requis=True),)),
    Acte("deposer_idee", "Saisir une idée d’élève",
         lambda d: DeposerIdee(d.acteur.le, d.lu.ensemble.reference, d.mot("texte"),
                               cast(e.CanalIdee, d.mot("canal")), d.mot("lieu"), acteur=d.acteur.personne),
         lambda lu, _: _a(lu, "idees"), lambda lu, _: ECRIT,
         "Les élèves peuvent aussi le faire eux-mêmes, par le formulaire."),
    Acte("clore_idees", "Clore les idées", lambda d: CloreIdees(*d.qui), lambda lu, _: _a(lu, "idees")),
    Acte("arreter_projet", "Inscrire un projet sur la liste", _inscrire,
         lambda lu, _: _a(lu, "etude") and any(i.etat == "recevable" for i in lu.ensemble.idees), _champs_projet),
    Acte("arreter_liste", "Arrêter la liste", _liste,
         lambda lu, _: _a(lu, "etude") and len(lu.ensemble.projets) > 1,
         aide="La liste ne change plus ensuite. Chaque idée montrée doit avoir sa réponse."),
    Acte("rattacher_scrutin", "Rattacher le vote", _rattacher, _attend_un_vote,
         lambda lu, _: (Champ("scrutin", "Le vote de ce dossier", "select",
                              tuple((s, s) for s in lu.scrutins), requis=True),)),
    Acte("deposer_candidature", "Envoyer la candidature à la Métropole", _candidater,
         lambda lu, _: _a(lu, "vote") and _proclame(lu), _champs_candidature,
         "Un projet choisi que vous laissez de côté doit d’abord être abandonné, avec sa raison."),
    Acte("voter_allocation", "Inscrire la somme votée par le Conseil", _allouer,
         lambda lu, _: _edition_a(lu, "deliberation") and bool(_retenus(lu)), _champs_allocation),
)  # fmt: skip

DU_PROJET = (
    Acte("illustrer_projet", "Montrer ce projet par une image", _illustrer,
         lambda lu, nom: lu.ensemble.budget.scrutin is None and _projet(lu, nom) is not None,
         lambda lu, _: (Champ("description", "Ce que montre l’image", requis=True, max=SIGNES_ALTERNATIVE,
                              aide="Cette phrase remplace l’image pour qui ne la voit pas."),),
         "L’image est sur le bulletin, à côté du titre.", photo=True, vignette=True),
    Acte("rendre_instruction", "Rendre l’examen technique", _instruire,
         lambda lu, nom: _edition_a(lu, "instruction") and _est(lu, nom, "candidat"),
         lambda lu, _: (AVIS_RENDU, MOTIF, COUT)),
    Acte("deliberer_jury", "Inscrire la décision du jury", _juger,
         lambda lu, nom: _edition_a(lu, "jury") and _est(lu, nom, "examine"),
         lambda lu, _: (Champ("decision", "Décision", "radios", tuple(DECISIONS_JURY.items()), requis=True), MOTIF)),
    Acte("commander_travaux", "Commander les travaux", _commander,
         lambda lu, nom: _edition_a(lu, "elaboration", "travaux", "bilan") and _est(lu, nom, "finance"),
         lambda lu, _: (Champ("prevus_pour", "Prévus pour le", "date"),)),
    Acte("constater_realisation", "C’est réalisé", _constater, lambda lu, nom: _est(lu, nom, "commande"),
         lambda lu, _: (
             Champ("cout", "Coût réel, en euros", requis=True, max=14),
             Champ("description", "Ce que l’on voit", "textarea", requis=True, max=SIGNES_DESCRIPTION,
                   aide="Cette description remplace la photo pour qui ne la voit pas. Elle ne nomme personne."),
         ), photo=True),
    Acte("inaugurer_projet", "C’est ouvert à tous", lambda d: InaugurerProjet(*d.qui, d.cible),
         lambda lu, nom: _est(lu, nom, "realise")),
    Acte("retirer_image", "Retirer les images de ce projet", lambda d: RetirerImage(*d.qui, d.cible, d.mot("motif")),
         lambda lu, nom: any(p.projet == nom and (p.image or p.photo) for p in lu.ensemble.projets),
         lambda lu, _: (MOTIF,), "Quelqu’un s’y reconnaît, ou elle montre autre chose."),
    Acte("abandonner_projet", "Abandonner ce projet", _abandonner, _abandon_utile, lambda lu, _: (MOTIF,)),
)  # fmt: skip


def _est(lu: Lu, nom: str, etat: str) -> bool:
    found = _projet(lu, nom)
    return found is not None and found.etat == etat
