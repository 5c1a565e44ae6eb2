"""Every act of the office on one proposition, in the order in which a dossier usually meets them."""

from typing import Any, cast

from domain.propositions import events as e
from domain.propositions.adopter_proposition import AdopterProposition
from domain.propositions.clore_proposition import CloreProposition
from domain.propositions.donner_suite import DonnerSuite
from domain.propositions.mettre_en_discussion import MettreEnDiscussion
from domain.propositions.moderer_publication import ModererPublication
from domain.propositions.noter_rappel import NoterRappel
from domain.propositions.orienter_situation import OrienterSituation
from domain.propositions.qualifier_proposition import QualifierProposition
from domain.propositions.rectifier_qualification import RectifierQualification
from domain.propositions.regles import THEMES
from domain.propositions.restituer_proposition import RestituerProposition
from domain.propositions.transmettre_proposition import TransmettreProposition
from domain.texte import SIGNES_LIGNE, SIGNES_MOTIF, SIGNES_TITRE
from web.access import Acteur
from web.bureau.formulaire import ActeBureau, Champ, entier, jour_du
from web.forms import Form
from web.propositions.mots import COMPETENCES, MOTIFS_DE_RESERVE, RESTITUTIONS, SUITES

CLASSER = (
    Champ("titre", "Titre court et neutre", requis=True, max=SIGNES_TITRE, aide="Public. Il ne nomme personne."),
    Champ("theme", "Thème", "select", tuple((k, str(v)) for k, v in THEMES.parametres.items()), requis=True),
    Champ("competence", "Qui peut décider ?", "select", tuple(COMPETENCES.items()), requis=True),
)
TELEPHONE = Champ("telephone", "Téléphone", "tel")
LIEN = Champ("lien", "Lien", "url", aide="Commence par https://")


def _qui(acteur: Acteur, reference: str) -> tuple[str, Any, str]:
    return acteur.personne, acteur.le, reference


def _qualifier(acteur: Acteur, reference: str, f: Form) -> QualifierProposition:
    competence = cast(e.Competence, f.get("competence", ""))
    return QualifierProposition(*_qui(acteur, reference), f.get("theme", ""), competence, f.get("titre", ""))


def _rectifier(acteur: Acteur, reference: str, f: Form) -> RectifierQualification:
    competence, motif = cast(e.Competence, f.get("competence", "")), f.get("motif", "")
    return RectifierQualification(*_qui(acteur, reference), f.get("theme", ""), competence, f.get("titre", ""), motif)


def _moderer(acteur: Acteur, reference: str, f: Form) -> ModererPublication:
    decision, motif = cast(e.DecisionDePublication, f.get("decision", "")), f.get("motif") or None
    return ModererPublication(*_qui(acteur, reference), decision, cast("e.MotifDeReserve | None", motif))


def _orienter(acteur: Acteur, reference: str, f: Form) -> OrienterSituation:
    return OrienterSituation(*_qui(acteur, reference), f.get("service", ""), f.get("telephone"), f.get("lien"))


def _discuter(acteur: Acteur, reference: str, f: Form) -> MettreEnDiscussion:
    people = entier(f, "participants") or 0
    return MettreEnDiscussion(*_qui(acteur, reference), jour_du(f, "session_le"), f.get("lieu", ""), people)


def _adopter(acteur: Acteur, reference: str, f: Form) -> AdopterProposition:
    counts = (entier(f, "pour"), entier(f, "contre"), entier(f, "abstentions"))
    return AdopterProposition(*_qui(acteur, reference), cast(e.ModeAdoption, f.get("mode", "")), *counts)


def _transmettre(acteur: Acteur, reference: str, f: Form) -> TransmettreProposition:
    return TransmettreProposition(*_qui(acteur, reference), f.get("service", ""), f.get("pilote"))


def _repondre(acteur: Acteur, reference: str, f: Form) -> DonnerSuite:
    suite, ailleurs = cast(e.Suite, f.get("suite", "")), (f.get("qui"), f.get("telephone"), f.get("lien"))
    return DonnerSuite(*_qui(acteur, reference), suite, f.get("motif", ""), *ailleurs)


def _restituer(acteur: Acteur, reference: str, f: Form) -> RestituerProposition:
    return RestituerProposition(*_qui(acteur, reference), cast(e.ModeRestitution, f.get("mode", "")), f.get("lieu"))


def _rappel(acteur: Acteur, reference: str, f: Form) -> NoterRappel:
    return NoterRappel(*_qui(acteur, reference), cast(e.IssueRappel, f.get("issue", "")))


def _clore(acteur: Acteur, reference: str, f: Form) -> CloreProposition:
    return CloreProposition(*_qui(acteur, reference))


DECISIONS = (("publier", "Publier le texte"), ("garder_prive", "Le garder pour l’équipe"))
ISSUES = (("joint", "J’ai parlé à la personne"), ("absent", "Pas de réponse"))
QUALIFIEE = (e.PropositionQualifiee, e.QualificationRectifiee)

ACTES = {
    acte.nom: acte
    for acte in (
        ActeBureau("qualifier", "Lire et classer", "qualifier_proposition", QUALIFIEE, _qualifier, CLASSER),
        ActeBureau(
            "moderer", "Décider de la publication", "moderer_publication", e.PublicationModeree, _moderer,
            (Champ("decision", "Décision", "radios", DECISIONS, requis=True),
             Champ("motif", "Raison, si vous le gardez", "select", tuple(MOTIFS_DE_RESERVE.items()))),
            "La personne veut que tout le monde puisse lire. Relisez : aucun nom, aucune situation reconnaissable.",
        ),
        ActeBureau(
            "discuter", "Noter une discussion en groupe", "mettre_en_discussion", e.PropositionMiseEnDiscussion,
            _discuter,
            (Champ("session_le", "Date de la séance", "date", requis=True),
             Champ("lieu", "Lieu", requis=True, max=SIGNES_LIGNE),
             Champ("participants", "Nombre de personnes", "number", requis=True)),
            "Un nombre, jamais de noms. Pour plusieurs propositions, prenez « Saisir une séance ».",
        ),
        ActeBureau(
            "adopter", "Le groupe la porte", "adopter_proposition", e.PropositionAdoptee, _adopter,
            (Champ("mode", "Comment ?", "radios", (("consensus", "Par consensus"), ("vote", "Par un vote")),
                   requis=True),
             Champ("pour", "Voix pour", "number"), Champ("contre", "Voix contre", "number"),
             Champ("abstentions", "Abstentions", "number")),
            "Les trois nombres ne servent que pour un vote.",
        ),
        ActeBureau(
            "transmettre", "Envoyer aux responsables", "transmettre_proposition", e.PropositionTransmise,
            _transmettre,
            (Champ("service", "Service", requis=True, max=SIGNES_LIGNE),
             Champ("pilote", "Pilote", max=SIGNES_LIGNE, aide="Une fonction ou une instance, jamais un nom.")),
        ),
        ActeBureau(
            "repondre", "Donner la réponse", "donner_suite", e.SuiteDonnee, _repondre,
            (Champ("suite", "Réponse", "radios", tuple(SUITES.items()), requis=True),
             Champ("motif", "Pourquoi", "textarea", requis=True, max=SIGNES_MOTIF,
                   aide="Public. Des phrases courtes : quoi, quand, ou ce qui empêche."),
             Champ("qui", "Si ce n’est pas nous : qui ?", max=SIGNES_LIGNE), TELEPHONE, LIEN),
            "Une seule réponse est donnée : relisez-la.",
        ),
        ActeBureau(
            "restituer", "La réponse a été rendue", "restituer_proposition", e.PropositionRestituee, _restituer,
            (Champ("mode", "Comment ?", "select", tuple((k, v.capitalize()) for k, v in RESTITUTIONS.items()),
                   requis=True),
             Champ("lieu", "Lieu, pour une réunion", max=SIGNES_LIGNE)),
        ),
        ActeBureau(
            "rappel", "Noter un rappel", "noter_rappel", e.RappelNote, _rappel,
            (Champ("issue", "Résultat", "radios", ISSUES, requis=True),),
        ),
        ActeBureau("clore", "Terminer le dossier", "clore_proposition", e.PropositionClose, _clore),
        ActeBureau(
            "orienter", "Indiquer une aide", "orienter_situation", e.SituationOrientee, _orienter,
            (Champ("service", "Service ou association", requis=True, max=SIGNES_LIGNE), TELEPHONE, LIEN),
            "Pour une situation personnelle. N’écrivez rien de la situation : ces mots sont publics.",
        ),
        ActeBureau(
            "rectifier", "Rectifier le classement", "rectifier_qualification", QUALIFIEE, _rectifier,
            (*CLASSER, Champ("motif", "Raison du changement", requis=True, max=SIGNES_LIGNE, aide="Publique.")),
        ),
    )
}  # fmt: skip
