"""A small register of the money: one envelope, two years of Bron's account, an operation from end to end."""

from datetime import date
from typing import Any

from domain.enveloppes import events as e
from domain.instances.events import CommuneInscrite
from domain.ledger.event import Event
from tests.enveloppes import monde as m

CTM = "ctm-porte-des-alpes"
OP2, OP3 = "OP-2023-0002", "OP-2023-0003"
LIBERE = e.CreditLibere(
    survenu_le=date(2023, 11, 3), operation=m.OP, cents=5_000_00, motif="Un devis moins cher", par="finances"
)
RECONDUIT = e.ReconductionAccordee(
    survenu_le=date(2024, 1, 15), de_annee=2023, cents=20_000_00, deliberation="2024-0007", par="finances"
)
ABONDE = e.AbondementInscrit(survenu_le=date(2024, 2, 1), cents=10_000_00, acte="BRON-2024-3", par="mairie")
RECTIFIE = e.DotationRectifiee(
    survenu_le=date(2024, 3, 4), difference_cents=-1_000_00, motif="Population corrigée", deliberation="2024-0011",
    par="finances",
)  # fmt: skip
COMMUNES = (
    e.DonneeCommune(insee=m.BRON, ctm=CTM, population=42_442),
    e.DonneeCommune(insee="69290", ctm=CTM, population=46_000),
)
DONNEES = e.DonneesArretees(lignes=COMMUNES, population_annee=2018, source="INSEE", par="finances")
PARTAGE = e.RepartitionAdoptee(
    survenu_le=date(2021, 3, 20), alpha="1", deliberation=m.NUMERO, annee_debut=2021,
    parts=(e.Part(insee=m.BRON, ctm=CTM, cents=28_000_000_00), e.Part(insee="69290", ctm=CTM, cents=30_300_000_00)),
    total_cents=58_300_000_00, par="finances",
)  # fmt: skip


def le(event: Event, jour: date) -> Any:
    """The same fact, on that day."""
    return type(event)(**{name: getattr(event, name) for name in event.__struct_fields__} | {"survenu_le": jour})


HISTOIRE: list[tuple[str, Event]] = [
    (f"enveloppes/{m.EN}", le(m.ouverte(), date(2021, 3, 16))),
    (f"enveloppes/{m.EN}", DONNEES),
    (f"enveloppes/{m.EN}", PARTAGE),
    (m.COMPTE, le(m.dotation(), date(2023, 1, 10))),
    (f"operations/{m.OP}", le(m.proposee(), date(2023, 3, 1))),
    (f"operations/{m.OP}", le(m.avis, date(2023, 4, 1))),
    (f"operations/{m.OP}", le(m.decidee, date(2023, 5, 1))),
    (m.COMPTE, le(m.engage(80_000_00), date(2023, 5, 2))),
    (f"operations/{m.OP}", e.OperationAvancee(survenu_le=date(2023, 6, 1), etape="commencee", par="services")),
    (m.COMPTE, LIBERE),
    (m.COMPTE, e.CreditMandate(survenu_le=date(2023, 12, 1), operation=m.OP, cents=75_000_00, par="finances")),
    (f"operations/{m.OP}", e.OperationAvancee(survenu_le=date(2023, 12, 2), etape="receptionnee", par="services")),
    (
        f"operations/{m.OP}",
        e.PhotoAjoutee(
            survenu_le=date(2023, 12, 3), moment="apres", empreinte="a" * 64, description="La place et ses arbres",
            par="services",
        ),
    ),
    (f"operations/{m.OP}", e.OperationSoldee(survenu_le=date(2023, 12, 4), cout_reel_cents=75_000_00, par="services")),
    (m.SUIVANT, le(m.dotation(annee=2024), date(2024, 1, 10))),
    (m.SUIVANT, RECONDUIT),
    (m.SUIVANT, ABONDE),
    (m.SUIVANT, RECTIFIE),
    (
        f"operations/{OP2}",
        le(m.proposee(titre="Un gymnase", cout_cents=900_000_00, motif_seuil="Un seul chantier"), date(2024, 4, 1)),
    ),
    (
        f"operations/{OP3}",
        le(m.proposee(titre="Une passerelle", origine="GEPI-2026-0001"), date(2024, 4, 2)),
    ),
    (
        f"operations/{OP3}",
        e.OperationAbandonnee(
            survenu_le=date(2024, 5, 2), motif="riverains", explication="Les riverains préfèrent un passage", par="f"
        ),
    ),
    (f"territoires/{CTM}", e.ProjetDeTerritoireDelibere(
        survenu_le=date(2022, 6, 27), ctm=CTM, deliberation="2022-0100", par="finances")),
    ("rendez-vous/revoyure-2023", e.RendezVousPris(
        survenu_le=date(2021, 3, 16), objet="revoyure", prevu_pour=date(2023, 12, 31), source="A:769", par="f")),
    ("rendez-vous/revoyure-2023", e.RendezVousTenu(
        survenu_le=date(2023, 12, 11), objet="revoyure", conclusions="Les enveloppes sont maintenues.", par="f")),
]  # fmt: skip


def commune(insee: str, nom: str) -> CommuneInscrite:
    """A commune of this story."""
    return CommuneInscrite(
        insee=insee, nom=nom, siren="216900290", ctm=CTM, population_municipale=42_442, population_annee=2018,
        du=date(2015, 1, 1), source="essai", par="administration",
    )  # fmt: skip
