"""The rules of a proposition, as dated data: what each refusal stands on, and the delays that are promised."""

from datetime import date

from domain.law import Exemple, Regle, publish

PMS = "Projet métropolitain des solidarités, mars 2023"
DEBUT = date(2026, 1, 1)

PARTICIPATION_LIBRE = publish(
    Regle(
        id="participation-libre-2023",
        titre="Participer librement",
        texte="On participe si l'on veut, quand on veut. Une séance a une date, un lieu et un nombre de personnes ; "
        "aucun nom n'est noté.",
        source=f"{PMS}, D:470 et D:909",
        citation="La participation est libre et sans obligation d'assiduité.",
        du=date(2023, 3, 1),
        note="La source porte aussi « espaces de participation libre et sans mandat » (D:909).",
    )
)

FORMES_DE_PAROLE = publish(
    Regle(
        id="formes-de-parole-2023",
        titre="Dire à sa façon, seul ou avec de l'aide",
        texte="On écrit soi-même, avec l'aide de quelqu'un, ou en séance. La personne qui aide relit le texte à la "
        "personne avant de le déposer, et dit de quelle structure elle vient.",
        source=f"{PMS}, D:689 ; relecture : choix du projet",
        citation="Adapter les modalités d'échange aux besoins de tous les publics",
        du=date(2023, 3, 1),
    )
)

LECTURE_CHOISIE = publish(
    Regle(
        id="lecture-choisie-2026",
        titre="La personne choisit qui la lit",
        texte="Par défaut, seule l'équipe lit le texte. Un texte que son auteur veut public ne le devient qu'après la "
        "lecture d'un être humain, avec le prénom seulement si l'auteur l'a demandé.",
        source="choix du projet",
        du=DEBUT,
        note="Une proposition peut dire la santé, le logement ou l'origine d'une personne : le plus discret d'abord.",
    )
)

PRENOM_DES_MINEURS = publish(
    Regle(
        id="prenom-des-mineurs-2026",
        titre="Aucun prénom d'élève n'est public",
        texte="Les membres de COMET Jeunes sont mineurs. Leur prénom n'est jamais montré au public par ce registre.",
        source="choix du projet ; charte de COMET Jeunes, 2017",
        du=DEBUT,
        note="La charte ne permet de nommer qu'avec une autorisation écrite, que ce registre ne recueille pas.",
    )
)

REPONSE_A_LA_PERSONNE = publish(
    Regle(
        id="reponse-a-la-personne-2026",
        titre="La personne choisit comment on lui répond",
        texte="Par courriel, par téléphone, par courrier, par la personne qui l'aide, ou en revenant avec son code. "
        "On ne demande que ce qu'il faut pour cela.",
        source="choix du projet ; règlement (UE) 2016/679, article 5 (minimisation)",
        du=DEBUT,
    )
)

ACCUSE_DE_RECEPTION = publish(
    Regle(
        id="accuse-de-reception-crpa",
        titre="L'accusé de réception",
        texte="Tout dépôt donne aussitôt un reçu : la date, le numéro, et le service chargé du dossier avec son "
        "adresse et son téléphone. C'est pourquoi l'instance doit exister, recevoir des propositions et avoir un "
        "service qui répond pour elle, le jour du dépôt.",
        source="Code des relations entre le public et l'administration, article R112-11-1",
        du=date(2016, 11, 7),
        note="Article lu ; sa date d'entrée en vigueur est à confirmer par le service juridique.",
    )
)

CODE_DE_SUIVI = publish(
    Regle(
        id="code-de-suivi-2026",
        titre="Le code ouvre le dossier à son auteur",
        texte="Sans compte, l'auteur agit sur son dossier avec le code en quatre mots de son reçu, et lui seul.",
        source="choix du projet",
        du=DEBUT,
    )
)

THEMES = publish(
    Regle(
        id="themes-2026",
        titre="Les thèmes des propositions",
        texte="L'équipe range chaque proposition sous un thème, dit qui peut décider, et lui donne un titre court qui "
        "ne nomme personne. Les trois premiers thèmes sont ceux du GEPI.",
        source=f"{PMS}, D:451 à D:453 ; les autres : choix du projet",
        du=DEBUT,
        parametres={
            "logement": "Logement et hébergement",
            "acces_aux_droits": "Accueil, accès aux ressources et aux droits",
            "regard": "Changement de regard",
            "sante": "Santé et autonomie",
            "emploi": "Insertion et emploi",
            "numerique": "Numérique",
            "colleges": "Collèges et jeunesse",
            "cadre_de_vie": "Cadre de vie et déplacements",
            "participation": "Participation",
            "autre": "Autre sujet",
        },
    )
)

ETAPES = publish(
    Regle(
        id="etapes-2026",
        titre="Les étapes d'une proposition",
        texte="Reçue, lue, parlée en groupe, envoyée aux responsables, réponse. Le groupe discute avant d'adopter, et "
        "adopte avant d'envoyer. Une réponse connue peut être donnée dès que l'équipe a lu.",
        source="choix du projet",
        du=DEBUT,
    )
)

DROIT_DE_SUITE = publish(
    Regle(
        id="droit-de-suite-2026",
        titre="Une réponse, ses raisons, et son retour",
        texte="Une proposition reçoit une seule réponse parmi cinq, avec ses raisons. Elle n'est close qu'une fois la "
        "réponse rapportée à la personne ou au groupe, et tout rappel demandé effectué.",
        source="choix du projet",
        du=DEBUT,
        parametres={"motif_signes_minimum": 20},
        exemples=(
            Exemple(donne={"motif": "Non."}, attendu="MotifTropCourt", phrase="« Non. » ne dit pas pourquoi."),
            Exemple(
                donne={"motif": "Les travaux commencent en mars 2027."},
                attendu="on_le_fait",
                phrase="Une phrase qui dit quoi et quand suffit.",
            ),
        ),
    )
)

RAPPEL = publish(
    Regle(
        id="rappel-2026",
        titre="« Je n'ai pas compris » : on vous rappelle",
        texte="La personne qui n'a pas compris est rappelée, aux demi-journées qu'elle choisit. Le dossier reste "
        "ouvert, ou se rouvre, jusqu'à ce qu'on l'ait jointe ; on essaie au moins trois fois.",
        source="choix du projet",
        du=DEBUT,
        parametres={"essais": 3},
        exemples=(
            Exemple(donne={"issues": ["absent", "absent"]}, attendu=True, phrase="Après deux essais, on continue."),
            Exemple(donne={"issues": ["absent", "joint"]}, attendu=False, phrase="La personne est jointe."),
            Exemple(
                donne={"issues": ["absent", "absent", "absent"]},
                attendu=False,
                phrase="Après trois essais, la tâche peut s'arrêter.",
            ),
        ),
    )
)

DELAIS = publish(
    Regle(
        id="delais-propositions-2026",
        titre="Les délais de l'équipe",
        texte="L'équipe lit une proposition et le fait savoir dans les 15 jours. Une réponse motivée est donnée dans "
        "les 60 jours. Le jour du dépôt ne compte pas ; un délai qui finit un samedi, un dimanche ou un jour férié "
        "va jusqu'au jour ouvré suivant. Un retard est montré à tout le monde.",
        source="engagement de service ; choix du projet",
        du=DEBUT,
        parametres={"premiere_reponse_jours": 15, "suite_jours": 60},
        exemples=(
            Exemple(
                donne={"depose_le": "2026-03-03"},
                attendu={"premiere_reponse": "2026-03-18", "suite": "2026-05-04"},
                phrase="Les 60 jours finissent le samedi 2 mai 2026 : le délai va jusqu'au lundi 4 mai.",
            ),
            Exemple(
                donne={"depose_le": "2026-04-16"},
                attendu={"premiere_reponse": "2026-05-04", "suite": "2026-06-15"},
                phrase="Les 15 jours finissent le 1er mai 2026, férié : le délai va jusqu'au lundi 4 mai.",
            ),
        ),
    )
)

DELAIS_SUCCESSIFS = (DELAIS,)


def delais_en_vigueur(le: date) -> Regle:
    """The rule of the delays on the day of a filing; the first one, for what was filed on paper before it."""
    return next((r for r in reversed(DELAIS_SUCCESSIFS) if r.du <= le), DELAIS_SUCCESSIFS[0])
