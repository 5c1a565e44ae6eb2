"""What the journal calls things: kinds of events, reasons, dossiers that have a page."""

from domain.ledger.event import TOPICS
from web.journal.kinds import BODIES, MONEY

KINDS: dict[str, str] = {
    "budget_participatif/AllocationVotee": "Somme votée par le Conseil",
    "budget_participatif/BilanPublie": "Bilan d’une édition publié",
    "budget_participatif/CandidatureDeposee": "Candidature d’un collège déposée",
    "budget_participatif/CollegeDecrit": "Collège décrit à la rentrée",
    "budget_participatif/EditionAvancee": "Édition passée à l’étape suivante",
    "budget_participatif/EditionOuverte": "Édition du budget participatif ouverte",
    "budget_participatif/FaisabiliteRendue": "Avis des services rendu sur une idée",
    "budget_participatif/IdeeDeposee": "Idée déposée",
    "budget_participatif/IdeeModeree": "Idée lue par le collège",
    "budget_participatif/IdeeRegroupee": "Idée regroupée avec une autre",
    "budget_participatif/IdeesCloses": "Idées closes",
    "budget_participatif/IdeesOuvertes": "Idées ouvertes",
    "budget_participatif/ImageRetiree": "Image retirée",
    "budget_participatif/InstructionRendue": "Examen technique d’un projet rendu",
    "budget_participatif/IntentionDeposee": "Intention d’un collège déposée",
    "budget_participatif/JuryDelibere": "Décision du jury",
    "budget_participatif/ListeArretee": "Liste des projets arrêtée",
    "budget_participatif/ProjetAbandonne": "Projet abandonné",
    "budget_participatif/ProjetArrete": "Projet inscrit sur la liste",
    "budget_participatif/ProjetIllustre": "Projet illustré",
    "budget_participatif/ProjetInaugure": "Projet ouvert à tous",
    "budget_participatif/RealisationConstatee": "Réalisation constatée",
    "budget_participatif/ScrutinRattache": "Vote rattaché au dossier",
    "budget_participatif/TravauxCommandes": "Travaux commandés",
    "effacements/EffacementDemande": "Effacement décidé",
    "effacements/EffacementExecute": "Effacement fait",
    "fonctions/FonctionConfiee": "Fonction confiée",
    "fonctions/FonctionRetiree": "Fonction retirée",
    "instances/AppellationInscrite": "Autre nom d’une instance inscrit",
    "instances/CommuneInscrite": "Commune inscrite",
    "instances/CommuneRattachee": "Commune rattachée à une autre",
    "instances/CommunesFusionnees": "Communes fusionnées",
    "instances/InstanceInscrite": "Instance inscrite",
    "propositions/ComplementAjoute": "Complément ajouté par la personne",
    "propositions/ComprehensionConfirmee": "Réponse comprise",
    "propositions/IncomprehensionSignalee": "« Je n’ai pas compris » signalé",
    "propositions/PropositionAdoptee": "Proposition adoptée par le groupe",
    "propositions/PropositionClose": "Proposition close",
    "propositions/PropositionDeposee": "Proposition déposée",
    "propositions/PropositionMiseEnDiscussion": "Proposition mise en discussion",
    "propositions/PropositionQualifiee": "Proposition lue et qualifiée",
    "propositions/PropositionRestituee": "Réponse rapportée à la personne",
    "propositions/PropositionRetiree": "Proposition retirée par son auteur",
    "propositions/PropositionTransmise": "Proposition transmise",
    "propositions/PublicationModeree": "Publication décidée après relecture",
    "propositions/QualificationRectifiee": "Qualification rectifiée",
    "propositions/RappelNote": "Rappel noté",
    "propositions/SituationOrientee": "Personne orientée vers un service",
    "propositions/SuiteDonnee": "Réponse donnée",
    "reunions/ReunionAnnoncee": "Réunion du groupe annoncée",
    "reunions/ReunionAnnulee": "Réunion du groupe annulée",
    "reunions/ReunionReportee": "Réunion du groupe déplacée",
    "scrutins/BilletEchangeContrePapier": "Billet échangé contre un bulletin papier",
    "scrutins/BilletsAnnules": "Billets de vote annulés",
    "scrutins/BilletsCrees": "Billets de vote créés",
    "scrutins/BilletsRemis": "Billets de vote remis",
    "scrutins/BilletsRendus": "Billets de vote rendus",
    "scrutins/BulletinsDepouilles": "Liste des bulletins publiée",
    "scrutins/ClesDetruites": "Clés du scrutin détruites",
    "scrutins/ClesDuScrutinPubliees": "Clé du scrutin publiée",
    "scrutins/CoucheOuverte": "Une des deux couches des bulletins ouverte",
    "scrutins/DepouillementAnnonce": "Dépouillement annoncé",
    "scrutins/IncidentConsigne": "Incident noté pendant le vote",
    "scrutins/LignesImportees": "Lignes d’une élection importée",
    "scrutins/LotPapierContreSaisi": "Lot de bulletins papier saisi une seconde fois",
    "scrutins/LotPapierSaisi": "Lot de bulletins papier saisi",
    "scrutins/LotPapierValide": "Lot de bulletins papier validé",
    "scrutins/ReclamationDeposee": "Réclamation déposée",
    "scrutins/ReclamationTranchee": "Réclamation tranchée",
    "scrutins/ReglesConfirmees": "Règles du vote confirmées",
    "scrutins/ResultatProclame": "Résultat du vote proclamé",
    "scrutins/ScrutinAnnule": "Vote annulé",
    "scrutins/ScrutinClos": "Vote clos",
    "scrutins/ScrutinCree": "Vote créé",
    "scrutins/ScrutinDepouille": "Vote dépouillé",
    "scrutins/ScrutinImporte": "Élection importée",
    "scrutins/ScrutinOuvert": "Vote ouvert",
    "scrutins/UrneEffacee": "Urne effacée",
    "scrutins/UrneRelevee": "Urne relevée",
    **BODIES,
    **MONEY,
}

REASONS: dict[str, str] = {
    "demande_de_la_personne": "demande de la personne",
    "tiers_nomme": "une autre personne y était nommée",
    "moderation": "modération",
    "duree_de_conservation": "durée de conservation atteinte",
}

PAGES: dict[str, str] = {
    "budgets": "/dossiers/",
    "chaines": "/chaines/",
    "deliberations": "/deliberations/",
    "editions": "/editions/",
    "enveloppes": "/dossiers/",
    "idees": "/dossiers/",
    "operations": "/operations/",
    "propositions": "/dossiers/",
    "saisines": "/dossiers/",
    "scrutins": "/scrutins/",
    "seances": "/seances/",
}


def kind(topic: str) -> str:
    """A kind of event in words; its bare name when nobody has given it any yet."""
    return KINDS.get(topic.rpartition("/")[0], topic.split("/")[-2] if "/" in topic else topic)


def topics(name: str) -> list[str]:
    """Every version of a kind (`propositions/PropositionDeposee`)."""
    return sorted(topic for topic in TOPICS if topic.rpartition("/")[0] == name)


def kinds() -> list[tuple[str, str]]:
    """Kinds of this program and their words, in the order of the words."""
    names = {topic.rpartition("/")[0] for topic in TOPICS}
    return sorted(
        ((name, KINDS[name]) for name in names if name in KINDS), key=lambda pair: pair[1].lstrip("« ").lower()
    )


def streams(dossier: str) -> list[str]:
    """Streams that people may mean by this reference: its full name, or its last part in any feature."""
    if "/" in dossier:
        return [dossier]
    features = {topic.partition("/")[0] for topic in TOPICS} | PAGES.keys()
    return sorted(f"{feature}/{name}" for feature in features for name in {dossier, dossier.upper()})


def dossier_page(stream: str) -> str | None:
    """Address of the dossier's page, for the kinds of dossiers that have one."""
    feature, _, reference = stream.partition("/")
    return f"{PAGES[feature]}{reference}" if feature in PAGES else None
