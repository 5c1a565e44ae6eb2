"""Pabulib `.pb` files: the exchange format of participatory budgets (Faliszewski et al., IJCAI 2023).

Three sections (META, PROJECTS, VOTES) of `;`-separated lines, each with its header. Everything read is kept
as text, so costs stay as they were written; `election_pabulib` makes numbers of it.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import Final

SECTIONS: Final = ("META", "PROJECTS", "VOTES")


class ErreurPabulib(ValueError):
    """The file cannot be counted; `ligne` (from 1) is where, 0 for the whole file. French."""

    def __init__(self, ligne: int, message: str) -> None:
        super().__init__(f"ligne {ligne} : {message}" if ligne else message)
        self.ligne = ligne


@dataclass
class Tableau:
    """A section: header, rows of the same length as it, and the line of each row in the file."""

    colonnes: list[str]
    lignes: list[tuple[str, ...]] = field(default_factory=list)
    reperes: list[int] = field(default_factory=list)

    def colonne(self, nom: str, ailleurs: str = "") -> list[str]:
        """A column, trimmed; `ailleurs` everywhere when the table does not have it."""
        if nom not in self.colonnes:
            return [ailleurs] * len(self.lignes)
        rang = self.colonnes.index(nom)
        return [champs[rang].strip() for champs in self.lignes]


@dataclass
class FichierPb:
    """A `.pb` file as text. `avertissements`: what is odd but does not prevent the count."""

    meta: dict[str, str]
    projets: Tableau
    votes: Tableau
    reperes_meta: dict[str, int] = field(default_factory=dict)
    avertissements: list[str] = field(default_factory=list)


def lire(octets: bytes) -> FichierPb:
    """Read a file; ErreurPabulib tells the line and the reason."""
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise ErreurPabulib(octets.count(b"\n", 0, e.start) + 1, "le fichier n'est pas en UTF-8") from None
    tableaux = _sections(texte)
    for nom, colonnes in (("PROJECTS", ("project_id", "cost")), ("VOTES", ("vote",))):
        for colonne in colonnes:
            if colonne not in tableaux[nom].colonnes:
                raise ErreurPabulib(0, f"la section {nom} n'a pas de colonne « {colonne} »")
    meta, reperes = {}, {}
    for (cle, valeur, *_), ligne in zip(tableaux["META"].lignes, tableaux["META"].reperes, strict=True):
        meta[cle.strip()], reperes[cle.strip()] = valeur.strip(), ligne
    fichier = FichierPb(meta, tableaux["PROJECTS"], tableaux["VOTES"], reperes)
    _comparer_annonces(fichier)
    return fichier


def _sections(texte: str) -> dict[str, Tableau]:
    tableaux: dict[str, Tableau] = {}
    courant: Tableau | None = None
    attend_entete = False
    nom = ""
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=";")
    try:
        for champs in lecteur:
            ligne = lecteur.line_num
            if len(champs) == 1 or not any(champs[1:]):
                tete = champs[0].strip() if champs else ""
                if not any(champs):
                    continue
                if tete.upper() in SECTIONS and not attend_entete:
                    nom, attend_entete = tete.upper(), True
                    if nom in tableaux:
                        raise ErreurPabulib(ligne, f"deuxième section {nom}")
                    continue
            if attend_entete:
                courant = tableaux[nom] = Tableau([c.strip().lower() for c in champs])
                attend_entete = False
                continue
            if courant is None:
                raise ErreurPabulib(ligne, "le fichier doit commencer par une ligne « META »")
            ecart = len(courant.colonnes) - len(champs)
            if ecart > 0:
                champs += [""] * ecart
            elif ecart < 0 and nom != "META" and any(champs[ecart:]):
                raise ErreurPabulib(ligne, f"{len(champs)} champs pour {len(courant.colonnes)} colonnes dans {nom}")
            elif ecart < 0 and nom == "META":
                champs = [champs[0], ";".join(champs[1:]).rstrip(";")]
            courant.lignes.append(tuple(champs[: len(courant.colonnes)]))
            courant.reperes.append(ligne)
    except csv.Error as e:
        raise ErreurPabulib(lecteur.line_num, f"ligne illisible ({e})") from None
    for section in SECTIONS:
        if section not in tableaux:
            raise ErreurPabulib(0, f"il manque la section {section}")
    if len(tableaux["META"].colonnes) < 2:
        raise ErreurPabulib(0, "la section META doit avoir deux colonnes, « key;value »")
    return tableaux


def _comparer_annonces(fichier: FichierPb) -> None:
    for cle, lignes in (("num_projects", fichier.projets.lignes), ("num_votes", fichier.votes.lignes)):
        annonce = fichier.meta.get(cle)
        if annonce is not None and annonce != str(len(lignes)):
            fichier.avertissements.append(f"{cle} annonce {annonce}, le fichier en contient {len(lignes)}")
    if "voter_id" in fichier.votes.colonnes and _repetes(fichier.votes.colonne("voter_id")):
        fichier.avertissements.append("plusieurs bulletins portent le même voter_id : tous comptent")


def _repetes(valeurs: list[str]) -> bool:
    return len(set(valeurs)) < len(valeurs)


def ecrire(fichier: FichierPb) -> str:
    """The text of a file, which `lire` reads back to the same tables."""
    sortie = io.StringIO()
    plume = csv.writer(sortie, delimiter=";", lineterminator="\n")
    plume.writerows([["META"], ["key", "value"], *fichier.meta.items()])
    for nom, tableau in (("PROJECTS", fichier.projets), ("VOTES", fichier.votes)):
        plume.writerows([[nom], tableau.colonnes, *tableau.lignes])
    return sortie.getvalue()
