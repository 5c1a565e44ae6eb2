"""What the office reads before an act on money: an account, an operation with its accounts, deliberations."""

import msgspec
from litestar.exceptions import NotFoundException

from domain.money import euros_ronds
from projections.argent_rows import CompteRow, OperationRow
from web.argent.lecture import lieux
from web.bureau_argent.formulaires import Options
from web.colleges.lecture import read
from web.propositions.instances import annuaire
from web.services import Services

DELIBERATIONS = """SELECT numero, objet FROM deliberations WHERE etat IN ('adoptee', 'executoire')
    ORDER BY votee_le DESC NULLS LAST, depot DESC LIMIT 100"""
CREDITS = """SELECT c.annee, -sum(m.cents)::bigint, sum(m.paye_cents)::bigint FROM mouvements m
    JOIN comptes c ON c.cle = m.compte WHERE m.operation = %s GROUP BY c.annee ORDER BY c.annee"""
DOSSIERS = """(SELECT reference, 'Budget participatif' FROM budgets WHERE candidature_le IS NOT NULL
    ORDER BY depot DESC LIMIT 30)
    UNION ALL (SELECT reference, titre FROM propositions WHERE repondue_le IS NOT NULL AND titre IS NOT NULL
    ORDER BY depot DESC LIMIT 30)"""


def municipal(nom: str, beneficiaire: str) -> str:
    """The body in whose name a commune acts on its account."""
    return f"conseil-municipal-{beneficiaire}"


async def deliberations(services: Services) -> Options:
    """Numbers of the last adopted deliberations, with their objects."""
    return tuple((numero, objet) for numero, objet in await services.fetch(DELIBERATIONS))


class Credit(msgspec.Struct, frozen=True):
    """What an account holds for an operation, in cents."""

    annee: int
    engage: int
    paye: int

    @property
    def du(self) -> int:
        """Committed and not yet paid."""
        return self.engage - self.paye


class OperationLue(msgspec.Struct):
    """An operation, the accounts that may pay for it, what each holds; who may decide it (slug, name)."""

    row: OperationRow
    comptes: list[CompteRow]
    credits: list[Credit]
    decideurs: Options
    annee: int  # of today

    @property
    def instance(self) -> str:
        """Where a commune's function acts."""
        return municipal(self.row.nom, self.row.beneficiaire)

    @property
    def finie(self) -> bool:
        """No step is left."""
        return self.row.etat in ("soldee", "abandonnee")

    @property
    def dus(self) -> list[Credit]:
        """The accounts that hold something to pay or to release."""
        return [one for one in self.credits if one.du > 0]

    @property
    def disponibles(self) -> list[CompteRow]:
        """The accounts with something left, this year's first, then the latest."""
        left = [row for row in self.comptes if row.solde_cents > 0]
        return sorted(left, key=lambda row: (row.annee != self.annee, -row.annee))


async def read_operation(services: Services, reference: str, annee: int) -> OperationLue:
    """The operation. Raises 404."""
    found = await read(services, OperationRow, "reference = %s", (reference,))
    if not found:
        raise NotFoundException(f"Aucune opération ne porte le numéro {reference[:40]}.")
    [row] = found
    accounts = await read(services, CompteRow, "nom = %s AND beneficiaire = %s", (row.nom, row.beneficiaire))
    credits = [Credit(*one) for one in await services.fetch(CREDITS, (reference,))]
    return OperationLue(row, accounts, credits, await decideurs(services, row), annee)


async def decideurs(services: Services, row: OperationRow) -> Options:
    """The bodies that the Pacte lets decide this operation."""
    known = (await annuaire(services)).par_slug
    if row.nom == "fic":
        slug = municipal(row.nom, row.beneficiaire)
        return ((slug, known[slug].nom),) if slug in known else ()
    return tuple((slug, body.nom) for slug, body in sorted(known.items()) if body.type == "conseil")


class CompteLu(msgspec.Struct):
    """An account, the one of the year after, adopted deliberations."""

    row: CompteRow
    suivant: CompteRow | None
    deliberations: Options
    nom: str
    annee: int  # of today


async def read_compte(services: Services, cle: str, annee: int) -> CompteLu:
    """The account. Raises 404."""
    found = await read(services, CompteRow, "cle = %s", (cle,))
    if not found:
        raise NotFoundException("Ce compte n’est pas dans le registre.")
    [row] = found
    after = await read(services, CompteRow, "cle = %s", (f"{row.nom}/{row.beneficiaire}/{row.annee + 1}",))
    name = (await lieux(services)).nom(row.beneficiaire, row.annee)
    return CompteLu(row, after[0] if after else None, await deliberations(services), name, annee)


async def dossiers(services: Services) -> Options:
    """Dossiers from which an operation may come: answered propositions, budgets of collèges."""
    return tuple((reference, titre) for reference, titre in await services.fetch(DOSSIERS))


def compte_en_mots(row: CompteRow) -> str:
    """« 2026 : il reste 12 000 € »."""
    return f"{row.annee}\u00a0: il reste {euros_ronds(row.solde_cents)}"


def en_saisie(cents: int) -> str:
    """An amount as people type it: « 12 000,50 »; nothing for nothing."""
    return euros_ronds(cents).removesuffix("\u00a0€").replace("\u00a0", " ") if cents > 0 else ""
