"""The @CTES identifier of an act sent to the prefect, read and checked."""

import re
from dataclasses import dataclass
from datetime import date

from domain.deliberations.regles import IDENTIFIANT_ACTES
from domain.errors import RegleViolee
from domain.instances.regles import siren_valide

_FORME = re.compile(r"([0-9]{3})-([0-9]{9})-([0-9]{8})-([^\s-]{1,15})-(DE|AR|AI|CC|BF|AU)", re.ASCII)


class IdentifiantActesFaux(RegleViolee):
    fondement = IDENTIFIANT_ACTES
    conseil = "Recopiez l'identifiant du tampon : département, SIREN, date, numéro, nature."


@dataclass(frozen=True)
class IdentifiantActes:
    """`069-216901496-20210206-20210206_3-DE` in its parts. `numero` is the authority's own."""

    departement: str
    siren: str
    date: date
    numero: str
    nature: str

    def __str__(self) -> str:
        day = self.date.strftime("%Y%m%d")
        return f"{self.departement}-{self.siren}-{day}-{self.numero}-{self.nature}"


def lire_identifiant(texte: str, champ: str = "id_actes") -> IdentifiantActes:
    """The identifier. Raises IdentifiantActesFaux on another shape, a wrong SIREN, a day that does not exist."""
    found = _FORME.fullmatch(texte.strip().upper())
    if found is None:
        raise IdentifiantActesFaux("Ce n'est pas la forme d'un identifiant @CTES.", field=champ)
    if not siren_valide(found[2]):
        raise IdentifiantActesFaux(f"Le SIREN {found[2]} a un chiffre faux.", field=champ)
    try:
        day = date(int(found[3][:4]), int(found[3][4:6]), int(found[3][6:]))
    except ValueError:
        raise IdentifiantActesFaux("La date de cet identifiant n'existe pas.", field=champ) from None
    return IdentifiantActes(found[1], found[2], day, found[4], found[5])


def departement_du_siren(siren: str) -> str | None:
    """« 069 » of a commune, of a département or of the Métropole; None where the SIREN does not tell.

    The SIREN of a commune is 21, that of a département 22, then its number.
    """
    if siren in IDENTIFIANT_ACTES.parametres:
        return str(IDENTIFIANT_ACTES.parametres[siren])
    if siren[:2] not in ("21", "22") or siren[2:4] == "20":  # the two of Corsica share 20
        return None
    return siren[2:5] if siren[2:4] == "97" else f"0{siren[2:4]}"


def est_identifiant(texte: str) -> bool:
    """Whether these are the words of an identifier (not yet checked)."""
    return _FORME.fullmatch(texte.strip().upper()) is not None
