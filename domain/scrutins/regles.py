"""The rules of a vote, as dated data: what each refusal stands on."""

from datetime import date
from typing import Final

from domain.law import Exemple, Regle, publish

DEBUT = date(2026, 1, 1)
K_MIN: Final = 10
K_MAX: Final = 100
JOURS_MAX: Final = 60
SIGNES_RAISON: Final = 20
LOT_PAPIER: Final = 30
DEPARTAGE: Final = ("cout", "votes", "identifiant")

REGLES_DU_VOTE = publish(
    Regle(
        id="regles-du-vote-2026",
        titre="Les règles sont fixées avant le vote",
        texte="Projets, prix, budget, façon de choisir, dates, façon de compter et de départager : tout est écrit "
        "avant le vote, dans ce registre. Un projet plus cher que le budget n'est pas mis au vote. Une seconde "
        "personne relit et confirme. Ensuite, plus rien ne change : pour corriger, on annule et on recommence.",
        source="choix du projet ; délibération 2019-053 de la CNIL, niveau 1",
        du=DEBUT,
        parametres={"projets_minimum": 2, "heures_minimum": 1, "phrase_mots": 15},
        exemples=(
            Exemple(donne={"budget": 40_000, "couts": [6_000, 40_000]}, attendu="accepté",
                    phrase="Un projet peut coûter tout le budget."),
            Exemple(donne={"budget": 40_000, "couts": [6_000, 0]}, attendu="accepté",
                    phrase="Un projet peut ne rien coûter."),
            Exemple(donne={"budget": 40_000, "couts": [6_000, 40_001]}, attendu="ProjetTropCher",
                    phrase="Un euro de plus que le budget : ce projet ne pourrait jamais gagner."),
            Exemple(donne={"budget": 40_000, "couts": [6_000, -1]}, attendu="PrixImpossible",
                    phrase="Un prix n'est jamais négatif."),
            Exemple(donne={"budget": 40_000, "couts": [6_000]}, attendu="PasAssezDeProjets",
                    phrase="Avec un seul projet, il n'y a rien à choisir."),
        ),
    )
)  # fmt: skip

REGLE_DE_COMPTAGE = publish(
    Regle(
        id="regle-de-comptage-2026",
        titre="La règle de comptage dit tout",
        texte="La règle de comptage et chacun de ses paramètres sont écrits avant le vote : aucun n'est sous-entendu, "
        "car chacun peut changer les gagnants. À égalité, le projet le moins cher passe devant, puis celui qui a le "
        "plus de voix, puis l'ordre des identifiants.",
        source="choix du projet",
        du=DEBUT,
        parametres={"departage": ", ".join(DEPARTAGE), "pas_minimum_euros": 1},
        exemples=(
            Exemple(donne={"regle": "glouton", "parametres": {"score": "votes"}, "type_vote": "approval"},
                    attendu="acceptée", phrase="Par ordre de voix : un seul paramètre, et il est écrit."),
            Exemple(donne={"regle": "glouton", "parametres": {}, "type_vote": "approval"},
                    attendu="ParametreManquant", phrase="Même ce qui va de soi s'écrit."),
            Exemple(donne={"regle": "parts_egales_add1", "type_vote": "approval",
                           "parametres": {"depart": "exact", "arret": "exhaustif", "pas": "0.01"}},
                    attendu="ComptageRefuse", phrase="Les parts grandissent d'un euro au moins."),
            Exemple(donne={"regle": "au_hasard", "parametres": {}, "type_vote": "approval"},
                    attendu="ComptageRefuse", phrase="Une règle qui n'est pas dans la liste est refusée."),
        ),
    )
)  # fmt: skip

DEUX_PERSONNES = publish(
    Regle(
        id="deux-personnes-2026",
        titre="Une autre personne, au titre d'une autre fonction",
        texte="Confirmer les règles, tenir la seconde clé, saisir une seconde fois un lot de papier : une autre "
        "personne le fait, au titre d'une autre fonction. Qui tenait la première fonction le jour du premier acte ne "
        "peut pas faire le second. Chacun peut le vérifier sans qu'aucun nom soit écrit.",
        source="choix du projet ; délibération 2019-053 de la CNIL",
        du=DEBUT,
    )
)

BILLETS_COMPTES = publish(
    Regle(
        id="billets-comptes-2026",
        titre="Les billets se comptent",
        texte="Les billets sont créés avant l'ouverture, et leur nombre est écrit dans ce registre. On note combien "
        "chaque classe en reçoit et en rend : des nombres, jamais de noms. Billets remis = utilisés + échangés + "
        "rendus + perdus.",
        source="choix du projet",
        du=DEBUT,
    )
)

BUREAU_DE_VOTE = publish(
    Regle(
        id="bureau-de-vote-2026",
        titre="Ouvrir et fermer le vote",
        texte="Le bureau ouvre à deux : deux adultes, ou un adulte et un élève. Il ouvre entre les dates fixées, avec "
        "les deux clés publiées et les billets créés. Il ferme à l'heure dite ; avant, seulement si tous les billets "
        "ont servi, ou avec une raison qui est publiée. À la fermeture, tout bulletin de l'urne doit avoir été relevé.",
        source="choix du projet",
        du=DEBUT,
    )
)

PAPIER = publish(
    Regle(
        id="bulletins-papier-2026",
        titre="Le papier est le même vote",
        texte="On échange le billet avant de donner le bulletin papier. Après la fermeture, les bulletins papier sont "
        "saisis par lots de 30 au plus, deux fois, par deux personnes. Un troisième regard tranche chaque différence. "
        "Il n'y a jamais plus de bulletins papier que de billets échangés.",
        source="choix du projet",
        du=DEBUT,
        parametres={"lot_maximum": LOT_PAPIER},
    )
)

DEPOUILLEMENT = publish(
    Regle(
        id="depouillement-2026",
        titre="Dépouiller et compter",
        texte="La clé de la Métropole ouvre d'abord, puis celle du bureau. Rien ne se perd : ce qui entre égale ce qui "
        "sort, plus ce qui est rejeté. Les bulletins sont triés, puis comptés par la règle fixée avant le vote. Un "
        "bulletin nul est compté avec son motif ; ce qu'il contient n'est jamais publié.",
        source="choix du projet ; délibération 2019-053 de la CNIL",
        du=DEBUT,
    )
)

PETITS_NOMBRES = publish(
    Regle(
        id="petits-nombres-2026",
        titre="Peu de bulletins : pas de liste",
        texte="Sous le nombre fixé avec les règles du vote, dix au moins, la liste des bulletins n'est pas publiée : "
        "seulement les totaux. Une empreinte protégée permet au bureau de prouver la liste plus tard.",
        source="choix du projet",
        du=DEBUT,
        parametres={"bulletins_minimum": K_MIN},
    )
)

RECLAMATIONS = publish(
    Regle(
        id="reclamations-du-vote-2026",
        titre="Contester un vote",
        texte="Après la proclamation, chacun peut réclamer pendant le délai fixé avec les règles du vote, 15 jours par "
        "défaut. S'il finit un jour chômé, il va jusqu'au premier jour ouvré. La Direction de l'éducation tranche, "
        "avec ses raisons. Le texte de la réclamation n'est pas public.",
        source="choix du projet",
        du=DEBUT,
        parametres={"jours_par_defaut": 15, "motif_signes_minimum": SIGNES_RAISON},
        note="Le délai est à confirmer par le service juridique.",
    )
)

EFFACEMENT_DE_L_URNE = publish(
    Regle(
        id="effacement-de-l-urne-2026",
        titre="L'urne et les clés sont détruites",
        texte="Après le délai de réclamation, et toute réclamation tranchée, les bulletins fermés et le secret des "
        "billets sont détruits. Les personnes qui tenaient les clés déchirent leurs feuilles.",
        source="choix du projet ; règlement (UE) 2016/679, article 5 (limitation de la conservation)",
        du=DEBUT,
    )
)

ANNULATION = publish(
    Regle(
        id="annulation-du-vote-2026",
        titre="Annuler un vote",
        texte="Un vote s'annule avec une raison publique, tant que l'urne n'est pas détruite : une clé perdue, une "
        "réclamation admise, une erreur dans les règles. Un vote annulé ne reprend pas : on en crée un autre.",
        source="choix du projet",
        du=DEBUT,
        parametres={"motif_signes_minimum": SIGNES_RAISON},
    )
)

ESSAI = publish(
    Regle(
        id="vote-d-essai-2026",
        titre="Un vote d'essai ne compte pas",
        texte="Un vote d'essai suit les mêmes étapes, mais ne se rattache à aucun dossier et ne se proclame pas. Il "
        "peut commencer tout de suite et finir quand on veut. La direction peut y tenir la clé de la Métropole.",
        source="choix du projet",
        du=DEBUT,
    )
)
