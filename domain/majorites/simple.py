"""The majority of votes cast, with the casting vote of the chair."""

from dataclasses import dataclass

from domain.majorites.suffrages import Issue, Sens, Suffrages


@dataclass(frozen=True, slots=True)
class Resultat:
    """What a vote decides; `preponderante`: the voice of the chair made the difference."""

    suffrages: Suffrages
    issue: Issue
    preponderante: bool = False
    president: Sens | None = None

    @property
    def phrase(self) -> str:
        """The arithmetic, unfolded."""
        s = self.suffrages
        counts = [f"{s.pour} pour", f"{s.contre} contre"]
        counts += [_compte(s.abstentions, "abstention")] if s.abstentions else []
        counts += [f"{s.nuls} {'blanc ou nul' if s.nuls == 1 else 'blancs ou nuls'}"] if s.nuls else []
        cast = _compte(s.exprimes, "suffrage exprimé", "suffrages exprimés")
        return f"{', '.join(counts)}\u00a0: {cast}, {self._decision()}"

    def _decision(self) -> str:
        s = self.suffrages
        if s.pour != s.contre:
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
    return _majorite(suffrages, president, "sans_avis")


def majorite_conseil(suffrages: Suffrages, president: Sens | None) -> Resultat:
    """A deliberation of the Council (L3121-15). `president` is None in a secret ballot: a tie is then a rejection."""
    return _majorite(suffrages, president, "defavorable")


def _majorite(suffrages: Suffrages, president: Sens | None, undecided: Issue) -> Resultat:
    if suffrages.pour != suffrages.contre:
        return Resultat(suffrages, "favorable" if suffrages.pour > suffrages.contre else "defavorable")
    if suffrages.exprimes and president in ("pour", "contre"):
        return Resultat(suffrages, "favorable" if president == "pour" else "defavorable", True, president)
    return Resultat(suffrages, undecided, president=president)


def _compte(nombre: int, un: str, plusieurs: str = "") -> str:
    return f"{nombre} {un if nombre < 2 else plusieurs or un + 's'}"
