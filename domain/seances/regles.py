"""The rules of meetings: convening, proxies, presence, minutes. Quorums and majorities are in `domain.majorites`."""

from datetime import date

from domain.law import Exemple, Regle, publish

PACTE = "Pacte de cohérence métropolitain 2021-2026"
CGCT = "Code général des collectivités territoriales"
METROPOLE = date(2015, 1, 1)
NOTE = (
    "Rendu applicable à la Métropole de Lyon par l'article L3611-3 : renvoi exact à confirmer par le service juridique."
)

CONVOCATION = publish(
    Regle(
        id="convocation-cgct",
        titre="Convoquer le Conseil",
        texte="Les rapports sont adressés douze jours au moins avant la séance. En cas d'urgence, un jour franc "
        "suffit ; l'assemblée se prononce alors sur l'urgence à l'ouverture.",
        source=f"{CGCT}, article L3121-19",
        du=METROPOLE,
        parametres={"jours": 12, "jours_urgence": 1},
        exemples=(
            Exemple(
                donne={"envoyee": "2017-10-12", "seance": "2017-11-06", "urgence": False},
                attendu=True,
                phrase="Du 12 octobre au 6 novembre 2017 : plus de douze jours.",
            ),
            Exemple(
                donne={"envoyee": "2026-03-05", "seance": "2026-03-16", "urgence": False},
                attendu=False,
                phrase="Onze jours : il faut l'urgence, ou une autre date.",
            ),
            Exemple(
                donne={"envoyee": "2026-03-14", "seance": "2026-03-16", "urgence": True},
                attendu=True,
                phrase="Un jour franc entre les deux : l'urgence peut être demandée.",
            ),
        ),
        note=NOTE,
    )
)

INITIATIVE_CTM = publish(
    Regle(
        id="reunion-ctm-2021",
        titre="Réunir une conférence territoriale des maires",
        texte="Une conférence se réunit au moins deux fois par an, à l'initiative de sa présidence ou à la demande de "
        "la moitié de ses membres, sur un ordre du jour déterminé.",
        source=f"{PACTE}, A:222",
        citation="au moins deux fois par an à l'initiative de son Président ou à la demande de la moitié de ses "
        "membres",
        du=date(2021, 3, 15),
        exemples=(
            Exemple(
                donne={"membres": 7, "demandeurs": 3}, attendu=False, phrase="Trois membres sur sept : il en manque un."
            ),
            Exemple(donne={"membres": 7, "demandeurs": 4}, attendu=True, phrase="Quatre membres sur sept suffisent."),
        ),
    )
)

ORDRE_DU_JOUR = publish(
    Regle(
        id="ordre-du-jour-2021",
        titre="L'ordre du jour",
        texte="La présidence, ou la vice-présidence en son absence, a l'initiative de l'ordre du jour. La Métropole "
        "peut proposer des sujets. On ne vote que sur un point inscrit et appelé.",
        source=f"{PACTE}, A:224 ; vote sur un point appelé : choix du projet",
        du=date(2021, 3, 15),
    )
)

POUVOIRS = publish(
    Regle(
        id="pouvoirs-cgct",
        titre="Donner un pouvoir",
        texte="Un membre empêché peut donner son pouvoir à un autre, pour cette réunion. Un membre n'en tient qu'un. "
        "Qui tient un pouvoir est présent ; qui est présent n'en donne pas.",
        source=f"{CGCT}, article L3121-16",
        du=METROPOLE,
        parametres={"par_membre": 1},
        note=NOTE,
    )
)

DEROULEMENT = publish(
    Regle(
        id="deroulement-seance-2015",
        titre="Le déroulement d'une séance",
        texte="Une séance est planifiée, convoquée, ouverte, puis levée. Les heures sont celles des faits : elles ne "
        "reculent pas. Seuls siègent, votent ou donnent pouvoir les membres en exercice ce jour-là. Ce qui a été mal "
        "noté est rectifié, et les deux restent visibles.",
        source="choix du projet, d'après le Code général des collectivités territoriales, articles L3121-9 à L3121-19",
        du=METROPOLE,
    )
)

DEPORT = publish(
    Regle(
        id="deport-cgct",
        titre="Se déporter",
        texte="Un membre intéressé à l'affaire quitte la salle : il n'est compté ni pour le quorum ni pour le vote de "
        "ce point, et ne donne pas son pouvoir pour lui.",
        source=f"{CGCT}, articles L1111-6 et L2131-11",
        du=METROPOLE,
        note="Portée exacte pour la Métropole à confirmer par le service juridique.",
    )
)

PROCES_VERBAL = publish(
    Regle(
        id="proces-verbal-cgct",
        titre="Le procès-verbal",
        texte="Il dit la date et l'heure, la présidence, les présents et les représentés, le ou la secrétaire, le "
        "quorum, l'ordre du jour, les délibérations, les demandes de scrutin, le résultat des votes et la teneur des "
        "débats. Il est arrêté au début de la séance suivante, et publié dans la semaine.",
        source=f"{CGCT}, articles L3121-13 et L2121-15",
        du=date(2022, 7, 1),
        parametres={"publication_jours": 7},
        note=NOTE,
    )
)
