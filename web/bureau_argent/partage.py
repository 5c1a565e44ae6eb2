"""Trying a split before it is adopted: a pasted table of communes, a weight, and what each would receive."""

from fractions import Fraction
from typing import Any, cast

from domain.enveloppes.adopter_repartition import lire_alpha
from domain.enveloppes.enveloppe import Enveloppe as Pliee
from domain.enveloppes.events import DonneeCommune
from domain.enveloppes.masses import PLANCHER_ANNUEL
from domain.enveloppes.masses import Enveloppe as NomDuPacte
from domain.enveloppes.repartition import Beneficiaire, repartir
from domain.money import euros
from domain.texte import SIGNES_LIGNE
from web.acces.persons import today
from web.argent.lecture import Enveloppe, Lieux
from web.bureau.formulaire import Illisible
from web.bureau_argent.actes_compte import deliberation
from web.bureau_argent.formulaires import Demande, Options, Saisie
from web.bureau_argent.lots import tableau

LIGNES_SIGNES = 20_000
COLONNES = "code INSEE ; nom ; habitants ; voirie en m²"


def champs(envelope: Enveloppe, where: Lieux, known: Options) -> list[Saisie]:
    """What a split asks; the communes of the register, or those of the last split, are proposed."""
    opened, again = envelope.ouverte, bool(envelope.partages)
    year = max(opened.annee_debut, today().year + 1) if again else opened.annee_debut
    lines, source, of_year = proposees(envelope, where)
    voirie = opened.enveloppe != "projets"
    aide = "De 0 à 1. 1 : la population seule. 0 : la surface de voirie seule. Le Pacte ne le donne pas."
    found = [
        Saisie("alpha", "Poids de la population (alpha)", "number", aide=aide, max=8),
        Saisie("lignes", "Les communes", "textarea", valeur=lines, max=LIGNES_SIGNES,
               aide=f"Une ligne par commune : {COLONNES}. Collez ici un tableau de votre tableur."),
        Saisie("annee", "À partir de l’année", "number", valeur=str(min(year, opened.annee_fin)), max=4),
        Saisie("population_annee", "Année de la population", "number", valeur=str(of_year), max=4),
        Saisie("source", "Source des données", valeur=source, max=SIGNES_LIGNE),
        deliberation(known),
    ]  # fmt: skip
    if not voirie:
        found[0] = Saisie("alpha", "Poids de la population (alpha)", "number", valeur="1", max=8,
                          aide="Toujours 1 : cette enveloppe est partagée selon la population seule.")  # fmt: skip
    if again:
        found.append(Saisie("motif", "Pourquoi un nouveau partage", max=SIGNES_LIGNE, aide="Public."))
    return found


def proposees(envelope: Enveloppe, where: Lieux) -> tuple[str, str, int]:
    """The table of communes that exist, their source and year; road surfaces as the last split had them."""
    roads: dict[str, int] = {}
    if envelope.partages:
        roads = {line.insee: line.voirie_m2 for line in envelope.partages[-1].donnees.lignes if line.voirie_m2}
    rows = where.communes.today
    told = [
        "; ".join((row.insee, row.nom, str(row.population_municipale), str(roads.get(row.insee, 0)))) for row in rows
    ]
    year = max((row.population_annee for row in rows), default=today().year)
    return "\n".join(told), f"INSEE, populations municipales {year} (Licence Ouverte)", year


def champs_dotations(envelope: Enveloppe, known: Options, year: int) -> list[Saisie]:
    """What the allocations of a year ask."""
    opened, split = envelope.ouverte, envelope.en_vigueur(year)
    found = [
        Saisie("annee", "Année", "number", max=4, valeur=str(min(max(year, opened.annee_debut), opened.annee_fin))),
        deliberation(known, split.adoptee.deliberation if split else opened.deliberation),
    ]
    if opened.enveloppe not in ("fic", "prox", "projets"):
        aide = "Une ligne par compte : commune ou conférence ; somme. Exemple : bron ; 12 000"
        found.append(Saisie("lignes", "Les sommes", "textarea", aide=aide, max=LIGNES_SIGNES))
    return found


def donnees(asked: Demande[Lieux]) -> tuple[DonneeCommune, ...]:
    """The pasted communes; their conférence is the register's. Raises Illisible."""
    return tuple(_commune(number, cells, asked.lu) for number, cells in tableau(asked.champs.get("lignes", ""), 3))


def _commune(number: int, cells: list[str], where: Lieux) -> DonneeCommune:
    row = where.communes.rows.get(cells[0])
    if row is None:
        raise Illisible("lignes", f"Ligne {number} : la commune « {cells[0][:20]} » n’est pas dans le registre.")
    roads = _entier(number, cells[3]) if len(cells) > 3 and cells[3] else 0
    return DonneeCommune(insee=row.insee, ctm=row.ctm, population=_entier(number, cells[2]), voirie_m2=roads)


def _entier(number: int, cell: str) -> int:
    typed = "".join(cell.split())
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 12):
        raise Illisible("lignes", f"Ligne {number} : « {cell[:20]} » n’est pas un nombre entier.")
    return int(typed)


def alpha(asked: Demande[Lieux]) -> str:
    """The weight as the register writes it: `0.6`."""
    return asked.mot("alpha").replace(",", ".")


def essayer(envelope: Enveloppe, asked: Demande[Lieux]) -> dict[str, Any]:
    """What each would receive, beside what the split in force gives. Raises Illisible, RepartitionImpossible."""
    opened, annee, where = envelope.ouverte, asked.annee(), asked.lu
    if not opened.annee_debut <= annee <= opened.annee_fin:
        raise Illisible("annee", "Cette année n’est pas dans l’enveloppe.")
    weight: Fraction = lire_alpha(alpha(asked))
    towns = [Beneficiaire(line.insee, line.ctm, line.population, line.voirie_m2) for line in donnees(asked)]
    years = opened.annee_fin - annee + 1
    cents = pliee(envelope).a_partager(annee)
    split = repartir(cast(NomDuPacte, opened.enveloppe), towns, weight, cents, years)
    before = _par_an(envelope, annee)
    return {
        "annee": annee,
        "annees": years,
        "total": euros(cents),
        "compare": bool(before),
        "lignes": [
            {
                "nom": where.nom(part.insee or part.ctm, annee),
                "part": euros(part.cents),
                "par_an": euros(part.cents // years),
                "plancher": part.plancher,
                "ecart": euros(part.cents // years - before.get(part.insee or part.ctm, 0)) if before else "",
            }
            for part in split
        ],
        "planchers": sum(part.plancher for part in split),
        "minimum": euros(PLANCHER_ANNUEL),
    }


def pliee(envelope: Enveloppe) -> Pliee:
    """The envelope as the domain folds it."""
    return Pliee(envelope.ouverte, None, [one.adoptee for one in envelope.partages])


def _par_an(envelope: Enveloppe, annee: int) -> dict[str, int]:
    """What the split in force gives each that year, rounded down."""
    split = envelope.en_vigueur(annee)
    if split is None:
        return {}
    years = envelope.ouverte.annee_fin - split.adoptee.annee_debut + 1
    return {part.insee or part.ctm: part.cents // years for part in split.adoptee.parts}


def en_mots(envelope: Enveloppe, rank: int) -> dict[str, Any]:
    """A split that was adopted, in one line."""
    split = envelope.partages[rank].adoptee
    return {
        "numero": rank + 1,
        "annee": split.annee_debut,
        "alpha": split.alpha.replace(".", ","),
        "somme": euros(split.total_cents),
        "parts": len(split.parts),
        "deliberation": split.deliberation,
        "motif": split.motif or "",
    }
