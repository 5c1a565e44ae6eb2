"""What the page of a scrutin says, from the events of the register: before, during, after."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from domain.calendrier import PARIS
from domain.comptage.nombres import decimal
from domain.comptage.profil import profil
from domain.comptage.recit import nombre as nombre_decimal
from domain.comptage.regles import REGLES, score_par_defaut
from domain.money import euros_ronds
from domain.scrutins import events as e
from web.pages import NBSP, nombre
from web.resultats.compte import Compte, regle_de
from web.resultats.etapes import DEVISES, pourcent
from web.resultats.lecture import Scrutin

ARRONDI = 10  # turnout is published by tens while people vote: no class can be recognised in it


class Ligne(msgspec.Struct, frozen=True):
    """A project in the result: `voix` is its score, `largeur` its bar in percent of the best one."""

    id: str
    nom: str
    prix: str
    voix: int
    texte: str
    largeur: float
    retenu: bool

    @property
    def mot(self) -> str:
        """What its bar says beside its name."""
        return "retenu" if self.retenu else ""


class Participation(msgspec.Struct, frozen=True):
    """How many voted out of how many slips. `part` in percent; `arrondi`: a level only, the vote goes on."""

    bulletins: int
    billets: int
    part: float
    arrondi: bool

    @property
    def phrase(self) -> str:
        """« 412 bulletins pour 540 billets remis, soit 76 % »."""
        sur = f" pour {nombre(self.billets)} billets remis" if self.billets else ""
        if self.arrondi:
            if self.bulletins < ARRONDI:
                return f"Moins de {ARRONDI} bulletins{sur}"
            return f"Plus de {nombre(self.bulletins)} bulletins{sur}"
        pluriel = "s" if self.bulletins > 1 else ""
        soit = f", soit {self.part:.0f}{NBSP}%" if self.billets else ""
        return f"{nombre(self.bulletins)} bulletin{pluriel}{sur}{soit}"


PHASES = {
    "prepare": "avant", "confirme": "avant", "pret": "avant",
    "premiere_couche": "clos", "couches_ouvertes": "clos", "efface": "proclame",
}  # fmt: skip


def phase(scrutin: Scrutin) -> str:
    """What its page is about: avant, ouvert, clos, depouille, proclame, annule, importe."""
    return PHASES.get(scrutin.etat.phase, scrutin.etat.phase)


def participation(scrutin: Scrutin) -> Participation:
    """While it is open, what the readings of the urn say, by tens; afterwards, the minutes."""
    billets = sum(remise.n for remise in scrutin.tous(e.BilletsRemis))
    clos, depouille = scrutin.dernier(e.ScrutinClos), scrutin.depouille
    if clos is None:
        lus = sum(releve.n for releve in scrutin.tous(e.UrneRelevee)) + len(scrutin.tous(e.BilletEchangeContrePapier))
        lus = lus // ARRONDI * ARRONDI
        return Participation(lus, billets, float(pourcent(lus, billets)), arrondi=True)
    voix = depouille.n if depouille else clos.n_urne + clos.n_echanges
    return Participation(voix, clos.n_remis, float(pourcent(voix, clos.n_remis)), arrondi=False)


def lignes(scrutin: Scrutin, compte: Compte | None) -> list[Ligne]:
    """Every project with its score, best first: from the ballots when they are published, else from the totals."""
    noms, couts, gagnants = _projets(scrutin, compte), _prix(scrutin, compte), gagnants_inscrits(scrutin)
    voix = _voix(compte) if compte else (scrutin.depouille.voix if scrutin.depouille else {})
    sommet = max(voix.values(), default=0)
    unite = unite_du_score(scrutin)
    ordre = sorted(noms, key=lambda projet: (-voix.get(projet, 0), projet not in gagnants, noms[projet], projet))
    return [
        Ligne(projet, noms[projet] or projet, couts[projet], n := voix.get(projet, 0), _compte(n, unite),
              pourcent(n, sommet), projet in gagnants)
        for projet in ordre
    ]  # fmt: skip


def gagnants_inscrits(scrutin: Scrutin) -> tuple[str, ...]:
    """The winners that the register holds, in the order of selection."""
    fait = scrutin.depouille or scrutin.importe
    return fait.gagnants if fait else ()


def somme(scrutin: Scrutin, compte: Compte | None) -> str:
    """The sum of the winners' prices, written out."""
    if scrutin.depouille:
        return euros_ronds(scrutin.depouille.cout_total_cents)
    assert compte is not None and scrutin.importe is not None
    return _montant(sum(p.cout for p in compte[0].projets if p.id in scrutin.importe.gagnants), scrutin)


def enveloppe(scrutin: Scrutin) -> str:
    """The budget, written out."""
    if scrutin.cree:
        return euros_ronds(scrutin.cree.budget_cents)
    assert scrutin.importe is not None
    return _montant(scrutin.importe.budget, scrutin)


def d_accord(scrutin: Scrutin, compte: Compte | None) -> bool:
    """Whether the count made again gives the winners that the register holds."""
    return compte is None or compte[1].gagnants == gagnants_inscrits(scrutin)


def officiels(scrutin: Scrutin, compte: Compte | None, selection: Mapping[str, str]) -> str:
    """What the file of an election from elsewhere says of its own result, or nothing. `selection`: its column."""
    if scrutin.importe is None or compte is None or not any(selection.values()):
        return ""
    annonces = {projet for projet, valeur in selection.items() if valeur not in ("", "0")}
    if annonces == set(scrutin.importe.gagnants):
        return "Le résultat officiel, écrit dans le fichier, est le même."
    noms = _projets(scrutin, compte)
    ecart = sorted(noms.get(projet) or projet for projet in annonces ^ set(scrutin.importe.gagnants))
    return f"Le résultat officiel, écrit dans le fichier, est différent : {', '.join(ecart)}."


def on_peut_reclamer(scrutin: Scrutin) -> bool:
    """Whether the delay runs today."""
    proclame = scrutin.etat.proclame
    return proclame is not None and maintenant().date() <= proclame.reclamations_jusqu_au


def maintenant() -> datetime:
    """The instant in Paris."""
    return datetime.now(PARIS)


def devise(scrutin: Scrutin) -> str:
    """Currency of the amounts, as the file says it."""
    return scrutin.importe.meta.get("currency", "") if scrutin.importe else "EUR"


def _montant(valeur: int, scrutin: Scrutin) -> str:
    assert scrutin.importe is not None
    nom = DEVISES.get(devise(scrutin), devise(scrutin))
    return nombre_decimal(decimal(valeur, scrutin.importe.unite)) + (f"{NBSP}{nom}" if nom else "")


def _projets(scrutin: Scrutin, compte: Compte | None = None) -> dict[str, str]:
    if scrutin.cree:
        return {projet.id: projet.titre for projet in scrutin.cree.projets}
    return {projet.id: projet.nom for projet in compte[0].projets} if compte else {}


def _prix(scrutin: Scrutin, compte: Compte | None) -> dict[str, str]:
    if scrutin.cree:
        return {projet.id: euros_ronds(projet.cout_cents) for projet in scrutin.cree.projets}
    return {projet.id: _montant(projet.cout, scrutin) for projet in compte[0].projets} if compte else {}


def _voix(compte: Compte) -> dict[str, int]:
    election, resultat = compte
    vue = profil(election)
    scores = vue.votes if score_de(resultat.regle, resultat.parametres.score) == "votes" else vue.points
    return {projet.id: score for projet, score in zip(vue.projets, scores, strict=True)}


def score_de(regle: str, score: str) -> str:
    """What ranks the projects: a rule without this parameter shows votes."""
    return score if "score" in REGLES[regle] else "votes"


def unite_du_score(scrutin: Scrutin) -> str:
    """« voix » or « points »: what ranks the projects of this vote."""
    regle, parametres = regle_de(scrutin)
    fait = scrutin.cree or scrutin.importe
    assert fait is not None
    return "voix" if score_de(regle, parametres.get("score", score_par_defaut(fait.type_vote))) == "votes" else "points"


def _compte(score: int, unite: str) -> str:
    return f"{nombre(score)}{NBSP}{unite if score > 1 or unite == 'voix' else unite.removesuffix('s')}"
