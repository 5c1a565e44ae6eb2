"""The envelopes of the Pacte de cohérence métropolitain 2021-2026, in cents, and the sums that must hold."""

from datetime import date
from typing import Final, Literal

from domain.law import Exemple, Regle, publish

Enveloppe = Literal["fic", "prox", "projets"]

ANNEES: Final = (2021, 2022, 2023, 2024, 2025, 2026)
PLANCHER_ANNUEL: Final = 25_000_00
PLANCHER_MANDAT: Final = PLANCHER_ANNUEL * len(ANNEES)
MASSES: Final[dict[str, int]] = {"fic": 58_300_000_00, "prox": 59_700_000_00, "projets": 82_000_000_00}
TOTAL: Final = 200_000_000_00

PACTE = "Pacte de cohérence métropolitain 2021-2026"

MASSES_DU_PACTE = publish(
    Regle(
        id="masses-du-pacte-2021",
        titre="Les 200 millions d'euros du Pacte",
        texte="58,3 millions d'euros vont au fonds d'initiative communale (FIC), 59,7 millions aux actions de "
        "proximité (PROX), soit 118 millions ; 82 millions vont aux projets des territoires. Le tout fait 200"
        " millions, de 2021 à 2026.",
        source=f"{PACTE}, A:739, A:743, A:753 et A:763",
        citation="Le FIC s'élève ainsi à 58,3 M€, la PROX à 59,7 M€",
        du=date(2021, 3, 15),
        au=date(2026, 12, 31),
        parametres={**{f"{nom}_cents": montant for nom, montant in MASSES.items()}, "total_cents": TOTAL},
    )
)

CLE_DE_REPARTITION = publish(
    Regle(
        id="cle-de-repartition-2021",
        titre="La clé de répartition",
        texte="Le FIC est partagé entre les communes, la PROX entre les conférences territoriales des maires : au "
        "prorata du nombre d'habitants et de la surface de voirie. Une commune a au moins 25 000 € par an de FIC : ce "
        "qui lui manque est pris aux autres au prorata, autant de fois qu'il le faut. L'enveloppe des projets est "
        "partagée selon le seul nombre d'habitants. Les centimes qui restent vont aux plus forts restes, puis à la "
        "plus grande population, puis au plus petit code INSEE : la somme est toujours l'enveloppe, au centime près.",
        source=f"{PACTE}, A:754, A:756 et A:763 ; plus forts restes et plancher itéré : choix du projet",
        citation="au prorata du nombre d'habitants et de la surface de voirie, dès le premier euro",
        du=date(2021, 3, 15),
        au=date(2026, 12, 31),
        parametres={"plancher_annuel_cents": PLANCHER_ANNUEL, "annees": len(ANNEES)},
        exemples=(
            Exemple(
                donne={"cents": 100, "parts": 3},
                attendu=[34, 33, 33],
                phrase="Un euro en trois parts égales : le centime qui reste va à la première.",
            ),
            Exemple(
                donne={"cents": 15_000_001, "parts": 6},
                attendu=[2_500_001, 2_500_000, 2_500_000, 2_500_000, 2_500_000, 2_500_000],
                phrase="Le mandat est partagé une fois ; une année en est le sixième.",
            ),
        ),
        note="Le Pacte ne donne pas le poids relatif de la population et de la voirie : il est un paramètre "
        "obligatoire (alpha), montré avec ses conséquences avant d'être adopté.",
    )
)

NOUVEAU_PARTAGE = publish(
    Regle(
        id="nouveau-partage-2021",
        titre="Un nouveau partage en cours de mandat",
        texte="Un recensement ou une fusion de communes peut changer le partage. Il ne change que les années à venir "
        "et dit pourquoi. Il partage ce que les années d'avant n'ont pas reçu, à parts égales entre les années qui "
        "restent : le mandat fait toujours l'enveloppe, au centime près. Une dotation s'inscrit dans son année, pas "
        "avant.",
        source="choix du projet",
        du=date(2021, 3, 15),
        au=date(2026, 12, 31),
        exemples=(
            Exemple(
                donne={"cents": 10_00, "annees": 6, "passees": 3},
                attendu=[1_67, 1_66, 1_66],
                phrase="10 € en six ans : trois années ont reçu 1,67 € chacune. Il reste 4,99 € pour les trois autres.",
            ),
        ),
    )
)
