"""The majority of votes cast, with the casting vote of the chair."""

from dataclasses import dataclass
from typing import Literal

from domain.majorites.suffrages import Issue, Sens, Suffrages


@dataclass(frozen=True, slots=True)
class ParametresMajorite:
    """What a rule-set may choose. `base`: votes cast, or every voice heard; `sans_majorite`: when nothing decides."""

    base: Literal["exprimes", "toutes"] = "exprimes"
    seuil: Literal["majorite", "deux_tiers"] = "majorite"
    voix_preponderante: bool = True
    sans_majorite: Issue = "sans_avis"

    def total(self, suffrages: Suffrages) -> int:
        """The voices that the share is taken of."""
        return suffrages.exprimes if self.base == "exprimes" else suffrages.comptes

    def requis(self, suffrages: Suffrages) -> int:
        """How many voices for are needed."""
        total = self.total(suffrages)
        return total // 2 + 1 if self.seuil == "majorite" else -(-2 * total // 3)

    @property
    def usuelle(self) -> bool:
        """More votes for than against, among votes cast."""
        return (self.base, self.seuil) == ("exprimes", "majorite")


@dataclass(frozen=True, slots=True)
class Resultat:
    """What a vote decides; `preponderante`: the voice of the chair made the difference."""

    suffrages: Suffrages
    issue: Issue
    preponderante: bool = False
    president: Sens | None = None
    parametres: ParametresMajorite = ParametresMajorite()

    @property
    def phrase(self) -> str:
        """The arithmetic, unfolded."""
        s = self.suffrages
        counts = [f"{s.pour} pour", f"{s.contre} contre"]
        counts += [_compte(s.abstentions, "abstention")] if s.abstentions else []
        counts += [f"{s.nuls} {'blanc ou nul' if s.nuls == 1 else 'blancs ou nuls'}"] if s.nuls else []
        if not self.parametres.usuelle and s.exprimes:
            return f"{', '.join(counts)}\u00a0: {self._part()}"
        cast = _compte(s.exprimes, "suffrage exprimé", "suffrages exprimés")
        return f"{', '.join(counts)}\u00a0: {cast}, {self._decision()}"

    def _part(self) -> str:
        p, s = self.parametres, self.suffrages
        voices = _compte(p.total(s), "voix comptée", "voix comptées")
        verdict = "c'est assez" if s.pour >= p.requis(s) else "ce n'est pas assez"
        tie = f" {self._decision().capitalize()}" if p.seuil == "majorite" and 2 * s.pour == p.total(s) else ""
        return f"{voices}, il en faut {p.requis(s)} pour. {'' if tie else f'{s.pour} pour, {verdict}.'}{tie}".strip()

    def _decision(self) -> str:
        s = self.suffrages
        if s.pour != s.contre and self.parametres.usuelle:
            return f"{'pour' if s.pour > s.contre else 'contre'} l'emporte."
        if not s.exprimes:
            return "personne ne s'est prononcé."
        if self.preponderante:
            return f"égalité. La voix de la présidence, {self.president}, l'emporte."
        if self.president == "abstention":
            return "égalité. La présidence s'est abstenue."
        return "égalité, et personne ne départage."


def majorite_ctm(suffrages: Suffrages, president: Sens | None) -> Resultat:
    """An avis of a conférence territoriale des maires (A:228). `president`: how the chair voted, None if absent."""
    return majorite(suffrages, president, ParametresMajorite())


def majorite_conseil(suffrages: Suffrages, president: Sens | None) -> Resultat:
    """A deliberation of the Council (L3121-15). `president` is None in a secret ballot: a tie is then a rejection."""
    return majorite(suffrages, president, ParametresMajorite(sans_majorite="defavorable"))


def majorite(suffrages: Suffrages, president: Sens | None, parametres: ParametresMajorite) -> Resultat:
    """The result under these parameters. `president`: how the chair voted, None if absent or in secret."""
    p, s = parametres, suffrages
    if not s.exprimes:
        return Resultat(s, p.sans_majorite, president=president, parametres=p)
    if p.seuil == "majorite" and 2 * s.pour == p.total(s):
        if p.voix_preponderante and president in ("pour", "contre"):
            return Resultat(s, "favorable" if president == "pour" else "defavorable", True, president, p)
        return Resultat(s, p.sans_majorite, president=president, parametres=p)
    return Resultat(s, "favorable" if s.pour >= p.requis(s) else "defavorable", parametres=p)


def _compte(nombre: int, un: str, plusieurs: str = "") -> str:
    return f"{nombre} {un if nombre < 2 else plusieurs or un + 's'}"
