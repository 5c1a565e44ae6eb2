"""Deliberations of other authorities, one row each, as their open data have them."""

from datetime import date
from typing import ClassVar

from domain.calendrier import jour
from domain.deliberations.events import DeliberationImportee
from domain.ledger.event import Recorded
from projections.rows import Projection, Row, Rows, handles


class ImporteeRow(Row, kw_only=True):
    """`identifiant` is the file's own; the five numbers of the vote are all there or none; `reel`: how many voted."""

    TABLE: ClassVar[str] = "deliberations_importees"
    KEY: ClassVar[str] = "numero"
    numero: str
    collectivite: str
    siret: str
    identifiant: str
    votee_le: date
    objet: str
    matiere_code: str
    matiere_nom: str
    budget_annee: str | None
    budget_nom: str | None
    pref_id: str | None
    pref_date: date | None
    effectif: int | None
    reel: int | None
    pour: int | None
    contre: int | None
    abstentions: int | None
    url: str | None
    source: str
    depot: int


class Importees(Projection):
    """Table `deliberations_importees`."""

    NAME = "importees"
    ROWS = (ImporteeRow,)

    @handles(DeliberationImportee)
    def on_importee(self, fact: Recorded, rows: Rows) -> None:
        """Writes its row: it happens once to a number."""
        event = fact.event
        assert isinstance(event, DeliberationImportee) and event.survenu_le is not None
        rows.put(
            ImporteeRow(
                numero=event.numero,
                collectivite=event.collectivite,
                siret=event.siret,
                identifiant=event.identifiant,
                votee_le=jour(event.survenu_le),
                objet=event.objet,
                matiere_code=event.matiere_code,
                matiere_nom=event.matiere_nom,
                budget_annee=event.budget_annee,
                budget_nom=event.budget_nom,
                pref_id=event.pref_id,
                pref_date=event.pref_date,
                effectif=event.effectif,
                reel=event.reel,
                pour=event.pour,
                contre=event.contre,
                abstentions=event.abstentions,
                url=event.url,
                source=event.source,
                depot=fact.position,
            )
        )
