"""Importer une délibération : one line of another authority's open data, recorded by the installation."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.deliberations.deliberation import flux_deliberation
from domain.deliberations.events import DeliberationImportee, ProjetDepose
from domain.deliberations.scdl import SCDL, DejaImportee, LigneScdl
from domain.identifiers import est_numero
from domain.ledger.command import Command
from domain.ledger.event import Event
from domain.texte import ligne

INSTALLATION = "installation"


@dataclass
class ImporterDeliberation(Command):
    """`lue` was checked by `lire_ligne`. Sent under the line's digest as its idempotency key, a line enters once."""

    lue: LigneScdl
    source: str
    importee: DeliberationImportee | None = field(default=None, init=False)
    votee_ici: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        """The deliberation's own stream; and that of the same number here, if it has the shape of ours."""
        own = [flux_deliberation(self.lue.numero)]
        return [*own, f"deliberations/{self.lue.delib_id}"] if est_numero(self.lue.delib_id) else own

    def know(self, event: Event) -> None:
        match event:
            case DeliberationImportee():
                self.importee = event
            case ProjetDepose() if event.siren == self.lue.siret[:9]:
                self.votee_ici = True

    def decide(self) -> Iterable[Event]:
        lue = self.lue
        if self.votee_ici:
            raise DejaImportee("Cette délibération est déjà dans le registre, avec ses étapes.", field="DELIB_ID")
        if self.importee is not None:
            known = self.importee.identifiant
            raise DejaImportee(f"Le registre a déjà « {known} », avec un autre contenu.", field="DELIB_ID")
        yield DeliberationImportee(
            survenu_le=lue.le,
            regle=SCDL.id,
            numero=lue.numero,
            collectivite=lue.collectivite,
            siret=lue.siret,
            identifiant=lue.delib_id,
            objet=lue.objet,
            matiere_code=lue.matiere_code,
            matiere_nom=lue.matiere_nom,
            source=ligne(self.source, "source", "La source"),
            par=INSTALLATION,
            budget_annee=lue.budget_annee,
            budget_nom=lue.budget_nom,
            pref_id=lue.pref_id,
            pref_date=lue.pref_date,
            effectif=lue.effectif,
            reel=lue.reel,
            pour=lue.pour,
            contre=lue.contre,
            abstentions=lue.abstention,
            url=lue.url,
        )
