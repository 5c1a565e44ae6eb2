"""The rules of a chain of decision: links are said, holes are shown."""

from datetime import date

from domain.law import Exemple, Regle, publish

DEBUT = date(2026, 1, 1)

CHAINE = publish(
    Regle(
        id="chaine-de-decision-2026",
        titre="La chaîne d'une décision",
        texte="Un jalon que seul un texte raconte cite ce texte et sa ligne. Un lien entre deux dossiers se voit des "
        "deux côtés. Une pièce qui devrait être là et n'y est pas est montrée comme absente : un trou ne se cache pas.",
        source="choix du projet",
        du=DEBUT,
    )
)

ATTENTES = publish(
    Regle(
        id="pieces-attendues-2026",
        titre="Les pièces qu'une chaîne attend",
        texte="Chaque sorte de dossier attend des pièces, chacune avec sa règle. Une pièce est absente quand une étape "
        "plus tardive est faite sans elle. Elle l'est aussi quatre-vingt-dix jours après la décision. Avant, elle est "
        "à venir ; passé son propre terme, elle est en retard.",
        source="choix du projet",
        du=DEBUT,
        parametres={"jours": 90},
        exemples=(
            Exemple(
                donne={"etape_suivante_faite": True, "jours_apres_le_terme": None, "jours_depuis": 1},
                attendu="absente",
                phrase="L'acte est reçu par le préfet, sa transmission n'est pas au journal.",
            ),
            Exemple(
                donne={"etape_suivante_faite": False, "jours_apres_le_terme": None, "jours_depuis": 20},
                attendu="attendue",
                phrase="Vingt jours après le vote, le procès-verbal est encore à venir.",
            ),
            Exemple(
                donne={"etape_suivante_faite": False, "jours_apres_le_terme": None, "jours_depuis": 91},
                attendu="absente",
                phrase="Quatre-vingt-onze jours après, il manque.",
            ),
            Exemple(
                donne={"etape_suivante_faite": False, "jours_apres_le_terme": 3, "jours_depuis": None},
                attendu="en_retard",
                phrase="Une réponse est due depuis trois jours.",
            ),
        ),
    )
)
