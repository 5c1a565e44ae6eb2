"""The rules of the accounts and of the operations, as dated data."""

from datetime import date

from domain.enveloppes.masses import PACTE
from domain.law import Exemple, Regle, publish

PACTE_ADOPTE = date(2021, 3, 15)

ENVELOPPE_DELIBEREE = publish(
    Regle(
        id="enveloppe-deliberee-2021",
        titre="Une enveloppe vient d'une délibération",
        texte="Une enveloppe, son partage, une reconduction ou une rectification s'appuient sur une délibération "
        "adoptée, inscrite dans ce registre.",
        source="choix du projet ; Code général des collectivités territoriales, article L3312-1 (vote du budget)",
        du=PACTE_ADOPTE,
        note="Article relevé d'après la nature budgétaire de l'acte ; à confirmer par le service juridique.",
    )
)

COMPTE_JAMAIS_NEGATIF = publish(
    Regle(
        id="compte-jamais-negatif-2021",
        titre="Un compte n'est jamais négatif",
        texte="Ce qui reste sur un compte est la dotation, plus ce qui est reconduit de l'année d'avant et ce que la "
        "commune ajoute, moins ce qui est engagé ou reconduit sur l'année d'après, plus ce qui est libéré. On n'engage "
        "jamais plus que ce reste, même à deux au même instant.",
        source="choix du projet",
        du=PACTE_ADOPTE,
        exemples=(
            Exemple(
                donne={"dotation": 100_00, "reconduit": 20_00, "engage": 90_00},
                attendu=30_00,
                phrase="100 € de dotation et 20 € reconduits, 90 € engagés : il reste 30 €.",
            ),
            Exemple(
                donne={"dotation": 100_00, "engage": 90_00, "libere": 15_00, "sorti": 25_00},
                attendu=0,
                phrase="90 € engagés, 15 € libérés, 25 € reconduits sur l'année d'après : il ne reste rien.",
            ),
        ),
    )
)

RECONDUCTION = publish(
    Regle(
        id="reconduction-2021",
        titre="Reconduire d'une année sur l'autre",
        texte="Ce qui n'a pas été consommé peut être reconduit sur l'année suivante, une seule fois par année, par une "
        "décision : rien n'est automatique.",
        source=f"{PACTE}, A:758 ; une seule fois par année : choix du projet",
        citation="La reconduction du FIC d'une année N à une année N+1 est par ailleurs possible",
        du=PACTE_ADOPTE,
        note="La reconduction sur l'année N+2 n'est pas dans le texte : elle se fait d'année en année.",
    )
)

ABONDEMENT = publish(
    Regle(
        id="abondement-2021",
        titre="La commune peut ajouter de son argent",
        texte="Une commune peut abonder son fonds d'initiative communale sur son propre budget. Cette somme n'est "
        "jamais comptée dans l'enveloppe de la Métropole.",
        source=f"{PACTE}, A:758",
        citation="capacité à abonder tout ou partie de leur montant de FIC, sur leurs propres budgets",
        du=PACTE_ADOPTE,
    )
)

QUI_DECIDE = publish(
    Regle(
        id="qui-decide-une-operation-2021",
        titre="Qui décide une opération",
        texte="FIC : la commune décide, avec l'avis technique de la Métropole. PROX : la conférence territoriale des "
        "maires propose, la Métropole décide. Projets : la Métropole décide, pour une opération d'au moins deux "
        "communes, sur un des sept axes du Pacte, dans les compétences de la Métropole.",
        source=f"{PACTE}, A:749 à A:751, A:761 à A:765",
        citation="décidée annuellement au sein de chacune des 59 communes",
        du=PACTE_ADOPTE,
    )
)

AXES = publish(
    Regle(
        id="axes-du-pacte-2021",
        titre="Les sept axes du Pacte",
        texte="Une opération de l'enveloppe « projets » relève d'un des sept axes stratégiques du Pacte.",
        source=f"{PACTE}, A:269 à A:281",
        du=PACTE_ADOPTE,
        parametres={f"axe_{rang}": rang for rang in range(1, 8)},
    )
)

PROJET_DE_TERRITOIRE = publish(
    Regle(
        id="projet-de-territoire-avant-2021",
        titre="D'abord le projet de territoire",
        texte="Les crédits de l'enveloppe « projets » ne sont engagés qu'après l'adoption du projet de territoire de "
        "la conférence par une délibération.",
        source=f"{PACTE}, A:767",
        citation="Les budgets pourront donc être mobilisés suite à l'adoption des Projets de territoire",
        du=PACTE_ADOPTE,
    )
)

SEUILS = publish(
    Regle(
        id="seuils-des-operations-2021",
        titre="Au-dessus du seuil, dire pourquoi",
        texte="Une opération de FIC de plus de 300 000 €, ou de l'enveloppe « projets » de plus de 2 000 000 €, dit "
        "pourquoi. Ce n'est pas une interdiction : le texte dit « essentiellement » et « majoritairement », et le "
        "registre montre la part de ces opérations.",
        source=f"{PACTE}, A:745 et A:765",
        citation="opérations essentiellement inférieures à 300 000 euros",
        du=PACTE_ADOPTE,
        parametres={"fic_cents": 300_000_00, "projets_cents": 2_000_000_00},
        exemples=(
            Exemple(
                donne={"nom": "fic", "cents": 300_000_00},
                attendu=False,
                phrase="300 000 € tout juste : pas de raison à donner.",
            ),
            Exemple(
                donne={"nom": "fic", "cents": 300_000_01},
                attendu=True,
                phrase="Un centime de plus : il faut dire pourquoi.",
            ),
            Exemple(donne={"nom": "prox", "cents": 900_000_00}, attendu=False, phrase="La PROX n'a pas de seuil."),
        ),
    )
)

ORDRE_DES_OPERATIONS = publish(
    Regle(
        id="ordre-des-operations-2021",
        titre="Les étapes d'une opération",
        texte="Proposée, avis technique, décidée, engagée, en travaux, réceptionnée, soldée. Une opération abandonnée "
        "libère ce qui était engagé. On ne paie pas plus que ce qui est engagé.",
        source=f"choix du projet, d'après {PACTE}, A:749 à A:751",
        du=PACTE_ADOPTE,
    )
)

SUIVI_DU_PACTE = publish(
    Regle(
        id="suivi-du-pacte-2021",
        titre="Suivre le Pacte",
        texte="Une clause de revoyure en décembre 2023, une évaluation en 2025, un point chaque année. Une "
        "photographie fige les chiffres d'une date : chacun peut les recalculer.",
        source=f"{PACTE}, A:769, A:823 à A:831",
        du=PACTE_ADOPTE,
    )
)
