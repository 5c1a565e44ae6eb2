"""The participatory budget of the collèges: lists, pages of today and of a past date fold the same handlers."""

from collections.abc import Iterable
from typing import Any

from domain.budget_participatif import events as e
from domain.instances.events import InstanceInscrite
from domain.ledger.event import Recorded
from projections.budgets_rows import BudgetRow, CollegeRow, EditionRow, IdeeRow, ProjetRow
from projections.rows import Key, Projection, Row, Rows, handles, legal_day

ETATS = ("intention", "idees", "etude", "liste", "vote", "candidature", "finance", "travaux", "realise", "ouvert")
DU_PROJET = (
    e.InstructionRendue,
    e.JuryDelibere,
    e.TravauxCommandes,
    e.RealisationConstatee,
    e.ProjetInaugure,
    e.ProjetAbandonne,
    e.ProjetIllustre,
    e.ImageRetiree,
)


PREMIERES: dict[str, type[Row]] = {
    "editions": EditionRow,
    "instances": CollegeRow,
    "budgets": BudgetRow,
    "idees": IdeeRow,
}


class Budgets(Projection):
    """Tables `editions`, `colleges`, `budgets`, `idees`, `projets`."""

    NAME = "budgets"
    ROWS = (EditionRow, CollegeRow, BudgetRow, IdeeRow, ProjetRow)

    def keys(self, fact: Recorded) -> Iterable[tuple[type[Row], Key]]:
        if type(fact.event) not in self.handlers:
            return
        feature, _, name = fact.stream.partition("/")
        yield PREMIERES[feature], name
        event = fact.event
        match event:
            case e.IdeeRegroupee():
                yield IdeeRow, event.dans
            case e.ProjetArrete():
                for idee in event.idees:
                    yield IdeeRow, idee
            case e.ListeArretee() | e.CandidatureDeposee() | e.AllocationVotee():
                for projet in event.projets:
                    yield ProjetRow, f"{name}/{projet}"
            case _ if isinstance(event, DU_PROJET):
                yield ProjetRow, f"{name}/{event.projet}"

    @handles(InstanceInscrite)
    def on_instance(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, InstanceInscrite)
        if event.type == "college":
            row = CollegeRow(slug=event.instance, nom=event.nom, du=event.du, au=event.au, position=fact.position)
            rows.put(row)

    @handles(e.CollegeDecrit)
    def on_college_decrit(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(CollegeRow, fact.stream.partition("/")[2])
        assert isinstance(event, e.CollegeDecrit)
        if row is not None:
            row.commune, row.effectif, row.rentree, row.uai = event.commune, event.effectif, event.rentree, event.uai
            rows.put(row)

    @handles(e.EditionOuverte)
    def on_edition_ouverte(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.EditionOuverte)
        shared = {name: getattr(event, name) for name in EditionRow.__struct_fields__ if hasattr(event, name)}
        rows.put(EditionRow(**shared, ouverte_le=legal_day(fact), etapes=[], position=fact.position))

    @handles(e.EditionAvancee)
    def on_edition_avancee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(EditionRow, fact.stream.partition("/")[2])
        assert isinstance(event, e.EditionAvancee)
        if row is not None:
            row.etape = event.etape
            row.etapes = [*row.etapes, {"etape": event.etape, "le": legal_day(fact).isoformat()}]
            rows.put(row)

    @handles(e.BilanPublie)
    def on_bilan_publie(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(EditionRow, fact.stream.partition("/")[2])
        assert isinstance(event, e.BilanPublie)
        if row is not None:
            row.bilan, row.bilan_le = event.texte, legal_day(fact)
            rows.put(row)

    @handles(e.IntentionDeposee)
    def on_intention_deposee(self, fact: Recorded, rows: Rows) -> None:
        event = fact.event
        assert isinstance(event, e.IntentionDeposee)
        rows.put(
            BudgetRow(
                reference=fact.stream.partition("/")[2],
                college=event.college,
                edition=event.edition,
                adoptee_par=event.adoptee_par,
                budget_cents=event.budget_cents,
                depose_le=legal_day(fact),
                liste=[],
                candidats=[],
                depot=fact.position,
                position=fact.position,
                evenements=1,
            )
        )

    @handles(e.IdeesOuvertes, e.IdeesCloses, e.ListeArretee, e.ScrutinRattache, e.CandidatureDeposee)
    def on_college(self, fact: Recorded, rows: Rows) -> None:
        event, day = fact.event, legal_day(fact)
        row = _avance(fact, rows, AVANCEES[type(event)])
        if row is None:
            return
        match event:
            case e.IdeesOuvertes():
                row.ouvertes_le, row.idees_jusqu_au = day, event.jusqu_au
            case e.IdeesCloses():
                row.closes_le = day
            case e.ListeArretee():
                row.liste_le, row.liste = day, list(event.projets)
            case e.ScrutinRattache():
                row.rattache_le, row.scrutin = day, event.scrutin
            case e.CandidatureDeposee():
                row.candidature_le, row.candidats, row.montant_cents = day, list(event.projets), event.montant_cents

    @handles(e.ProjetArrete)
    def on_projet_arrete(self, fact: Recorded, rows: Rows) -> None:
        event, dossier = fact.event, fact.stream.partition("/")[2]
        assert isinstance(event, e.ProjetArrete)
        _avance(fact, rows, "etude")
        names = ("projet", "titre", "phrase", "cout_cents", "comparaison", "lieu", "avis")
        shared = {name: getattr(event, name) for name in names}
        cle, at = f"{dossier}/{event.projet}", fact.position
        row = ProjetRow(
            **shared,
            cle=cle,
            dossier=dossier,
            idees=list(event.idees),
            arrete_le=legal_day(fact),
            depot=at,
            position=at,
        )
        rows.put(row)
        for idee in event.idees:
            if (found := rows.get(IdeeRow, idee)) is not None:
                found.projet, found.etat, found.position = event.projet, "au_vote", at
                rows.put(found)

    @handles(e.ListeArretee, e.CandidatureDeposee, e.AllocationVotee)
    def on_projets(self, fact: Recorded, rows: Rows) -> None:
        event, day = fact.event, legal_day(fact)
        assert isinstance(event, e.ListeArretee | e.CandidatureDeposee | e.AllocationVotee)
        if isinstance(event, e.AllocationVotee) and (budget := _avance(fact, rows, "finance")) is not None:
            budget.alloue_cents += event.montant_cents
        for projet in event.projets:
            row = _projet(fact, rows, projet)
            match event:
                case _ if row is None:
                    continue
                case e.ListeArretee():
                    row.liste_le, row.etat = day, "au_vote"
                case e.CandidatureDeposee():
                    row.candidat_le, row.etat = day, "candidat"
                case e.AllocationVotee():
                    row.finance_le, row.deliberation, row.etat = day, event.deliberation, "finance"

    @handles(*DU_PROJET)
    def on_projet(self, fact: Recorded, rows: Rows) -> None:
        event, day = fact.event, legal_day(fact)
        assert isinstance(event, DU_PROJET)
        _avance(fact, rows, AVANCEES.get(type(event), "intention"))
        row = _projet(fact, rows, event.projet)
        match event:
            case _ if row is None:
                return
            case e.InstructionRendue():
                row.examen, row.examen_motif, row.examen_cents = event.avis, event.motif, event.cout_cents
                row.examen_le, row.etat = day, "examine"
            case e.JuryDelibere():
                row.jury, row.jury_motif, row.jury_le, row.etat = event.decision, event.motif, day, event.decision
            case e.TravauxCommandes():
                row.commande_le, row.prevu_pour, row.etat = day, event.prevus_pour, "commande"
            case e.RealisationConstatee():
                row.realise_le, row.cout_reel_cents = day, event.cout_reel_cents
                row.description, row.photo, row.etat = event.description, event.photo, "realise"
            case e.ProjetInaugure():
                row.inaugure_le, row.etat = day, "ouvert"
            case e.ProjetAbandonne():
                row.abandonne_le, row.abandon_motif, row.etat = day, event.motif, "abandonne"
            case e.ProjetIllustre():
                row.image, row.image_texte = event.image, event.description
            case e.ImageRetiree():
                row.image = None if row.image == event.image else row.image
                row.photo = None if row.photo == event.image else row.photo

    @handles(e.IdeeDeposee)
    def on_idee_deposee(self, fact: Recorded, rows: Rows) -> None:
        event, at = fact.event, fact.position
        assert isinstance(event, e.IdeeDeposee)
        shared: dict[str, Any] = {"dossier": event.dossier, "canal": event.canal, "lieu": event.lieu}
        shared |= {"reference": fact.stream.partition("/")[2], "deposee_le": legal_day(fact), "groupe": []}
        rows.put(IdeeRow(**shared, depot=at, position=at))

    @handles(e.IdeeModeree, e.IdeeRegroupee, e.FaisabiliteRendue)
    def on_idee(self, fact: Recorded, rows: Rows) -> None:
        event, row = fact.event, rows.get(IdeeRow, fact.stream.partition("/")[2])
        if row is None:
            return
        row.position = fact.position
        rows.put(row)
        match event:
            case e.IdeeModeree():
                row.lue_le, row.titre, row.resume, row.motif = legal_day(fact), event.titre, event.resume, event.motif
                row.etat = "publiee" if event.decision == "publier" else "ecartee"
            case e.IdeeRegroupee():
                row.dans, row.motif_groupe, row.etat = event.dans, event.motif, "regroupee"
                if (welcoming := rows.get(IdeeRow, event.dans)) is not None:
                    welcoming.groupe = [*welcoming.groupe, row.reference, *row.groupe]
                    rows.put(welcoming)
            case e.FaisabiliteRendue():
                row.avis, row.raison, row.cout_cents = event.avis, event.motif, event.cout_cents
                row.repondue_le, row.etat = legal_day(fact), event.avis


AVANCEES: dict[type[object], str] = {
    e.IdeesOuvertes: "idees",
    e.IdeesCloses: "etude",
    e.ListeArretee: "liste",
    e.ScrutinRattache: "vote",
    e.CandidatureDeposee: "candidature",
    e.TravauxCommandes: "travaux",
    e.RealisationConstatee: "realise",
    e.ProjetInaugure: "ouvert",
}


def _avance(fact: Recorded, rows: Rows, etat: str) -> BudgetRow | None:
    """The dossier of this event, one event longer, in a state that only moves forward."""
    row = rows.get(BudgetRow, fact.stream.partition("/")[2])
    if row is not None:
        if row.position != fact.position:
            row.position, row.evenements = fact.position, row.evenements + 1
        row.etat = ETATS[max(ETATS.index(row.etat), ETATS.index(etat))]
        rows.put(row)
    return row


def _projet(fact: Recorded, rows: Rows, projet: str) -> ProjetRow | None:
    row = rows.get(ProjetRow, f"{fact.stream.partition('/')[2]}/{projet}")
    if row is not None:
        row.position = fact.position
        rows.put(row)
    return row
