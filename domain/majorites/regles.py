"""The texts of majorities, quorums and requests, with the examples that the tests execute."""

from datetime import date

from domain.law import Exemple, Regle, publish

PACTE = "Pacte de cohérence métropolitain 2021-2026"
CGCT = "Code général des collectivités territoriales"
METROPOLE = date(2015, 1, 1)
APPLICABLE = (
    "Article applicable aux départements ; rendu applicable à la Métropole de Lyon par l'article L3611-3 : renvoi "
    "exact à confirmer par le service juridique."
)

CALCULS = publish(
    Regle(
        id="calculs-2026",
        titre="Les nombres d'un calcul",
        texte="Un calcul prend des nombres entiers, zéro ou plus. Une part ne dépasse jamais son tout. Le même calcul "
        "sert aux exemples, aux essais et aux séances.",
        source="choix du projet",
        du=date(2026, 1, 1),
        exemples=(
            Exemple(donne={"valeur": 83}, attendu=83, phrase="Un nombre entier est pris tel quel."),
            Exemple(donne={"valeur": -1}, attendu="ValeurImpossible", phrase="Un nombre négatif est refusé."),
        ),
    )
)

MAJORITE_CTM = publish(
    Regle(
        id="majorite-ctm-2021",
        titre="La majorité dans une conférence territoriale des maires",
        texte="L'avis suit la majorité des suffrages exprimés : les abstentions, les blancs et les nuls ne comptent "
        "pas. À égalité, la voix de la personne qui préside la séance l'emporte. Si elle s'abstient, ou si personne ne "
        "s'exprime, la conférence est sans avis.",
        source=f"{PACTE}, A:228 ; « sans avis » : choix du projet",
        citation="émettent un avis à la majorité des suffrages exprimés. En cas de partage égal des voix, la voix du "
        "Président de séance est prépondérante.",
        du=date(2021, 3, 15),
        exemples=(
            Exemple(
                donne={"pour": 4, "contre": 4, "president": "pour"},
                attendu="favorable",
                phrase="Quatre voix contre quatre : la voix de la présidence, pour, l'emporte.",
            ),
            Exemple(
                donne={"pour": 4, "contre": 4, "president": "contre"},
                attendu="defavorable",
                phrase="Quatre voix contre quatre : la voix de la présidence, contre, l'emporte.",
            ),
            Exemple(
                donne={"pour": 4, "contre": 4, "president": "abstention"},
                attendu="sans_avis",
                phrase="À égalité, et la présidence s'abstient : il n'y a pas d'avis.",
            ),
            Exemple(
                donne={"pour": 2, "contre": 1, "abstentions": 6, "president": "abstention"},
                attendu="favorable",
                phrase="Les abstentions ne comptent pas : deux voix contre une suffisent.",
            ),
        ),
        note="Ce qui se passe quand la présidence s'abstient n'est pas dans le Pacte : règlement intérieur à "
        "confirmer.",
    )
)

MAJORITE_CONSEIL = publish(
    Regle(
        id="majorite-conseil-cgct",
        titre="La majorité au Conseil",
        texte="Une délibération est adoptée à la majorité des suffrages exprimés, pouvoirs compris. À égalité, la "
        "voix de la personne qui préside l'emporte, sauf au scrutin secret.",
        source=f"{CGCT}, article L3121-15",
        du=METROPOLE,
        exemples=(
            Exemple(
                donne={"pour": 82, "contre": 82, "president": "pour"},
                attendu="favorable",
                phrase="82 contre 82 : la voix de la présidence l'emporte.",
            ),
            Exemple(
                donne={"pour": 82, "contre": 82, "president": None},
                attendu="defavorable",
                phrase="Au scrutin secret, personne ne départage : à égalité, le texte n'est pas adopté.",
            ),
        ),
        note=APPLICABLE,
    )
)

DOUBLE_MAJORITE = publish(
    Regle(
        id="double-majorite-2021",
        titre="La double majorité de la Conférence métropolitaine",
        texte="Un avis est adopté si plus de maires votent pour que contre, et si les communes des maires qui votent "
        "pour ont au moins la moitié de la population totale. Un maire d'arrondissement n'apporte pas de population : "
        "elle est déjà celle de sa commune.",
        source=f"{PACTE}, A:128",
        citation="adoptés à la majorité simple des Maires, représentant la moitié de la population totale",
        du=date(2021, 3, 15),
        parametres={"base": "exprimes", "comparaison": ">=", "arrondissements_votent": 0},
        exemples=(
            Exemple(
                donne={
                    "maires_pour": 35,
                    "maires_contre": 24,
                    "maires": 59,
                    "population_pour": 629_501,
                    "population": 1_398_892,
                },
                attendu=False,
                phrase="35 maires pour, mais 45 % de la population : l'avis n'est pas adopté.",
            ),
            Exemple(
                donne={
                    "maires_pour": 25,
                    "maires_contre": 20,
                    "maires": 59,
                    "population_pour": 699_446,
                    "population": 1_398_892,
                },
                attendu=True,
                phrase="25 maires contre 20, et la moitié de la population : l'avis est adopté.",
            ),
        ),
        note="Trois points sont à confirmer par le règlement intérieur (articles 65 à 83) : compter les maires qui "
        "votent ou tous les maires ; au moins la moitié ou plus de la moitié ; le vote des maires d'arrondissement.",
    )
)

QUORUM_CONSEIL = publish(
    Regle(
        id="quorum-conseil-cgct",
        titre="Le quorum du Conseil",
        texte="Le Conseil ne délibère que si la majorité absolue de ses membres en exercice est présente. Un pouvoir "
        "n'est pas une présence. Sinon, il se réunit de plein droit trois jours plus tard, quel que soit le nombre.",
        source=f"{CGCT}, article L3121-14",
        citation="ne peut délibérer si la majorité absolue de ses membres en exercice n'est présente",
        du=METROPOLE,
        parametres={"mode": "presents", "fraction": "majorite_absolue", "seconde_reunion_jours": 3},
        exemples=(
            Exemple(
                donne={"en_exercice": 165, "presents": 83},
                attendu=True,
                phrase="83 présents sur 165 : le quorum y est.",
            ),
            Exemple(
                donne={"en_exercice": 150, "presents": 75, "representes": 40},
                attendu=False,
                phrase="75 présents et 40 pouvoirs sur 150 : il manque une présence.",
            ),
        ),
        note=APPLICABLE,
    )
)

QUORUM_COMMISSION_PERMANENTE = publish(
    Regle(
        id="quorum-commission-permanente-cgct",
        titre="Le quorum de la Commission permanente",
        texte="La Commission permanente ne délibère que si la majorité absolue de ses membres en exercice est "
        "présente ou représentée.",
        source=f"{CGCT}, article L3121-14-1",
        du=METROPOLE,
        parametres={"mode": "presents_ou_representes", "fraction": "majorite_absolue"},
        exemples=(
            Exemple(
                donne={"en_exercice": 66, "presents": 30, "representes": 4},
                attendu=True,
                phrase="30 présents et 4 représentés sur 66 : le quorum y est.",
            ),
        ),
        note=APPLICABLE,
    )
)

QUORUM_COVID = publish(
    Regle(
        id="quorum-urgence-sanitaire-2020",
        titre="Le quorum pendant l'urgence sanitaire",
        texte="Pendant l'état d'urgence sanitaire, un tiers des membres en exercice suffit, et un membre peut tenir "
        "deux pouvoirs.",
        source="Ordonnance n° 2020-391 et loi n° 2020-1379 ; appliqué au Conseil du 22 février 2021",
        du=date(2020, 10, 31),
        au=date(2021, 9, 30),
        parametres={"mode": "presents_ou_representes", "fraction": "un_tiers", "pouvoirs_par_membre": 2},
        exemples=(
            Exemple(
                donne={"en_exercice": 150, "presents": 50},
                attendu=True,
                phrase="50 présents sur 150 : un tiers suffit.",
            ),
        ),
        note="Dates et mode de compte des représentés à confirmer par le service juridique.",
    )
)

SCRUTIN_PUBLIC = publish(
    Regle(
        id="scrutin-public-cgct",
        titre="Demander un scrutin public",
        texte="Le vote a lieu au scrutin public, par nom, si un sixième des membres présents le demande.",
        source=f"{CGCT}, article L3121-15",
        du=METROPOLE,
        exemples=(
            Exemple(
                donne={"presents": 150, "demandeurs": 24},
                attendu=False,
                phrase="24 demandes sur 150 : il en manque une.",
            ),
            Exemple(
                donne={"presents": 150, "demandeurs": 25}, attendu=True, phrase="25 demandes sur 150 : un sixième."
            ),
        ),
        note=APPLICABLE,
    )
)

UN_TIERS = publish(
    Regle(
        id="un-tiers-des-maires-2021",
        titre="La demande d'un tiers des maires",
        texte="Un tiers des maires, ou des maires qui représentent un tiers de la population, peuvent demander que la "
        "Conférence métropolitaine examine un document-cadre.",
        source=f"{PACTE}, A:114",
        citation="un tiers des Maires ou de Maires représentant au moins un tiers de la population",
        du=date(2021, 3, 15),
        exemples=(
            Exemple(
                donne={"maires": 58, "demandeurs": 20, "population": 1_398_892, "population_demandeurs": 1},
                attendu=True,
                phrase="20 maires sur 58 suffisent.",
            ),
            Exemple(
                donne={"maires": 59, "demandeurs": 1, "population": 1_398_892, "population_demandeurs": 466_298},
                attendu=True,
                phrase="Un seul maire, mais un tiers de la population.",
            ),
            Exemple(
                donne={"maires": 59, "demandeurs": 19, "population": 1_398_892, "population_demandeurs": 466_297},
                attendu=False,
                phrase="19 maires et un peu moins d'un tiers de la population : ce n'est pas assez.",
            ),
        ),
    )
)
