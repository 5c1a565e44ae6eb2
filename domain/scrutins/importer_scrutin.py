"""Importer un scrutin : what `registre pabulib import` records, on the machine itself: an election held elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.identifiers import suite_annuelle
from domain.ledger.command import Command
from domain.ledger.event import Event
from domain.scrutins.events import LignesImportees, ScrutinImporte
from domain.scrutins.importes import IMPORT_PABULIB, ElectionImportee, courte, decouper
from domain.texte import ligne

INSTALLATION = "installation"


@dataclass
class ImporterScrutin(Command):
    """`election` was read and counted by `preparer`; `source` says where the file comes from, `le` the day in Paris.

    Everything is written in one act. Sent under the file's digest as its idempotency key, a file enters once.
    """

    election: ElectionImportee
    source: str
    le: date

    def series(self) -> str:
        return suite_annuelle("SC", self.le.year)

    def reads(self) -> list[str]:
        return [f"scrutins/{self.reference}"]

    def decide(self) -> Iterable[Event]:
        lu, compte, resultat = self.election.fichier, self.election.election, self.election.resultat
        codage, lots = decouper(self.election.contenu)
        yield ScrutinImporte(
            survenu_le=self.le,
            regle=IMPORT_PABULIB.id,
            titre=ligne(self.election.titre, "titre", "Le titre"),
            source=ligne(self.source, "source", "La source"),
            meta=courte(lu.meta),
            type_vote=compte.type_vote,  # type: ignore[arg-type]  # one of TYPES_DE_VOTE, checked by Election
            budget=compte.budget,
            unite=compte.unite,
            longueur_max=compte.longueur_max,
            n_projets=len(compte.projets),
            n_bulletins=compte.votants,
            regle_comptage=resultat.regle,
            parametres=resultat.parametres_utiles(),
            gagnants=resultat.gagnants,
            empreinte=self.election.empreinte,
            par=INSTALLATION,
            codage="base64" if codage == "base64" else "texte",
            note=self.election.note,
        )
        for lot, lignes in enumerate(lots, start=1):
            yield LignesImportees(survenu_le=self.le, lot=lot, lots=len(lots), lignes=lignes)
