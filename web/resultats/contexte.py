"""The words and numbers of a scrutin's pages, written out for the templates."""

from collections.abc import Mapping
from typing import Any

from domain.comptage import pabulib
from domain.ledger.event import Event, Recorded
from domain.money import euros_ronds
from domain.scrutins import events as e
from domain.scrutins.bulletins import MOTIFS_NULS
from web.journal.words import kind
from web.pages import date_heure, date_longue, nombre
from web.propositions.instances import Annuaire
from web.resultats import vue
from web.resultats.compte import Compte
from web.resultats.empreintes import empreinte_cle
from web.resultats.equations import equations
from web.resultats.etapes import DEVISES, de_soutiens, etapes
from web.resultats.lecture import Scrutin
from web.scrutins.mots import DEPARTAGE, REGLES, TYPES, comptage, fenetre, moment, regles

LOTS: tuple[type[Event], ...] = (
    e.UrneRelevee, e.BulletinsDepouilles, e.LignesImportees, e.BilletEchangeContrePapier, e.BilletsRemis,
)  # fmt: skip
COUCHES = {"metropole": "Clé de la Métropole", "bureau": "Clé du bureau de vote"}
PHRASES = {
    "annule": "Ce vote est annulé.",
    "proclame": "Le résultat est proclamé.",
    "depouille": "Le vote est dépouillé. Le résultat va être proclamé.",
    "clos": "Le vote est fini. Le dépouillement vient ensuite.",
    "ouvert": "Le vote est ouvert.",
    "avant": "Le vote n’est pas encore ouvert.",
    "importe": "Cette élection a eu lieu ailleurs. Ses bulletins sont publiés, et recomptés ici.",
}
DECISIONS = {
    "rejetee": "rejetée",
    "admise_sans_effet": "admise, sans effet sur le résultat",
    "scrutin_annule": "admise, le vote est annulé",
}


def fil(scrutin: Scrutin, page: str = "", adresse: str = "") -> list[dict[str, str]]:
    """The breadcrumb of a page of this scrutin."""
    debut = [("/", "Accueil"), ("/scrutins", "Les votes"), (f"/scrutins/{scrutin.reference}", scrutin.reference)]
    suite = [(f"/scrutins/{scrutin.reference}/{adresse}", page)] if page else []
    return [{"href": href, "label": label} for href, label in (*debut, *suite)]


def contexte(scrutin: Scrutin, compte: Compte | None, noms: Annuaire) -> dict[str, Any]:
    """All that the page of a scrutin says."""
    cree, ou = scrutin.cree, vue.phase(scrutin)
    essai = bool(cree and cree.essai)
    return {
        "titre": f"{'Répétition – ' if essai else ''}{scrutin.titre} – {scrutin.reference}",
        "intitule": scrutin.titre,
        "fil": fil(scrutin),
        "s": scrutin,
        "phase": ou,
        "phrase": PHRASES[ou],
        "suite": _suite(scrutin, ou),
        "essai": essai,
        "college": noms.nom(cree.college) if cree and cree.college else "",
        "regles": regles(cree) if cree else regle_importee(scrutin),
        "fenetre": fenetre(cree) if cree else "",
        "participation": vue.participation(scrutin) if cree and ou not in ("avant",) else None,
        "enveloppe": vue.enveloppe(scrutin),
        "proposes": [(p, euros_ronds(p.cout_cents)) for p in cree.projets] if cree else [],
        "cles": [{"nom": COUCHES[cle.couche], "empreinte": empreinte_cle(cle.cle)} for cle in
                 scrutin.tous(e.ClesDuScrutinPubliees)],
        "confirme": _confirme(scrutin, noms),
        "billets": scrutin.dernier(e.BilletsCrees),
        "equations": equations(scrutin),
        "reclamations": _reclamations(scrutin),
        "reclamer": ou == "proclame" and not essai and vue.on_peut_reclamer(scrutin),
        "actes": actes(scrutin, noms),
        **resultat(scrutin, compte),
    }  # fmt: skip


def resultat(scrutin: Scrutin, compte: Compte | None) -> dict[str, Any]:
    """Winners, scores, totals; empty before the count."""
    depouille = scrutin.depouille
    if depouille is None and scrutin.importe is None:
        return {"lignes": [], "gagnants": [], "accord": True}
    trouvees = vue.lignes(scrutin, compte)
    par_id = {ligne.id: ligne for ligne in trouvees}
    return {
        "lignes": trouvees,
        "gagnants": [par_id[projet] for projet in vue.gagnants_inscrits(scrutin)],
        "unite": vue.unite_du_score(scrutin),
        "somme": vue.somme(scrutin, compte),
        "publies": compte is not None,
        "accord": vue.d_accord(scrutin, compte),
        "officiel": vue.officiels(scrutin, compte, selection(scrutin)),
        "compte": _compte(scrutin, compte),
        "nuls": [(MOTIFS_NULS.get(motif, motif), n) for motif, n in depouille.nuls.items()]
        if depouille
        else _nuls(compte),
    }


def _compte(scrutin: Scrutin, compte: Compte | None) -> dict[str, int]:
    depouille = scrutin.depouille
    if depouille is None:
        assert compte is not None  # the ballots of an import are there
        election = compte[0]
        return {"bulletins": election.votants, "nuls": len(election.nuls)}
    nuls = sum(depouille.nuls.values())
    return {"bulletins": depouille.n, "nuls": nuls, "blancs": depouille.n_blancs, "papier": depouille.n_papier}


def _nuls(compte: Compte | None) -> list[tuple[str, int]]:
    motifs: dict[str, int] = {}
    for nul in compte[0].nuls if compte else ():
        motifs[nul.motif] = motifs.get(nul.motif, 0) + 1
    return sorted(motifs.items())


def selection(scrutin: Scrutin) -> Mapping[str, str]:
    """What an imported file says of each project in its own column `selected`."""
    if scrutin.importe is None:
        return {}
    projets = pabulib.lire(scrutin.fichier).projets
    return dict(zip(projets.colonne("project_id"), projets.colonne("selected"), strict=True))


def regle_importee(scrutin: Scrutin) -> list[str]:
    """How an election from elsewhere is counted here, in sentences."""
    importe = scrutin.importe
    assert importe is not None
    nom, effet = REGLES[importe.regle_comptage]
    monnaie = DEVISES.get(vue.devise(scrutin), vue.devise(scrutin))
    precisions = comptage(importe.regle_comptage, importe.parametres, 0)[1:]
    return [
        f"Bulletin : {TYPES[importe.type_vote][0].lower()}.",
        f"Règle : {nom.lower()}. {effet}",
        *(phrase.replace("€", monnaie) for phrase in precisions),
        *([importe.note] if importe.note else []),
        DEPARTAGE,
    ]


def contexte_pourquoi(scrutin: Scrutin, compte: Compte) -> dict[str, Any]:
    """The steps of the count."""
    election, trouve = compte
    lus = etapes(election, trouve, vue.devise(scrutin))
    return {
        "titre": f"Pourquoi ces projets ? – {scrutin.titre} – {scrutin.reference}",
        "fil": fil(scrutin, "Pourquoi ces projets ?", "pourquoi"),
        "s": scrutin,
        "etapes": lus,
        "tableau": [etape["ligne"] for etape in lus if etape["ligne"]],
        "soutiens": de_soutiens(trouve),
        "enveloppe": vue.enveloppe(scrutin),
        "somme": vue.somme(scrutin, compte),
        "regles": regles(scrutin.cree)[3:-2] if scrutin.cree else regle_importee(scrutin),
        "nombre_": len(trouve.gagnants),
        "accord": vue.d_accord(scrutin, compte),
    }


def actes(scrutin: Scrutin, noms: Annuaire) -> list[dict[str, Any]]:
    """The acts of this scrutin; those that come in lots as one line, from the first of them."""
    montres: list[tuple[Recorded, int]] = []
    lots: dict[type[Event], int] = {}
    for fait in scrutin.faits:
        sorte = type(fait.event)
        if sorte in LOTS and sorte in lots:
            lots[sorte] += 1
            continue
        lots[sorte] = 1
        montres.append((fait, 1))
    return [_acte(scrutin, fait, lots[type(fait.event)] if type(fait.event) in LOTS else 1, noms)
            for fait, _ in reversed(montres)]  # fmt: skip


def _acte(scrutin: Scrutin, fait: Recorded, combien: int, noms: Annuaire) -> dict[str, Any]:
    par = getattr(fait.event, "par", None)
    dit = kind(type(fait.event).TOPIC)
    return {
        "numero": nombre(fait.position),
        "index": fait.position - 1,
        "phrase": f"{dit} ({nombre(combien)} actes, à partir de celui-ci)" if combien > 1 else dit,
        "fonction": noms.fonction(par) if par else "",
        "survenu": date_longue(fait.event.survenu_le) if fait.event.survenu_le else "Sans date, pour le secret",
        "enregistre": f"le {date_heure(fait.recorded_at)}" if fait.recorded_at else "",
        "feuille": bytes.fromhex(scrutin.feuilles[fait.position]).hex(" ", 2),
    }


def _suite(scrutin: Scrutin, ou: str) -> str:
    cree, proclame = scrutin.cree, scrutin.dernier(e.ResultatProclame)
    if cree is None:
        return ""
    if ou == "avant":
        return f"Il ouvre {moment(cree.ouvre_le)}."
    announced = scrutin.etat.annonce
    if ou == "clos" and announced is not None:
        return f"On dépouille {moment(announced.quand)}, {announced.lieu}. Chacun peut venir voir."
    if ou == "ouvert":
        passe = vue.maintenant() > cree.ferme_le
        return (
            "L’heure de fin est passée. Le bureau de vote va fermer l’urne."
            if passe
            else (f"Il ferme {moment(cree.ferme_le)}.")
        )
    if ou == "proclame" and proclame is not None:
        fini = vue.maintenant().date() > proclame.reclamations_jusqu_au
        return f"On {'pouvait' if fini else 'peut'} réclamer jusqu’au {date_longue(proclame.reclamations_jusqu_au)}."
    return ""


def _confirme(scrutin: Scrutin, noms: Annuaire) -> str:
    fait = scrutin.fait(e.ReglesConfirmees)
    if fait is None or scrutin.cree is None:
        return ""
    confirme = fait.event
    assert isinstance(confirme, e.ReglesConfirmees)
    quand = date_longue(fait.event.survenu_le) if fait.event.survenu_le else ""
    return (
        f"Règles écrites par : {noms.fonction(scrutin.cree.par)}. "
        f"Relues et confirmées par : {noms.fonction(confirme.par)}, {quand}."
    )


def _reclamations(scrutin: Scrutin) -> list[str]:
    tranchees = {fait.rang: fait for fait in scrutin.tous(e.ReclamationTranchee)}
    dites = []
    for fait in scrutin.tous(e.ReclamationDeposee):
        reponse = tranchees.get(fait.rang)
        dit = f"{DECISIONS[reponse.decision]}. {reponse.motif}" if reponse else "en cours d’examen."
        dites.append(f"Réclamation n° {fait.rang} : {dit}")
    return dites
