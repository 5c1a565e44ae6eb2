"""The money: envelopes, accounts with each movement and the balance after it, operations, the follow-up of the Pacte.

A page of a past day or position reads the same movements, up to there.
"""

from collections.abc import Iterable

from domain.enveloppes import events as e
from domain.enveloppes.proposer_operation import depasse
from domain.ledger.event import Recorded
from projections.argent_rows import (
    CompteRow,
    EnveloppeRow,
    MouvementRow,
    OperationRow,
    PhotographieRow,
    RendezVousRow,
    TerritoireRow,
)
from projections.rows import Key, Projection, Row, Rows, handles, legal_day

ETATS = ("proposee", "etudiee", "decidee", "engagee", "commencee", "receptionnee", "soldee", "abandonnee")
PREMIERES: dict[str, type[Row]] = {
    "enveloppes": EnveloppeRow,
    "comptes": CompteRow,
    "operations": OperationRow,
    "territoires": TerritoireRow,
    "photographies": PhotographieRow,
    "rendez-vous": RendezVousRow,
}
CREDITS = (e.CreditEngage, e.CreditLibere, e.CreditMandate)


class Argent(Projection):
    """Tables `enveloppes`, `comptes`, `mouvements`, `operations`, `territoires`, `photographies`, `rendez_vous`."""

    NAME = "argent"
    ROWS = (EnveloppeRow, CompteRow, MouvementRow, OperationRow, TerritoireRow, PhotographieRow, RendezVousRow)

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        if type(fact.event) not in self.handlers:
            return
        feature, _, name = fact.stream.partition("/")
        yield PREMIERES[feature], name
        match fact.event:
            case e.ReconductionAccordee():
                yield CompteRow, _precedent(fact)
            case e.CreditEngage() | e.CreditLibere() | e.CreditMandate():
                yield OperationRow, fact.event.operation

    @handles(e.EnveloppeOuverte)
    def on_enveloppe_ouverte(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.EnveloppeOuverte)
        row = EnveloppeRow(
            reference=_nom(fact),
            nom=event.enveloppe,
            titre=event.titre,
            montant_cents=event.montant_cents,
            annee_debut=event.annee_debut,
            annee_fin=event.annee_fin,
            deliberation=event.deliberation,
            hors_pacte=event.hors_pacte,
            ouverte_le=legal_day(fact),
            position=fact.position,
        )
        rows.put(row)

    @handles(e.RepartitionAdoptee)
    def on_repartition_adoptee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(EnveloppeRow, _nom(fact))
        assert isinstance(event, e.RepartitionAdoptee)
        if row is not None:
            row.alpha, row.repartition, row.repartie_le = event.alpha, event.deliberation, legal_day(fact)
            row.repartitions, row.position = row.repartitions + 1, fact.position
            rows.put(row)

    @handles(e.DotationInscrite)
    def on_dotation_inscrite(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.DotationInscrite)
        row = CompteRow(
            cle=_nom(fact),
            enveloppe=event.enveloppe,
            nom=event.nom,
            beneficiaire=event.beneficiaire,
            annee=event.annee,
            deliberation=event.deliberation,
            dotation_cents=event.cents,
            position=fact.position,
        )
        _mouvement(fact, rows, row, "dotation", event.cents, acte=event.deliberation)

    @handles(e.DotationRectifiee)
    def on_dotation_rectifiee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(CompteRow, _nom(fact))
        assert isinstance(event, e.DotationRectifiee)
        if row is not None:
            row.rectifie_cents += event.difference_cents
            cents, motif = event.difference_cents, event.motif
            _mouvement(fact, rows, row, "rectification", cents, acte=event.deliberation, motif=motif)

    @handles(e.ReconductionAccordee)
    def on_reconduction_accordee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.ReconductionAccordee)
        before, after = rows.get(CompteRow, _precedent(fact)), rows.get(CompteRow, _nom(fact))
        if before is not None:
            before.sorti_cents += event.cents
            _mouvement(fact, rows, before, "sortie", -event.cents, acte=event.deliberation)
        if after is not None:
            after.reconduit_cents += event.cents
            _mouvement(fact, rows, after, "reconduction", event.cents, acte=event.deliberation)

    @handles(e.AbondementInscrit)
    def on_abondement_inscrit(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(CompteRow, _nom(fact))
        assert isinstance(event, e.AbondementInscrit)
        if row is not None:
            row.abonde_cents += event.cents
            _mouvement(fact, rows, row, "abondement", event.cents, acte=event.acte)

    @handles(*CREDITS)
    def on_credit(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(CompteRow, _nom(fact))
        assert isinstance(event, CREDITS)
        if row is None:
            return
        motif = event.motif if isinstance(event, e.CreditLibere) else None
        match event:
            case e.CreditMandate():
                row.mandate_cents += event.cents
                _mouvement(fact, rows, row, "mandatement", 0, operation=event.operation, paye=event.cents)
            case e.CreditEngage():
                row.engage_cents += event.cents
                _mouvement(fact, rows, row, "engagement", -event.cents, operation=event.operation)
            case e.CreditLibere():
                row.engage_cents -= event.cents
                _mouvement(fact, rows, row, "liberation", event.cents, operation=event.operation, motif=motif)
        self._sur_operation(fact, rows)

    def _sur_operation(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, CREDITS)
        row = rows.get(OperationRow, event.operation)
        if row is None:
            return
        match event:
            case e.CreditMandate():
                row.mandate_cents += event.cents
            case e.CreditEngage():
                row.engage_cents, row.engagee_le = row.engage_cents + event.cents, row.engagee_le or legal_day(fact)
                _avance(row, "engagee")
            case e.CreditLibere():
                row.engage_cents -= event.cents
        row.position = fact.position
        rows.put(row)

    @handles(e.OperationProposee)
    def on_operation_proposee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.OperationProposee)
        shared = {name: getattr(event, name) for name in OperationRow.__struct_fields__ if hasattr(event, name)}
        row = OperationRow(
            **shared | {"communes": list(event.communes)},
            reference=_nom(fact),
            etat="proposee",
            depasse=depasse(event.nom, event.cout_cents),
            proposee_le=legal_day(fact),
            depot=fact.position,
            position=fact.position,
        )
        rows.put(row)

    @handles(
        e.AvisTechniqueRendu,
        e.OperationDecidee,
        e.OperationAvancee,
        e.OperationSoldee,
        e.OperationAbandonnee,
        e.PhotoAjoutee,
    )
    def on_operation(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(OperationRow, _nom(fact))
        if row is None:
            return
        day = legal_day(fact)
        match event:
            case e.AvisTechniqueRendu():
                row.avis, row.avis_motif, row.avis_le = event.favorable, event.motif, day
                _avance(row, "etudiee")
            case e.OperationDecidee():
                row.instance, row.acte, row.decidee_le = event.instance, event.acte, day
                _avance(row, "decidee")
            case e.OperationAvancee(etape="commencee"):
                row.commencee_le = day
                _avance(row, "commencee")
            case e.OperationAvancee():
                row.receptionnee_le = day
                _avance(row, "receptionnee")
            case e.OperationSoldee():
                row.cout_reel_cents, row.soldee_le = event.cout_reel_cents, day
                _avance(row, "soldee")
            case e.OperationAbandonnee():
                row.abandon, row.explication, row.abandonnee_le = event.motif, event.explication, day
                _avance(row, "abandonnee")
            case e.PhotoAjoutee():
                told = {"moment": event.moment, "empreinte": event.empreinte, "description": event.description}
                row.photos = [*row.photos, {**told, "le": day.isoformat()}]
        row.position = fact.position
        rows.put(row)

    @handles(e.ProjetDeTerritoireDelibere)
    def on_projet_de_territoire(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.ProjetDeTerritoireDelibere)
        day = legal_day(fact)
        rows.put(TerritoireRow(ctm=event.ctm, deliberation=event.deliberation, adopte_le=day, position=fact.position))

    @handles(e.PhotographieArretee)
    def on_photographie_arretee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.PhotographieArretee)
        shared = {"titre": event.titre, "connu": event.position, "empreinte": event.empreinte}
        rows.put(
            PhotographieRow(jour=event.au.isoformat(), **shared, arretee_le=legal_day(fact), position=fact.position)  # type: ignore[arg-type]  # fields of the event
        )

    @handles(e.RendezVousPris, e.RendezVousTenu)
    def on_rendez_vous(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(RendezVousRow, _nom(fact))
        match event:
            case e.RendezVousPris():
                shared = {"objet": event.objet, "source": event.source, "position": fact.position}
                rows.put(RendezVousRow(cle=_nom(fact), prevu_pour=event.prevu_pour, **shared))  # type: ignore[arg-type]  # fields of the event
            case e.RendezVousTenu() if row is not None:
                row.tenu_le, row.conclusions, row.position = legal_day(fact), event.conclusions, fact.position
                rows.put(row)


def _mouvement(
    fact: Recorded,
    rows: Rows,
    compte: CompteRow,
    sorte: str,
    cents: int,
    paye: int = 0,
    acte: str | None = None,
    operation: str | None = None,
    motif: str | None = None,
) -> None:
    """One more line on this account, which stands at its new balance."""
    compte.solde_cents += cents
    compte.mouvements, compte.position = compte.mouvements + 1, fact.position
    rows.put(compte)
    rows.put(
        MouvementRow(
            cle=f"{compte.cle}/{compte.mouvements}",
            compte=compte.cle,
            rang=compte.mouvements,
            sorte=sorte,
            cents=cents,
            paye_cents=paye,
            solde_cents=compte.solde_cents,
            acte=acte,
            operation=operation,
            motif=motif,
            le=legal_day(fact),
            position=fact.position,
        )
    )


def _nom(fact: Recorded) -> str:
    return fact.stream.partition("/")[2]


def _precedent(fact: Recorded) -> str:
    """The account from which this one receives."""
    assert isinstance(fact.event, e.ReconductionAccordee)
    return f"{_nom(fact).rpartition('/')[0]}/{fact.event.de_annee}"


def _avance(row: OperationRow, etat: str) -> None:
    """A state only moves forward."""
    row.etat = ETATS[max(ETATS.index(row.etat), ETATS.index(etat))]
