"""The rules of the instances and of the communes, as dated data."""

from datetime import date

from domain.law import Exemple, Regle, publish

INSTANCES = publish(
    Regle(
        id="instances-2026",
        titre="Inscrire une instance",
        texte="Une instance a un nom, un sigle, des dates et une source. Celle qui reçoit des propositions numérote "
        "ses dossiers avec son sigle (GEPI-2026-0001), et un service répond pour elle. Ses autres noms restent, avec "
        "leurs dates.",
        source="choix du projet",
        du=date(2026, 1, 1),
    )
)

SERVICE_JOIGNABLE = publish(
    Regle(
        id="service-joignable-crpa",
        titre="Le service chargé du dossier est joignable",
        texte="L'accusé de réception montre le service chargé du dossier, son adresse et son téléphone : un service "
        "qui répond a donc les deux.",
        source="Code des relations entre le public et l'administration, article R112-11-1",
        du=date(2016, 11, 7),
        note="Article lu ; sa date d'entrée en vigueur est à confirmer par le service juridique.",
    )
)

CODES_DES_COMMUNES = publish(
    Regle(
        id="codes-des-communes-2026",
        titre="Les codes d'une commune",
        texte="Une commune a un code INSEE de cinq signes et un SIREN de neuf chiffres, dont le dernier contrôle les "
        "autres (formule de Luhn). Sa population est celle que l'INSEE publie, avec l'année.",
        source="INSEE",
        du=date(2026, 1, 1),
        exemples=(
            Exemple(donne={"siren": "216901496"}, attendu=True, phrase="Le SIREN d'Oullins est bien formé."),
            Exemple(donne={"siren": "216901497"}, attendu=False, phrase="Un chiffre changé se voit."),
        ),
    )
)

FUSION = publish(
    Regle(
        id="fusion-de-communes-2026",
        titre="Quand des communes fusionnent",
        texte="Les communes absorbées finissent la veille ; la nouvelle garde le code INSEE de l'une d'elles et reçoit "
        "un SIREN. Ce qui portait l'ancien nom se lit toujours, sous l'ancien nom et sous le nouveau.",
        source="choix du projet",
        du=date(2026, 1, 1),
        note="Oullins et Pierre-Bénite ne font qu'une commune depuis le 1er janvier 2024 : 59 communes, puis 58.",
    )
)


def luhn(chiffres: str) -> bool:
    """Whether these digits pass the Luhn check (ISO/IEC 7812-1)."""
    if not (chiffres.isascii() and chiffres.isdigit()):
        return False
    doubled = (int(c) * (2 if place % 2 else 1) for place, c in enumerate(reversed(chiffres)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def siren_valide(siren: str) -> bool:
    """Nine digits that pass the Luhn check."""
    return len(siren) == 9 and siren != "000000000" and luhn(siren)
