"""The rules of a saisine and of its avis: who asks whom, delays, follow-up of each reservation."""

from datetime import date

from domain.law import Exemple, Regle, publish

PACTE = "Pacte de cohérence métropolitain 2021-2026"
DEBUT = date(2021, 3, 15)

SAISIR_CTM = publish(
    Regle(
        id="saisir-ctm-2021",
        titre="Demander l'avis d'une conférence territoriale des maires",
        texte="Le président de la Métropole peut demander son avis à une conférence. L'avis est présenté au Conseil "
        "par la présidence de la conférence, ou par un membre qu'elle désigne.",
        source=f"{PACTE}, A:192 et A:194",
        citation="peut solliciter la Conférence Territoriale des Maires afin qu'elle rende un avis",
        du=DEBUT,
    )
)

SAISINE_ECRITE = publish(
    Regle(
        id="saisine-ecrite-2021",
        titre="Une conférence écrit au président de la Métropole",
        texte="La présidence d'une conférence peut saisir par écrit le président de la Métropole. Une réponse lui est "
        "due ; elle est transmise à tous les maires de la conférence. Le délai montré est un engagement du service.",
        source=f"{PACTE}, A:230 ; délai : choix du projet",
        citation="Une réponse lui sera apportée pour transmission auprès de l'ensemble des Maires",
        du=DEBUT,
        parametres={"engagement_jours": 30},
    )
)

CONTRIBUTION_CTM = publish(
    Regle(
        id="contribution-ctm-2021",
        titre="Une conférence apporte sa contribution au Conseil",
        texte="Une conférence peut demander que sa contribution soit présentée au Conseil par un membre qu'elle "
        "désigne, en accord avec le président. Un refus dit pourquoi.",
        source=f"{PACTE}, A:190 à A:198",
        citation="par l'intermédiaire d'un membre du Conseil qu'elles désignent",
        du=DEBUT,
    )
)

AVIS_COMMUNAL = publish(
    Regle(
        id="avis-communal-2021",
        titre="L'avis d'un conseil municipal",
        texte="Sur le Pacte et sur un projet de territoire, le conseil municipal donne un avis exprès. Le texte ne "
        "fixe ni délai ni avis tacite : le silence n'est pas un accord.",
        source=f"{PACTE}, A:244 et A:725",
        citation="présenté pour avis dans les 59 Conseils municipaux",
        du=DEBUT,
    )
)

AVIS_COMMUNAL_MEL = publish(
    Regle(
        id="avis-communal-mutualisation-mel",
        titre="L'avis d'une commune sur un schéma de mutualisation",
        texte="Le conseil municipal a trois mois à partir de la transmission. Passé ce terme, son avis est réputé "
        "favorable ; un avis plus tardif est noté, et ne change rien. Cette règle vaut pour les communautés et les "
        "métropoles de droit commun, jamais pour la Métropole de Lyon.",
        source="Code général des collectivités territoriales, article L5211-39-1 ; C:44-45",
        citation="Au-delà, l'avis est réputé favorable.",
        du=date(2019, 12, 29),
        parametres={"mois": 3},
        exemples=(
            Exemple(
                donne={"transmis": "2022-11-30"},
                attendu="2023-02-28",
                phrase="Transmis le 30 novembre 2022 : jusqu'au 28 février.",
            ),
            Exemple(
                donne={"transmis": "2022-10-07"},
                attendu="2023-01-07",
                phrase="De date à date, le jour de départ ne compte pas.",
            ),
        ),
        note="Le report au jour ouvré suivant n'est pas dans le texte : il n'est pas appliqué.",
    )
)

CONSEIL_DE_DEVELOPPEMENT = publish(
    Regle(
        id="conseil-de-developpement-2021",
        titre="Saisir le Conseil de développement",
        texte="Le Conseil de développement est saisi, ou se saisit lui-même. Sa contribution est transmise, et reçoit "
        "une suite.",
        source=f"{PACTE}, A:249 à A:251",
        citation="instance de participation citoyenne, dédiée à l'expression et à la contribution de la société civile",
        du=DEBUT,
    )
)

SUITE_DES_RESERVES = publish(
    Regle(
        id="suite-des-reserves-2026",
        titre="Dire ce que chaque réserve est devenue",
        texte="Les réserves d'un avis sont citées mot pour mot. Après la décision, chacune reçoit une suite : "
        "retenue, en partie, ou non, et pourquoi. Le dossier ne se ferme pas avant.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)

ETAPES_DE_SAISINE = publish(
    Regle(
        id="etapes-de-saisine-2021",
        titre="Les étapes d'une saisine",
        texte="Une saisine est déposée, l'instance rend son avis une fois, l'avis est transmis, présenté, suivi, et le "
        "dossier se ferme. Chaque étape suppose celle d'avant.",
        source=f"choix du projet, d'après {PACTE}, A:184 à A:232",
        du=DEBUT,
    )
)
