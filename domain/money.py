"""Money: whole cents, as people read and type them."""

import re
from datetime import date

from domain.errors import RegleViolee
from domain.law import Exemple, Regle, publish

MAX_CENTS = 10**12  # ten billion euros: more is a typing error

MONTANTS = publish(
    Regle(
        id="montants-2026",
        titre="Écrire un montant",
        texte="Un montant est en euros, avec deux chiffres après la virgule au plus. Les espaces sont libres. Il est "
        "gardé en centimes entiers : aucun arrondi n'est caché.",
        source="choix du projet",
        du=date(2026, 1, 1),
        exemples=(
            Exemple(donne={"texte": "25 000,5"}, attendu=25_000_50, phrase="25 000,5 vaut 25 000 € et 50 centimes."),
            Exemple(donne={"texte": "1e9"}, attendu="MontantInvalide", phrase="Une lettre n'est pas un montant."),
            Exemple(donne={"texte": "-3"}, attendu="MontantInvalide", phrase="Un montant n'est pas négatif."),
        ),
    )
)


class MontantInvalide(RegleViolee):
    fondement = MONTANTS
    conseil = "Écrivez un montant en euros, plus grand que zéro, comme 25 000,50."


def euros(cents: int) -> str:
    """« 58 300 000,00 € », with non-breaking spaces; a minus sign in front of what is negative."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'−' if cents < 0 else ''}{whole:,}".replace(",", "\u00a0") + f",{rest:02d}\u00a0€"


def euros_ronds(cents: int | None) -> str:
    """« 40 000 € », « 12,50 € »: without cents where there are none; nothing for None."""
    return "" if cents is None else euros(cents).replace(",00\u00a0€", "\u00a0€")


def lire_euros(texte: str, champ: str = "montant") -> int:
    """The cents of a typed amount. Raises MontantInvalide."""
    bare = re.sub(r"[\s\u00a0\u202f]|€$", "", texte.strip().removesuffix("€"))
    found = re.fullmatch(r"([0-9]{1,10})(?:[.,]([0-9]{1,2}))?", bare)
    cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else 0
    return verifie_montant(cents, champ)


def verifie_montant(cents: int, champ: str = "montant") -> int:
    """The amount itself, in cents, greater than zero. Raises MontantInvalide."""
    if type(cents) is not int or not 0 < cents <= MAX_CENTS:
        raise MontantInvalide("Ce montant n'est pas possible.", field=champ)
    return cents
