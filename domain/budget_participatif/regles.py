"""The rules of the participatory budget of the collèges, as dated data: what each refusal stands on."""

from datetime import date

from domain.law import Exemple, Regle, publish

DEBUT = date(2026, 1, 1)
METROPOLE = "Métropole de Lyon, présentation du budget participatif des collèges, 20 mars 2025"

EDITION = publish(
    Regle(
        id="budget-participatif-edition-2025",
        titre="Une édition du budget participatif des collèges",
        texte="Une édition dure une année scolaire : intentions, candidatures, examen technique, jury, vote du "
        "Conseil, préparation, travaux, bilan. Elle passe d'une étape à la suivante, sans en sauter.",
        source=f"{METROPOLE} ; Projet métropolitain des solidarités, mars 2023, D:2014 ; l'ordre strict : choix du "
        "projet",
        citation="Déployer un budget participatif pour impliquer les collégiennes et collégiens dans la vie de leur "
        "établissement",
        du=DEBUT,
    )
)

PLAFOND = publish(
    Regle(
        id="budget-participatif-plafond-2025",
        titre="Ce qu'un collège peut recevoir",
        texte="Chaque édition fixe une somme pour tous les collèges, et une limite pour un collège. Dans les éditions "
        "connues, cette limite est de 40 000 €. Un projet ne coûte pas plus que le budget de son collège.",
        source=METROPOLE,
        du=DEBUT,
        parametres={"plafond_cents": 4_000_000},
        exemples=(
            Exemple(
                donne={"budget_cents": 4_000_000}, attendu="accepte", phrase="Un budget de 40 000 € est à la limite."
            ),
            Exemple(
                donne={"budget_cents": 4_000_001},
                attendu="BudgetTropGrand",
                phrase="Un centime de plus est refusé.",
            ),
        ),
    )
)

COLLEGE = publish(
    Regle(
        id="budget-participatif-college-2026",
        titre="Les étapes dans un collège",
        texte="Le collège dit son intention, adoptée par son conseil de la vie collégienne ou son conseil "
        "d'administration. Puis viennent les idées, leur étude, la liste, le vote, la candidature. Une étape ne "
        "commence pas avant la fin de celle d'avant.",
        source="choix du projet ; conseil de la vie collégienne : décret n° 2016-1631",
        du=DEBUT,
    )
)

IDEES = publish(
    Regle(
        id="idees-des-eleves-2026",
        titre="L'idée d'un ou d'une élève",
        texte="Une idée se donne en classe, dans la boîte du hall, ou par le formulaire, sans compte et sans nom. Un "
        "adulte du collège la lit avant qu'elle soit montrée. Il la montre sous un titre et un résumé neutres, ou il "
        "l'écarte en disant pourquoi.",
        source="choix du projet ; règlement (UE) 2016/679, article 5 (minimisation)",
        du=DEBUT,
        parametres={"idee_signes": 600},
        exemples=(
            Exemple(
                donne={"texte": "  Des bancs à l'ombre \r\n"},
                attendu="Des bancs à l'ombre",
                phrase="Les espaces de trop disparaissent.",
            ),
            Exemple(donne={"texte": " \n "}, attendu="IdeeVide", phrase="Une idée vide est refusée."),
        ),
    )
)

REGROUPEMENT = publish(
    Regle(
        id="regroupement-des-idees-2026",
        titre="Des idées qui se ressemblent",
        texte="Une idée peut en rejoindre une autre du même collège, avec une raison. Elle reste lisible, avec son "
        "numéro. Celle qui l'accueille garde la liste de toutes les idées d'où elle vient.",
        source="choix du projet",
        du=DEBUT,
    )
)

FAISABILITE = publish(
    Regle(
        id="faisabilite-des-idees-2026",
        titre="Une réponse à chaque idée",
        texte="Les services disent pour chaque idée montrée si elle est possible, pourquoi, et ce qu'elle coûte. Un "
        "refus dit sa raison en une phrase au moins. La liste n'est pas arrêtée tant qu'une idée attend sa réponse.",
        source="choix du projet",
        du=DEBUT,
        parametres={"motif_signes_minimum": 20},
    )
)

LISTE = publish(
    Regle(
        id="liste-des-projets-2026",
        titre="La liste soumise au vote",
        texte="Chaque projet vient d'idées jugées possibles. Il a un titre, une phrase de 15 mots au plus, un prix, "
        "une comparaison, un lieu et l'avis des services. La liste a au moins deux projets. Une fois arrêtée, elle ne "
        "change plus.",
        source="choix du projet",
        du=DEBUT,
        parametres={"phrase_mots": 15, "projets_minimum": 2},
    )
)

SCRUTIN_DU_COLLEGE = publish(
    Regle(
        id="scrutin-du-college-2026",
        titre="Le vote d'un collège",
        texte="Le vote porte sur la liste arrêtée, avec le budget du collège. Un vote d'essai n'a pas d'effet. Un "
        "autre vote ne remplace le premier que si celui-ci est annulé.",
        source="choix du projet",
        du=DEBUT,
    )
)

CANDIDATURE = publish(
    Regle(
        id="candidature-du-college-2026",
        titre="Seuls les projets élus sont candidats",
        texte="Le collège envoie à la Métropole tous les projets que le vote a choisis, une fois le résultat "
        "proclamé. Un projet choisi n'est laissé de côté que par un abandon, avec sa raison.",
        source="choix du projet",
        du=DEBUT,
    )
)

JURY = publish(
    Regle(
        id="jury-et-deliberation-2025",
        titre="Le jury, puis le vote du Conseil",
        texte="Les services examinent chaque projet candidat, puis un jury d'élues et d'élus et de parents décide, "
        "avec ses raisons. Le Conseil de la Métropole vote ensuite une somme. Les sommes votées ne dépassent ni la "
        "limite du collège ni l'enveloppe de l'édition.",
        source=METROPOLE,
        du=DEBUT,
        note="Édition 2024-2025 : 28 intentions, 14 lauréats, 367 974 €, votés le 17 mars 2025.",
    )
)

REALISATION = publish(
    Regle(
        id="realisation-des-projets-2026",
        titre="Ce que deviennent les projets",
        texte="Un projet financé est commandé, constaté avec son coût réel, puis ouvert à tous. Une photo a toujours "
        "une description. Un projet abandonné dit pourquoi.",
        source="choix du projet",
        du=DEBUT,
        parametres={"motif_signes_minimum": 20},
    )
)
