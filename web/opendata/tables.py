"""The public tables: what each line holds, no erasable value. The site streams them, the export writes them."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import date
from typing import Any, LiteralString

import msgspec
import psycopg

from domain.deliberations.matieres import nom_de_matiere
from web.services import Services

CHUNK = 500
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def as_it_is(row: tuple[Any, ...], public_url: str) -> tuple[Any, ...]:
    """The line that the query gave."""
    return row


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One file `<name>.csv`. `columns` are those of the query, in order; `aide` says in French what a line is.

    `finish` makes of a row what no query knows: a name of a nomenclature, an address of this site.
    """

    name: str
    title: str
    aide: str
    query: LiteralString
    finish: Callable[[tuple[Any, ...], str], tuple[Any, ...]] = as_it_is

    @property
    def columns(self) -> list[str]:
        """Names of the columns, as the query gives them."""
        chosen = self.query.partition(" FROM ")[0].removeprefix("SELECT ").split(", ")
        return [part.split()[-1].strip('"') for part in chosen]

    def rows(self, connection: psycopg.Connection[Any], public_url: str = "") -> Iterator[list[str]]:
        """Lines, on a connection that sees the projections, inside its transaction (for the export)."""
        with connection.cursor(name=f"opendata_{self.name}") as cursor:
            cursor.itersize = CHUNK
            for row in cursor.execute(self.query):
                yield [cell(value) for value in self.finish(row, public_url)]

    async def stream(self, services: Services) -> AsyncIterator[list[str]]:
        """Lines, read as they are asked for, in one snapshot (for the site)."""
        name = f"opendata_{self.name}"
        async with (
            services.pool.connection() as connection,
            connection.transaction(),
            connection.cursor(name=name) as cursor,
        ):
            cursor.itersize = CHUNK
            await cursor.execute(self.query)
            async for row in cursor:
                yield [cell(value) for value in self.finish(row, services.settings.public_url)]


def cell(value: Any) -> str:
    """A value as CSV has it: nothing for None, ISO dates, and no text that a spreadsheet would take for a formula."""
    match value:
        case None:
            return ""
        case date() | int():
            return str(value)
        case list():
            return cell(" ; ".join(str(item) for item in value))
    text = str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


PROPOSITIONS = Table(
    name="propositions",
    title="Les propositions",
    aide="Une ligne par proposition : où elle en est et ses dates, jamais son texte ni son auteur.",
    query="SELECT reference, instance, etat, titre, theme, competence, territoire, canal, deposee_le, lecture_avant, "
    "lue_le, discutee_le, participants, adoptee_le, transmise_le, service, suite_avant, repondue_le, suite, "
    "restituee_le, close_le, retiree_le, effacee_le, depot AS acte FROM propositions ORDER BY depot",
)
INSTANCES = Table(
    name="instances",
    title="Les instances et les services",
    aide="Une ligne par instance ou service, avec ses dates.",
    query="SELECT slug, nom, sigle, type, serie, repondant, adresse, telephone, courriel, du, au, "
    "position AS acte FROM instances ORDER BY slug",
)
COMMUNES = Table(
    name="communes",
    title="Les communes",
    aide="Une ligne par commune, anciennes comprises ; « devient » est le code INSEE de celle qui l’a remplacée.",
    query="SELECT insee, nom, siren, ctm, population_municipale, population_annee, du, au, devient, "
    "position AS acte FROM communes ORDER BY insee",
)
BUDGETS = Table(
    name="budgets-participatifs",
    title="Les projets du budget participatif des collèges",
    aide="Une ligne par projet : son collège, son prix, ses étapes. Les sommes sont en centimes.",
    query="SELECT p.dossier AS dossier, b.college AS college, b.edition AS edition, p.projet AS projet, "
    "p.titre AS titre, p.etat AS etat, p.cout_cents AS cout_cents, p.arrete_le AS arrete_le, "
    "p.candidat_le AS candidat_le, p.examen AS examen, p.jury AS jury, p.deliberation AS deliberation, "
    "p.finance_le AS finance_le, p.commande_le AS commande_le, p.realise_le AS realise_le, "
    "p.cout_reel_cents AS cout_reel_cents, p.inaugure_le AS inaugure_le, p.abandonne_le AS abandonne_le, "
    "b.scrutin AS scrutin, p.depot AS acte FROM projets p JOIN budgets b ON b.reference = p.dossier ORDER BY p.depot",
)

ALLOCATIONS = Table(
    name="allocations",
    title="Les comptes de l’argent du Pacte",
    aide="Une ligne par bénéficiaire, enveloppe et année : dotation, mouvements, reste. Les sommes sont en centimes.",
    query="SELECT enveloppe, nom, beneficiaire, annee, deliberation, dotation_cents, rectifie_cents, reconduit_cents, "
    "sorti_cents, abonde_cents, engage_cents, mandate_cents, solde_cents, mouvements, position AS acte "
    "FROM comptes ORDER BY nom, beneficiaire, annee",
)
OPERATIONS = Table(
    name="operations",
    title="Les opérations payées par le Pacte",
    aide="Une ligne par opération : son coût, qui l’a décidée, ses étapes. Les sommes sont en centimes.",
    query="SELECT reference, nom AS enveloppe, beneficiaire, titre, nature, etat, cout_cents, depasse, motif_seuil, "
    "communes, axe, origine, proposee_par, proposee_le, avis, avis_le, instance, acte AS decision, decidee_le, "
    "engage_cents, engagee_le, mandate_cents, commencee_le, receptionnee_le, soldee_le, cout_reel_cents, "
    "abandonnee_le, abandon, depot AS acte FROM operations ORDER BY depot",
)
SUBVENTIONS = Table(
    name="subventions",
    title="Les subventions aux collèges",
    aide="Une ligne par somme votée, aux colonnes du schéma national des subventions, en euros. Ce que le registre ne "
    "sait pas reste vide : le numéro SIRET du collège, le calendrier des versements.",
    query="SELECT 'Métropole de Lyon' AS \"nomAttribuant\", '20004697700019' AS \"idAttribuant\", "
    'min(p.finance_le) AS "dateConvention", string_agg(DISTINCT p.deliberation,\' ; \') AS "referenceDecision", '
    'c.nom AS "nomBeneficiaire", NULL AS "idBeneficiaire", NULL AS "rnaBeneficiaire", '
    '\'Budget participatif \' || b.edition AS "objet", (b.alloue_cents / 100.0)::numeric(14,2) AS "montant", '
    '\'aide en numéraire\' AS "nature", NULL AS "conditionsVersement", NULL AS "datesPeriodeVersement", '
    'NULL AS "idRAE", NULL AS "notificationUE", NULL AS "pourcentageSubvention" '
    "FROM budgets b JOIN colleges c ON c.slug = b.college JOIN projets p ON p.dossier = b.reference "
    "WHERE b.alloue_cents > 0 AND p.finance_le IS NOT NULL GROUP BY b.reference, c.nom ORDER BY b.reference",
)


def _scdl(row: tuple[Any, ...], public_url: str) -> tuple[Any, ...]:
    """The subject under its national name; the extract at its address, where the site has one."""
    code, name, numero = row[4], row[5], row[2]
    address = f"{public_url}/deliberations/{numero}/extrait.pdf" if public_url else None
    return (*row[:5], nom_de_matiere(code) or name, *row[6:16], address)


DELIBERATIONS = Table(
    name="deliberations",
    title="Les délibérations adoptées",
    aide="Une ligne par délibération de la Métropole, au schéma national (SCDL 2.1.5). Les cinq nombres du vote sont "
    "tous là, ou aucun : le registre ne devine rien. « VOTE_REEL » compte les voix pour, contre et abstention.",
    query='SELECT \'Métropole de Lyon\' AS "COLL_NOM", \'20004697700019\' AS "COLL_SIRET", numero AS "DELIB_ID", '
    'votee_le AS "DELIB_DATE", matiere_code AS "DELIB_MATIERE_CODE", matiere_nom AS "DELIB_MATIERE_NOM", '
    'objet AS "DELIB_OBJET", NULL AS "BUDGET_ANNEE", NULL AS "BUDGET_NOM", '
    "CASE WHEN recue_le >= votee_le THEN 'PREF069' END AS \"PREF_ID\", "
    'CASE WHEN recue_le >= votee_le THEN recue_le END AS "PREF_DATE", '
    'CASE WHEN complet THEN en_exercice END AS "VOTE_EFFECTIF", '
    'CASE WHEN complet THEN pour + contre + abstentions END AS "VOTE_REEL", '
    'CASE WHEN complet THEN pour END AS "VOTE_POUR", CASE WHEN complet THEN contre END AS "VOTE_CONTRE", '
    'CASE WHEN complet THEN abstentions END AS "VOTE_ABSTENTION", NULL AS "DELIB_URL" '
    "FROM (SELECT *, pour + contre + abstentions <= en_exercice AS complet FROM deliberations) AS d "
    "WHERE siren = '200046977' AND etat IN ('adoptee', 'executoire') ORDER BY votee_le, numero",
    finish=_scdl,
)

TABLES: Sequence[Table] = (
    PROPOSITIONS, INSTANCES, COMMUNES, DELIBERATIONS, BUDGETS, ALLOCATIONS, OPERATIONS, SUBVENTIONS,
)  # fmt: skip
