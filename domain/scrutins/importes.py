"""Elections held elsewhere, as Pabulib files: which of our rules counts one, and its bytes in lots of an entry."""

import base64
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from domain.comptage.election import Election
from domain.comptage.election_pabulib import election as election_du_fichier
from domain.comptage.nombres import lire_nombre
from domain.comptage.pabulib import ErreurPabulib, FichierPb, lire
from domain.comptage.regles import Resultat, compter, lire_parametres
from domain.errors import RegleViolee
from domain.law import Regle, publish
from domain.texte import nettoye

OCTETS_MAX = 32 * 1024 * 1024
OCTETS_DU_LOT = 12 * 1024
OCTETS_DU_MORCEAU = 6 * 1024
OCTETS_DES_GAGNANTS = 6 * 1024
ENTIER_MAX = 2**53 - 1
SIGNES_META = 160
LIGNES_META = 30

IMPORT_PABULIB = publish(
    Regle(
        id="import-pabulib-2026",
        titre="Une élection venue d'ailleurs",
        texte="Une élection publiée au format Pabulib entre telle quelle dans le registre : ses projets, "
        "ses bulletins, sa règle. Les gagnants sont recomptés. Quand le fichier ne nomme aucune de nos règles, c'est "
        "le glouton, et la page le dit. Un même fichier n'entre qu'une fois.",
        source="choix du projet ; format .pb : Faliszewski et autres, « Participatory Budgeting : Data, Tools, and "
        "Analysis », IJCAI 2023",
        lien="https://pabulib.org/format",
        du=date(2026, 1, 1),
        parametres={"octets_maximum": OCTETS_MAX},
    )
)

# The file's word for its rule -> ours. `equalshares/add1` stops before the step that overspends and starts from whole
# shares: it gives the published result of the election that used it.
CORRESPONDANCES: Mapping[str, tuple[str, dict[str, str]]] = {
    "greedy": ("glouton", {}),
    "greedy-no-skip": ("glouton_arret", {}),
    "equalshares": ("parts_egales", {}),
    "equalshares/add1": ("parts_egales_add1", {"depart": "entier", "arret": "depassement", "pas": "1"}),
}
SEUILS = ("min_project_score_threshold", "threshold")


class FichierRefuse(RegleViolee):
    fondement = IMPORT_PABULIB
    conseil = "Corrigez ce fichier, ou demandez-en un autre à qui l'a publié."


class ElectionImportee(msgspec.Struct, frozen=True):
    """A file read and counted: what the command writes. `contenu` are its bytes."""

    contenu: bytes
    titre: str
    fichier: FichierPb
    election: Election
    resultat: Resultat
    note: str

    @property
    def empreinte(self) -> str:
        """sha256 of the file, hexadecimal."""
        return hashlib.sha256(self.contenu).hexdigest()


def preparer(contenu: bytes) -> ElectionImportee:
    """Reads and counts a file. Raises FichierRefuse with the line and the reason."""
    if len(contenu) > OCTETS_MAX:
        raise FichierRefuse(f"Ce fichier pèse plus de {OCTETS_MAX // 2**20} Mio.")
    try:
        fichier = lire(contenu)
        compte = election_du_fichier(fichier)
        regle, params, note = choisir_regle(fichier.meta)
        if illisible := next((p.id for p in compte.projets if not p.id.isprintable()), None):
            raise ErreurPabulib(0, f"identifiant de projet illisible : {illisible!r}")
    except ErreurPabulib as e:
        raise FichierRefuse(f"Fichier illisible : {e}.") from None
    grands = compte.budget, compte.unite, compte.longueur_max, *(projet.cout for projet in compte.projets)
    if max(grands) > ENTIER_MAX:
        raise FichierRefuse("Un montant de ce fichier dépasse ce que le registre sait écrire.")
    resultat = compter(compte, regle, lire_parametres(regle, params, compte.type_vote))
    if len(msgspec.json.encode(resultat.gagnants)) > OCTETS_DES_GAGNANTS:
        raise FichierRefuse("Ce fichier donne trop de projets retenus pour un acte du registre.")
    return ElectionImportee(contenu, titre_du_fichier(fichier.meta), fichier, compte, resultat, note)


def choisir_regle(meta: Mapping[str, str]) -> tuple[str, dict[str, str], str]:
    """Our rule for this file, its parameters, and what to know of that choice (a sentence, or nothing)."""
    nom = nettoye(meta.get("rule", ""))[:60].lower()
    seuil = next((meta[cle] for cle in SEUILS if meta.get(cle)), "")
    if seuil and nom in ("greedy", "greedy-threshold"):
        try:
            lire_nombre(seuil)
        except ValueError:
            raise ErreurPabulib(0, f"{SEUILS[0]} : « {seuil} » n'est pas un nombre") from None
        return "glouton_seuil", {"seuil": seuil}, ""
    if nom in CORRESPONDANCES:
        regle, params = CORRESPONDANCES[nom]
        reste = f"Le fichier donne aussi un seuil de {seuil}, que cette règle n'applique pas." if seuil else ""
        return regle, params, reste
    dit = f"Le fichier nomme la règle « {nom} », que nous n'avons pas" if nom else "Le fichier ne nomme pas de règle"
    if nom == "unknown":
        dit = "Le fichier dit que la règle est inconnue"
    return "glouton", {}, f"{dit} : il est compté ici au glouton."


def titre_du_fichier(meta: Mapping[str, str]) -> str:
    """What people call this election, from the file's own lines; at most 200 signs."""
    titre = meta.get("description") or meta.get("unit") or "Élection importée"
    for cle in ("subunit", "instance"):
        ajout = meta.get(cle, "")
        if ajout and ajout not in titre and (cle != "instance" or ajout.isdigit()):
            titre += f", {ajout}"
    return titre if len(titre) <= 200 else titre[:199] + "…"


def courte(meta: Mapping[str, str]) -> dict[str, str]:
    """The short lines of META whose key an entry may bear; the whole file follows anyway."""
    propres = {cle: nettoye(valeur) for cle, valeur in meta.items()}
    gardees = {cle: mot for cle, mot in propres.items() if cle.isascii() and cle.isprintable() and len(cle) <= 60}
    return {
        cle: valeur if len(valeur) <= SIGNES_META else valeur[: SIGNES_META - 1] + "…"
        for cle, valeur in list(gardees.items())[:LIGNES_META]
    }


def decouper(contenu: bytes) -> tuple[str, list[tuple[str, ...]]]:
    """(encoding, lots of pieces) of a file; `recoller` gives it back. No lot is more than 12 KiB once written."""
    texte = contenu.decode()
    # As it will be written: an escaped tab ends with a letter, which a lone accent after it would join.
    codage = "texte" if unicodedata.is_normalized("NFC", msgspec.json.encode(texte).decode()) else "base64"
    lots: list[tuple[str, ...]] = []
    lot: list[str] = []
    taille = 0
    for morceau in _morceaux(texte) if codage == "texte" else _en_base64(contenu):
        poids = len(msgspec.json.encode(morceau)) + 1
        if lot and taille + poids > OCTETS_DU_LOT:
            lots.append(tuple(lot))
            lot, taille = [], 0
        lot.append(morceau)
        taille += poids
    return codage, [*lots, tuple(lot)]


def recoller(codage: str, lots: Iterable[Iterable[str]]) -> bytes:
    """The file, byte for byte."""
    if codage == "base64":
        return b"".join(base64.b64decode(morceau) for lot in lots for morceau in lot)
    return "".join(morceau for lot in lots for morceau in lot).encode()


def _morceaux(texte: str) -> Iterable[str]:
    """Lines with their ends; a line is cut where its escaped form may pass 6 KiB (6 octets for one sign at most)."""
    pas = OCTETS_DU_MORCEAU // 6
    for ligne in io.StringIO(texte, newline="\n"):
        yield from (ligne[debut : debut + pas] for debut in range(0, len(ligne), pas))


def _en_base64(contenu: bytes) -> Iterable[str]:
    for debut in range(0, len(contenu), OCTETS_DU_MORCEAU // 2):
        yield base64.b64encode(contenu[debut : debut + OCTETS_DU_MORCEAU // 2]).decode()
