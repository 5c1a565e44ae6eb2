"""Ways to reach a person or a service: e-mail, telephone, link. Checked for typing errors only, never looked up."""

import re
from datetime import date
from urllib.parse import urlsplit

from domain.errors import RegleViolee
from domain.law import Exemple, Regle, publish
from domain.texte import ligne

SIGNES_LIEN = 500

COORDONNEES = publish(
    Regle(
        id="coordonnees-2026",
        titre="Des coordonnées que l'on peut utiliser",
        texte="Un courriel a un nom, un @ et un domaine. Un téléphone a 10 chiffres ; un service peut aussi avoir "
        "un numéro court (115, 3919). Un lien commence par https:// ou http://.",
        source="choix du projet",
        du=date(2026, 1, 1),
        exemples=(
            Exemple(
                donne={"telephone": "0612345678"},
                attendu="06 12 34 56 78",
                phrase="Un numéro écrit sans espaces est compris.",
            ),
            Exemple(
                donne={"telephone": "06 12 34"}, attendu="TelephoneInvalide", phrase="Il manque des chiffres : refusé."
            ),
            Exemple(
                donne={"telephone": "3919", "service": True},
                attendu="39 19",
                phrase="Un service peut avoir un numéro court.",
            ),
        ),
    )
)

_COURRIEL = re.compile(r"[^\s@<>\",;:()\[\]\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])")
_COURRIEL_CACHE = re.compile(r"\S+@\S+\.\S+")
_TELEPHONE_CACHE = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.\-]*[1-9](?:[\s.\-]*\d){8}(?!\d)")


class CourrielInvalide(RegleViolee):
    fondement = COORDONNEES
    conseil = "Vérifiez l'adresse. Exemple : prenom.nom@exemple.fr"


class TelephoneInvalide(RegleViolee):
    fondement = COORDONNEES
    conseil = "Vérifiez le numéro. Exemple : 06 12 34 56 78"


class LienInvalide(RegleViolee):
    fondement = COORDONNEES
    conseil = "Copiez l'adresse complète de la page, avec https://"


def courriel(texte: str | None, champ: str = "courriel") -> str:
    """An e-mail address, its domain in lower case. Raises TexteVide, CourrielInvalide."""
    found = ligne(texte, champ, "Le courriel", 254)
    if not _COURRIEL.fullmatch(found) or ".." in found or len(found.partition("@")[0]) > 64:
        raise CourrielInvalide("Ce courriel n'est pas complet. Exemple : prenom.nom@exemple.fr", field=champ)
    name, _, domain = found.rpartition("@")
    return f"{name}@{domain.lower()}"


def telephone(texte: str | None, champ: str = "telephone", *, service: bool = False) -> str:
    """A French number, in pairs: `06 12 34 56 78`; for a service, short numbers too. Raises TelephoneInvalide."""
    found = re.sub(r"[\s.\-()/]", "", ligne(texte, champ, "Le téléphone", 40))
    digits = re.sub(r"^(?:\+33|0033)0?", "0", found)
    if re.fullmatch(r"0[1-9][0-9]{8}", digits) or (service and re.fullmatch(r"[1-9][0-9]{3}", digits)):
        return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))
    if service and re.fullmatch(r"1[0-9]{1,2}|1[0-9]{5}", digits):
        return digits
    raise TelephoneInvalide("Le téléphone doit avoir 10 chiffres. Exemple : 06 12 34 56 78", field=champ)


def lien(texte: str | None, champ: str = "lien") -> str:
    """The address of a page, http or https, without credentials. Raises LienInvalide."""
    found = ligne(texte, champ, "Le lien", SIGNES_LIEN)
    try:
        parts = urlsplit(found)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and parts.username is None
        _ = parts.port
    except ValueError:
        good = False
    if not good or " " in found:
        raise LienInvalide("Ce lien n'est pas complet. Exemple : https://www.exemple.fr/page", field=champ)
    return found


def nomme_quelqu_un(texte: str) -> bool:
    """Whether the text shows an e-mail address or a telephone number."""
    return bool(_COURRIEL_CACHE.search(texte) or _TELEPHONE_CACHE.search(texte))
