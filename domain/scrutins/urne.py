"""The urn and its two keys, as rules: what each refusal of a slip, a key sheet or a layer stands on."""

from datetime import date

from domain.errors import DejaFait, Introuvable, RegleViolee
from domain.law import Regle, publish

DEUX_CLES = publish(
    Regle(
        id="deux-cles-du-scrutin-2026",
        titre="Un bulletin est fermé par deux clés",
        texte="Chaque bulletin est fermé deux fois : pour le bureau de vote, puis pour la Métropole. Chaque clé est "
        "imprimée une seule fois, en deux exemplaires, et n'est gardée nulle part ailleurs. Personne ne peut lire un "
        "bulletin avec une seule clé. Une clé perdue en deux exemplaires oblige à revoter.",
        source="choix du projet",
        du=date(2026, 1, 1),
        note="La CNIL (délibération 2019-053) demande que personne ne puisse dépouiller seul.",
    )
)

URNE_SCELLEE = publish(
    Regle(
        id="urne-scellee-2026",
        titre="L'urne ne dit pas qui a voté quoi",
        texte="L'urne garde un bulletin fermé par billet utilisé, sans heure ni adresse. Elle ne s'ouvre qu'après la "
        "fermeture du vote. Ce qui en sort est trié : l'ordre d'arrivée disparaît. Un billet sert une seule fois.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)


class FeuilleMalCopiee(RegleViolee):
    """A key sheet with a typing error; the message says in which group."""

    fondement = DEUX_CLES
    conseil = "Relisez ce groupe sur la feuille, puis corrigez-le. Le second exemplaire peut servir."


class FeuilleIncomplete(FeuilleMalCopiee):
    conseil = "Recopiez tous les groupes de la feuille, dans l'ordre."


class FeuilleDUnAutreScrutin(RegleViolee):
    """A key sheet without a fault, but not the one whose public half this scrutin published."""

    fondement = DEUX_CLES
    conseil = "Cherchez la feuille qui porte le numéro de ce scrutin et le nom de cette clé."


class FeuilleDeLAutreCouche(FeuilleDUnAutreScrutin):
    conseil = "Demandez sa feuille à l'autre personne : chaque couche a la sienne."


class CouchePasEncore(RegleViolee):
    """A layer out of its turn, or a count before both are open."""

    fondement = DEUX_CLES
    status = 409
    conseil = "Suivez l'ordre : fermer le vote, la clé de la Métropole, la clé du bureau, le dépouillement."


class UrneAlteree(RegleViolee):
    """What the urn holds is no longer what the register says it held: nothing is opened."""

    fondement = URNE_SCELLEE
    status = 409
    conseil = "N'ouvrez rien. Prévenez la personne qui tient le registre, et consignez l'incident."


class UrneInconnue(Introuvable):
    fondement = URNE_SCELLEE
    conseil = "Créez d'abord les billets de ce scrutin."


class UrneEffaceeDeja(DejaFait):
    fondement = URNE_SCELLEE
    conseil = "Il n'en reste rien, c'est voulu : le résultat et les preuves sont dans le registre."


class BilletsDejaCrees(DejaFait):
    fondement = URNE_SCELLEE
    conseil = "Si l'impression est perdue, annulez ces billets et créez-en d'autres."


class BilletDejaUtilise(RegleViolee):
    """A slip whose ballot is in the urn can be neither revoked nor exchanged."""

    fondement = URNE_SCELLEE
    status = 409
    conseil = "Le bulletin est dans l'urne et compte. Rien d'autre n'est possible avec ce billet."


class BilletDejaRetire(RegleViolee):
    fondement = URNE_SCELLEE
    status = 409
    conseil = "Ce billet ne peut plus servir. Donnez-en un autre s'il en reste."


class BilletInconnu(Introuvable):
    fondement = URNE_SCELLEE
    conseil = "Vérifiez le code écrit sur le billet, et le scrutin."
