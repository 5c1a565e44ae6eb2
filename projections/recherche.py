"""Full-text search: what can be found, and the words by which it is found.

The databases are in the C locale: accents and case are folded here, at indexing and at query alike.
"""

import unicodedata
from collections.abc import Iterable
from typing import ClassVar

from domain.avis.events import AvisRendu, SaisineDeposee
from domain.budget_participatif.events import FaisabiliteRendue, IdeeModeree, IntentionDeposee, ProjetArrete
from domain.effacements.events import EffacementDemande
from domain.instances.events import AppellationInscrite, CommuneInscrite, CommunesFusionnees, InstanceInscrite
from domain.ledger.event import Recorded
from domain.propositions.events import (
    PropositionDeposee,
    PropositionQualifiee,
    PropositionRetiree,
    PublicationModeree,
    QualificationRectifiee,
    SuiteDonnee,
)
from domain.propositions.regles import THEMES
from projections.rows import Key, Projection, Row, Rows, handles

TEXTE = PropositionDeposee.PERSONAL["texte"]


def fold(text: str, kept: str = "") -> str:
    """Lower case without accents; whatever is neither letter nor figure is a space, but the signs in `kept`."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    signs = (c if c.isalnum() or c in kept else " " for c in bare if not unicodedata.combining(c))
    return " ".join("".join(signs).split())


class DocumentRow(Row, kw_only=True):
    """Something that can be found; `genre` says what (proposition, instance, budget…), `noms` are its other names.

    `position` and `version` are those of its first event; `publie`: everyone may read its text; `efface`: nobody can.
    """

    TABLE: ClassVar[str] = "recherche"
    KEY: ClassVar[str] = "cle"
    cle: str
    genre: str
    reference: str
    titre: str = ""
    theme: str = ""
    reponse: str = ""
    noms: str = ""
    position: int
    version: int = 1
    publie: bool = False
    efface: bool = False


class MotsRow(Row, kw_only=True):
    """The words of a document, folded; the table keeps their vector only."""

    TABLE: ClassVar[str] = "recherche_mots"
    KEY: ClassVar[str] = "cle"
    cle: str
    position: int
    titre: str
    texte: str
    vecteur: str = ""


class Recherche(Projection):
    """Tables `recherche` and `recherche_mots`."""

    NAME = "recherche"
    ROWS = (DocumentRow, MotsRow)
    REVEALS = True

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        if type(fact.event) not in self.handlers:
            return
        keys = {fact.stream}
        if isinstance(fact.event, CommunesFusionnees):
            keys.add(f"communes/{fact.event.insee}")
        if isinstance(fact.event, ProjetArrete):
            keys.add(f"{fact.stream}/{fact.event.projet}")
        for key in keys:
            yield DocumentRow, key
            yield MotsRow, key

    def reveals(self, fact: Recorded, rows: Rows) -> Iterable[int]:
        document = rows.get(DocumentRow, fact.stream)
        if document is None or document.efface or type(fact.event) not in self.handlers:
            return
        if document.publie or (isinstance(fact.event, PublicationModeree) and fact.event.decision == "publier"):
            yield document.position

    @handles(PropositionDeposee)
    def on_proposition_deposee(self, fact: Recorded, rows: Rows) -> None:
        event, reference = fact.event, fact.stream.partition("/")[2]
        assert isinstance(event, PropositionDeposee)
        document = DocumentRow(
            cle=fact.stream, genre="proposition", reference=reference, noms=event.instance,
            position=fact.position, version=fact.version,
        )  # fmt: skip
        self._index(document, rows)

    @handles(PropositionQualifiee, QualificationRectifiee)
    def on_qualification(self, fact: Recorded, rows: Rows) -> None:
        event, document = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, PropositionQualifiee | QualificationRectifiee)
        if document is not None:
            document.titre, document.theme = event.titre, event.theme
            self._index(document, rows)

    @handles(SuiteDonnee)
    def on_suite_donnee(self, fact: Recorded, rows: Rows) -> None:
        event, document = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, SuiteDonnee)
        if document is not None:
            document.reponse = " ".join(filter(None, (event.motif, event.qui)))
            self._index(document, rows)

    @handles(PublicationModeree)
    def on_publication_moderee(self, fact: Recorded, rows: Rows) -> None:
        event, document = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, PublicationModeree)
        if document is not None:
            document.publie = event.decision == "publier"
            self._index(document, rows)

    @handles(PropositionRetiree)
    def on_proposition_retiree(self, fact: Recorded, rows: Rows) -> None:
        document = rows.get(DocumentRow, fact.stream)
        if document is not None:
            document.publie = False
            self._index(document, rows)

    @handles(EffacementDemande)
    def on_effacement_demande(self, fact: Recorded, rows: Rows) -> None:
        event, document = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, EffacementDemande)
        if document is not None and document.version in event.versions and TEXTE in event.portees:
            document.efface = True
            self._index(document, rows)

    @handles(IntentionDeposee)
    def on_intention_deposee(self, fact: Recorded, rows: Rows) -> None:
        event, reference = fact.event, fact.stream.partition("/")[2]
        assert isinstance(event, IntentionDeposee)
        document = DocumentRow(
            cle=fact.stream, genre="budget", reference=reference, titre=f"Budget participatif {event.edition}",
            noms=event.college.replace("-", " "), position=fact.position,
        )  # fmt: skip
        self._index(document, rows)

    @handles(ProjetArrete)
    def on_projet_arrete(self, fact: Recorded, rows: Rows) -> None:
        event, dossier = fact.event, fact.stream.partition("/")[2]
        assert isinstance(event, ProjetArrete)
        document = DocumentRow(
            cle=f"{fact.stream}/{event.projet}", genre="projet", reference=f"{dossier}#{event.projet}",
            titre=event.titre, noms=f"{event.phrase} {event.lieu}", position=fact.position,
        )  # fmt: skip
        self._index(document, rows)

    @handles(IdeeModeree)
    def on_idee_moderee(self, fact: Recorded, rows: Rows) -> None:
        event, former = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, IdeeModeree)
        if event.decision == "publier":
            document = DocumentRow(
                cle=fact.stream, genre="idee", reference=fact.stream.partition("/")[2], titre=event.titre or "",
                noms=event.resume or "", position=former.position if former else fact.position,
            )  # fmt: skip
            self._index(document, rows)
        elif former is not None:
            rows.delete(DocumentRow, former.cle)
            rows.delete(MotsRow, former.cle)

    @handles(FaisabiliteRendue)
    def on_faisabilite_rendue(self, fact: Recorded, rows: Rows) -> None:
        event, document = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, FaisabiliteRendue)
        if document is not None:
            document.reponse = event.motif
            self._index(document, rows)

    @handles(SaisineDeposee)
    def on_saisine_deposee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, SaisineDeposee)
        document = DocumentRow(
            cle=fact.stream, genre="saisine", reference=fact.stream.partition("/")[2], titre=event.objet,
            noms=f"{event.de} {event.a}".replace("-", " "), position=fact.position,
        )  # fmt: skip
        self._index(document, rows)

    @handles(AvisRendu)
    def on_avis_rendu(self, fact: Recorded, rows: Rows) -> None:
        event, document = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, AvisRendu)
        if document is not None:
            document.reponse = " ".join(filter(None, (event.motivation, *event.reserves, event.id_actes)))
            self._index(document, rows)

    @handles(InstanceInscrite)
    def on_instance(self, fact: Recorded, rows: Rows) -> None:
        event, former = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, InstanceInscrite)
        if event.type == "conseil_municipal":
            return  # its commune is found by its name, and leads to it
        noms = " ".join(filter(None, (event.sigle, former.noms if former else "")))
        document = DocumentRow(
            cle=fact.stream, genre="college" if event.type == "college" else "instance", reference=event.instance,
            titre=event.nom, noms=noms,
            position=fact.position,
        )  # fmt: skip
        self._index(document, rows)

    @handles(AppellationInscrite)
    def on_appellation(self, fact: Recorded, rows: Rows) -> None:
        event, document = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, AppellationInscrite)
        if document is not None:
            document.noms = " ".join(filter(None, (document.noms, event.nom, event.sigle)))
            self._index(document, rows)

    @handles(CommuneInscrite)
    def on_commune(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, CommuneInscrite)
        document = DocumentRow(
            cle=fact.stream, genre="commune", reference=event.insee, titre=event.nom, position=fact.position
        )
        self._index(document, rows)

    @handles(CommunesFusionnees)
    def on_fusion(self, fact: Recorded, rows: Rows) -> None:
        event, former = fact.event, rows.get(DocumentRow, fact.stream)
        assert isinstance(event, CommunesFusionnees)
        noms = f"{former.noms} {former.titre}".strip() if former is not None else ""
        document = DocumentRow(
            cle=f"communes/{event.insee}", genre="commune", reference=event.insee, titre=event.nom, noms=noms,
            position=fact.position,
        )  # fmt: skip
        self._index(document, rows)

    def _index(self, document: DocumentRow, rows: Rows) -> None:
        """Writes the document and its words, those of its text only while everyone may read it."""
        readable = document.publie and not document.efface
        text = (rows.reveal(document.position).get("texte") or "") if readable else ""
        theme = THEMES.parametres.get(document.theme, document.theme)
        words = fold(f"{theme} {document.reference} {document.noms} {document.reponse} {text}")
        rows.put(document)
        rows.put(MotsRow(cle=document.cle, position=document.position, titre=fold(document.titre), texte=words))
