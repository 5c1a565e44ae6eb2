"""Modérer une idée : an adult of the collège shows it under a neutral title, or sets it aside and says why."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.budget_participatif.events import DecisionIdee, IdeeModeree, MotifEcart
from domain.budget_participatif.idee import ActeSurIdee, IdeeDejaRegroupee
from domain.budget_participatif.regles import IDEES
from domain.coordonnees import nomme_quelqu_un
from domain.errors import DejaFait, RegleViolee
from domain.ledger.event import Event
from domain.texte import SIGNES_TITRE, ligne, propre

SIGNES_RESUME = 400


class RaisonDEcartManquante(RegleViolee):
    fondement = IDEES
    conseil = "Choisissez la raison dans la liste."


class IdeeQuiNommeQuelquUn(RegleViolee):
    fondement = IDEES
    conseil = "Écrivez ce qui est proposé, et personne."


class IdeeDejaLue(DejaFait):
    fondement = IDEES


@dataclass
class ModererIdee(ActeSurIdee):
    """`titre` and `resume` are public and name nobody; `motif` is for `ecarter`. May be decided again otherwise."""

    DROIT = "moderer_idee"

    decision: DecisionIdee
    titre: str | None = None
    resume: str | None = None
    motif: MotifEcart | None = None

    def decide(self) -> Iterable[Event]:
        par, [idee] = self.agit()
        if idee.regroupement is not None:
            raise IdeeDejaRegroupee(f"Cette idée a rejoint {idee.regroupement.dans}.", field="idee")
        titre, resume, motif = self._montree() if self.decision == "publier" else self._ecartee()
        decided = IdeeModeree(
            survenu_le=self.le, regle=IDEES.id, decision=self.decision, titre=titre, resume=resume, motif=motif, par=par
        )
        if (was := idee.lecture) is not None and (was.decision, was.titre, was.resume, was.motif) == (
            decided.decision, decided.titre, decided.resume, decided.motif,
        ):  # fmt: skip
            raise IdeeDejaLue("Cette décision est déjà prise.")
        yield decided

    def _montree(self) -> tuple[str, str, None]:
        titre = ligne(self.titre, "titre", "Le titre", SIGNES_TITRE)
        resume = propre(self.resume, SIGNES_RESUME, "resume", "Le résumé")
        for champ, texte in (("titre", titre), ("resume", resume)):
            if nomme_quelqu_un(texte):
                raise IdeeQuiNommeQuelquUn("Ce texte public montre un courriel ou un téléphone.", field=champ)
        return titre, resume, None

    def _ecartee(self) -> tuple[None, None, MotifEcart]:
        if self.motif is None:
            raise RaisonDEcartManquante("Il manque la raison d'écarter cette idée.", field="motif")
        return None, None, self.motif
