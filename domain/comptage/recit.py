"""The steps of a count in French words, for the page « Pourquoi ce projet ? » and the terminal."""

from collections.abc import Mapping
from fractions import Fraction

from domain.comptage.election import Election
from domain.comptage.nombres import arrondi, decimal
from domain.comptage.regles import Resultat
from domain.comptage.trace import Departage, Etape, EtapeGlouton, EtapeParts, EtapeTour

CRITERES = {
    "cout": "le moins cher passe devant",
    "votes": "à prix égal, celui qui a le plus de voix passe devant",
    "identifiant": "à prix et voix égaux, l'ordre des identifiants départage",
}


def nombre(texte: str) -> str:
    """A decimal number as people write it in French: thousands apart, decimal comma."""
    entier, _, decimales = texte.partition(".")
    groupes = f"{int(entier):,}".replace(",", "\u00a0")
    return f"{groupes},{decimales}" if decimales else groupes


def votants(combien: int) -> str:
    """« 1 votant », « 1 200 votants »."""
    return f"{nombre(str(combien))} votant{'s' if combien > 1 else ''}"


class Recit:
    """Turns steps into sentences. `noms`: what to call each project; `devise`: after each amount.

    `score`: « voix » or « points », what a score counts, where the rule is known. `numeros`: ids before the names.
    """

    def __init__(
        self, noms: Mapping[str, str], unite: int, devise: str = "", score: str = "", numeros: bool = True
    ) -> None:
        self.noms, self.unite, self.devise, self.score, self.numeros = noms, unite, devise, score, numeros

    def montant(self, valeur: int | Fraction) -> str:
        """An amount in the unit of the file; a share that falls between two decimals is rounded."""
        exact = Fraction(valeur) / self.unite
        texte = decimal(int(valeur), self.unite) if Fraction(valeur).denominator == 1 else arrondi(exact)
        return nombre(texte) + (f"\u00a0{self.devise}" if self.devise else "")

    def nom(self, projet: str) -> str:
        nom = self.noms.get(projet, "")
        if nom and not self.numeros:
            return f"«\u00a0{nom}\u00a0»"
        return f"{projet} « {nom} »" if nom else projet

    def etape(self, etape: Etape) -> str:
        """One step, one sentence or two."""
        match etape:
            case EtapeGlouton():
                return self._glouton(etape)
            case EtapeParts():
                return self._parts(etape)
            case EtapeTour():
                return self._tour(etape)

    def _departage(self, departage: Departage | None) -> str:
        if departage is None:
            return ""
        egaux = departage.ex_aequo if self.numeros else map(self.nom, departage.ex_aequo)
        return f" Égalité exacte avec {', '.join(egaux)} : {CRITERES[departage.critere]}."

    def compte(self, score: int) -> str:
        """« score 12 », « 12 voix », « 1 point »."""
        dit = nombre(str(score))
        if not self.score:
            return f"score {dit}"
        return f"{dit}\u00a0{self.score if score > 1 or self.score == 'voix' else self.score.removesuffix('s')}"

    def _glouton(self, e: EtapeGlouton) -> str:
        score = self.compte(e.score)
        if e.par_euro is not None:
            score += f", soit {nombre(arrondi(e.par_euro * self.unite))} par unité de coût"
        debut = f"{self.nom(e.projet)} ({score}, coût {self.montant(e.cout)})"
        reste = self.montant(e.reste)
        suite = {
            "": f"retenu, il reste {reste}.",
            "trop_cher": f"écarté, il dépasse les {reste} qui restent.",
            "arret": f"écarté, il dépasse les {reste} qui restent : le comptage s'arrête.",
            "apres_arret": "pas examiné, le comptage s'est arrêté avant.",
            "sous_seuil": "écarté, son score est sous le seuil.",
        }[e.motif]
        return f"{debut} : {suite}" + self._departage(e.departage if e.retenu else None)

    def _parts(self, e: EtapeParts) -> str:
        debut = f"{self.nom(e.projet)} (coût {self.montant(e.cout)}"
        if e.motif == "aucun_soutien":
            return f"{debut}) : écarté, personne ne le soutient."
        debut += f", soutenu par {votants(e.soutiens)})"
        if e.prix is None:
            return f"{debut} : écarté, ses soutiens n'ont plus que {self.montant(e.apport)}."
        pleins = e.soutiens - e.epuises
        quoi = self.montant(e.prix) + (" chacun" if e.approbation else " par point donné")
        paient = f"{votants(pleins)} {'paient' if pleins > 1 else 'paie'} {quoi}"
        if e.epuises:
            paient += (
                f", {nombre(str(e.epuises))} {'donnent' if e.epuises > 1 else 'donne'} tout ce qui reste"
                f" ({self.montant(e.apport_epuises)} en tout)"
            )
        return f"{debut} : retenu. {paient}. Il reste {self.montant(e.reste)}." + self._departage(e.departage)

    def _tour(self, e: EtapeTour) -> str:
        parts = f"Part de {self.montant(e.part)} par votant"
        if e.part_fin != e.part:
            parts = f"Parts de {self.montant(e.part)} à {self.montant(e.part_fin)} par votant"
        suite = {
            "continue": "on augmente la part.",
            "exhaustif": "plus aucun projet n'entre dans le budget, on s'arrête là.",
            "complet": "tous les projets soutenus sont retenus, on s'arrête là.",
            "depassement": "le budget est dépassé, on garde le résultat précédent.",
        }[e.suite]
        pluriel = "s" if len(e.gagnants) > 1 else ""
        combien = f"{len(e.gagnants)} projet{pluriel} pour {self.montant(e.cout_total)}"
        return f"{parts} : {combien} ; {suite}"


def raconter(resultat: Resultat, election: Election, devise: str = "") -> list[str]:
    """Every step of a count as a sentence."""
    recit = Recit({p.id: p.nom for p in election.projets}, election.unite, devise)
    return [recit.etape(etape) for etape in resultat.etapes]
