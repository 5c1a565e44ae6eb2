"""The acts on a meeting before it opens and after it ends, and those that frame it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from domain.calendrier import PARIS
from domain.ledger.command import Command
from domain.seances import events as e
from domain.seances.appeler_point import AppelerPoint, ConstaterQuorum, DeclarerDeport
from domain.seances.constater_presences import DonnerPouvoir, ExcuserAbsence, RevoquerPouvoir
from domain.seances.convoquer import AnnulerSeance, Convoquer, ReporterSeance
from domain.seances.inscrire_point import InscrirePoint, RenvoyerPoint, ReordonnerOrdreDuJour
from domain.seances.rediger_pv import SIGNES_DEBATS, ArreterPv, PublierPv, RectifierSeance, RedigerPv
from domain.seances.regles import POUVOIRS, PROCES_VERBAL
from domain.seances.tenir_seance import (
    DeciderHuisClos,
    ElireSecretaire,
    LeverSeance,
    OuvrirSeance,
    TenirAudition,
    VoterUrgence,
)
from domain.texte import SIGNES_LIGNE
from web.acces.persons import today
from web.bureau.formulaire import Champ, Illisible, jour_du
from web.pages import date_longue
from web.seances.formes import HEURE, Acte, Demande, Lu, chiffres, lire_heure
from web.seances.lecture import Reunion
from web.seances.mots import ORIGINES

Options = tuple[tuple[str, str], ...]
MOTIF = Champ("motif", "Raison", requis=True, max=SIGNES_LIGNE, aide="Publique.")


def membres(reunion: Reunion, elus: Sequence[str]) -> Options:
    """Members to choose from, as a list that is read by surname: « Cochet, Mme »."""
    sitting = reunion.membres
    return tuple((elu, _nom_d_abord(reunion, elu)) for elu in sitting if elu in set(elus))


def _nom_d_abord(reunion: Reunion, elu: str) -> str:
    member = reunion.membres[elu]
    if not member.nom:
        return f"{elu}, {reunion.nom(elu)}"
    if not member.civilite:
        return reunion.nom(elu)
    return reunion.nom(elu).removeprefix(f"{member.civilite}\u00a0") + f", {member.civilite}"


def _avant(lu: Lu) -> bool:
    return lu.reunion.row.etat in ("planifiee", "convoquee")


def _pendant(lu: Lu) -> bool:
    return lu.reunion.row.etat == "ouverte"


def _inscrire(d: Demande) -> list[Command]:
    origine = cast(e.Origine, d.mot("origine") or "presidence")
    return [InscrirePoint(*d.qui, d.mot("objet"), origine, d.mot("dossier") or None)]


def _ordonner(d: Demande) -> list[Command]:
    """`monter` or `descendre` names the item; the others keep their place."""
    order, up = list(d.reunion.ordre), d.mot("monter")
    moved = up or d.mot("descendre")
    if chiffres(moved) not in order:
        raise Illisible("ordre", "Ce point n’est pas à l’ordre du jour.")
    at = order.index(chiffres(moved))
    to = max(0, at - 1) if up else min(len(order) - 1, at + 1)
    order.insert(to, order.pop(at))
    return [ReordonnerOrdreDuJour(*d.qui, tuple(order))]


def _convoquer(d: Demande) -> list[Command]:
    urgent = d.mot("urgence") == "oui"
    return [Convoquer(*d.qui, jour_du(d.champs, "envoyee_le"), urgent, d.mot("motif") or None)]


def _reporter(d: Demande) -> list[Command]:
    day = jour_du(d.champs, "jour")
    noon = d.reunion.row.prevue_le.astimezone(PARIS).replace(year=day.year, month=day.month, day=day.day, hour=12)
    return [ReporterSeance(*d.qui, lire_heure(d.mot("heure"), "heure", noon), d.mot("motif"))]


def _ouvrir(d: Demande) -> list[Command]:
    return [OuvrirSeance(*d.qui, d.heure(), d.mot("president"))]


def _rectifier(d: Demande) -> list[Command]:
    """The fact, and with a vote by name its names: they would be counted again otherwise."""
    version = chiffres(d.mot("version"))
    facts = {f.fact.version: f.event for f in d.reunion.faits}
    wrong, seance = facts.get(version), d.reunion.seance
    names = [
        v
        for v, event in facts.items()
        if isinstance(wrong, e.VoteCompte) and isinstance(event, e.VoixNominatives)
        and event.rang == wrong.rang and v not in seance.rectifies
    ]  # fmt: skip
    return [RectifierSeance(*d.qui, v, d.mot("motif")) for v in (*names, version)]


def _presidence(lu: Lu) -> dict[str, str]:
    return {"president": lu.reunion.composition.president(lu.reunion.jour) or ""}


def _suivantes(lu: Lu) -> Options:
    """Later meetings of the body that have begun: one of them adopts the minutes."""
    here = lu.reunion.row.prevue_le
    return tuple(
        (row.reference, f"{row.reference}, {date_longue(row.prevue_le)}")
        for row in lu.autres
        if row.prevue_le > here and row.etat in ("ouverte", "levee")
    )


def trame(reunion: Reunion) -> str:
    """Where to write the debates: each item that was called, under its title."""
    return "\n\n".join(
        f"Point {rang}. {reunion.seance.points[rang].objet}\n"
        for rang in reunion.ordre
        if rang in reunion.seance.appeles
    )


def _debats(lu: Lu) -> dict[str, str]:
    kept = [f.event for f in lu.reunion.faits if isinstance(f.event, e.PvRedige)]
    return {"debats": kept[-1].debats if kept else trame(lu.reunion)}


def _absents(lu: Lu) -> list[str]:
    seance = lu.reunion.seance
    return [elu for elu in lu.reunion.membres if elu not in seance.presents and elu not in seance.pouvoirs]


def _libres(lu: Lu) -> list[str]:
    held, most = list(lu.reunion.seance.pouvoirs.values()), lu.reunion.parametre(POUVOIRS, "pouvoirs", "par_membre")
    return [elu for elu in lu.reunion.seance.presents if held.count(elu) < most]


def _mandants(lu: Lu) -> list[str]:
    return list(lu.reunion.seance.pouvoirs)


def _pv(etat: str) -> Any:
    return lambda lu: lu.reunion.row.etat == "levee" and lu.reunion.row.pv == etat


def _elu(nom: str, label: str, possible: Any) -> Any:
    return lambda lu: (Champ(nom, label, "select", membres(lu.reunion, possible(lu)), requis=True),)


DU_CADRE = (
    Acte("point", "Inscrire ce point", "inscrire_point", _inscrire,
         lambda lu: lu.reunion.row.etat in ("planifiee", "convoquee", "ouverte"),
         lambda lu: (Champ("objet", "Objet", requis=True, max=500),
                     Champ("dossier", "Numéro du dossier", max=60, aide="Exemples : 2026-0012, AV-2026-0014"),
                     Champ("origine", "Proposé par", "select", tuple(ORIGINES.items()), requis=True)),
         lambda lu: {"origine": "presidence"}),
    Acte("ordre", "Changer l’ordre", "inscrire_point", _ordonner),
    Acte("convoquer", "Noter la convocation", "convoquer", _convoquer,
         lambda lu: lu.reunion.row.etat == "planifiee" and bool(lu.reunion.seance.points),
         lambda lu: (Champ("envoyee_le", "Envoyée le", "date", requis=True),
                     Champ("urgence", "C’est une urgence", "case"),
                     Champ("motif", "Raison de l’urgence", max=SIGNES_LIGNE)),
         lambda lu: {"envoyee_le": today().isoformat()}),
    Acte("reporter", "Reporter la séance", "convoquer", _reporter, _avant,
         lambda lu: (Champ("jour", "Nouveau jour", "date", requis=True),
                     Champ("heure", "Heure", requis=True, max=8), MOTIF)),
    Acte("annuler", "Annuler la séance", "convoquer",
         lambda d: [AnnulerSeance(*d.qui, d.mot("motif"))], _avant, lambda lu: (MOTIF,)),
    Acte("excuser", "Excuser cette absence", "tenir_seance",
         lambda d: [ExcuserAbsence(*d.qui, d.mot("elu"))],
         lambda lu: lu.reunion.row.etat in ("convoquee", "ouverte") and bool(lu.reunion.membres),
         _elu("elu", "Qui s’excuse ?", _absents)),
    Acte("ouvrir", "Ouvrir la séance", "tenir_seance", _ouvrir, lambda lu: lu.reunion.row.etat == "convoquee",
         lambda lu: (HEURE, Champ("president", "Qui préside ?", "select",
                                  membres(lu.reunion, list(lu.reunion.membres)), requis=True)),
         _presidence),
    Acte("secretaire", "Noter le ou la secrétaire", "tenir_seance",
         lambda d: [ElireSecretaire(*d.qui, d.mot("elu"))],
         lambda lu: _pendant(lu) and lu.reunion.seance.secretaire is None and bool(lu.reunion.seance.presents),
         _elu("elu", "Secrétaire de séance", lambda lu: list(lu.reunion.seance.presents))),
    Acte("urgence", "Noter la décision sur l’urgence", "tenir_seance",
         lambda d: [VoterUrgence(*d.qui, d.mot("admise") == "oui")],
         lambda lu: _pendant(lu) and lu.reunion.seance.urgence_admise is None
         and bool(lu.reunion.seance.convocation and lu.reunion.seance.convocation.urgence),
         lambda lu: (Champ("admise", "L’assemblée admet-elle l’urgence ?", "radios",
                           (("oui", "Oui"), ("non", "Non")), requis=True),)),
    Acte("quorum", "Constater le quorum", "tenir_seance", lambda d: [ConstaterQuorum(*d.qui)],
         lambda lu: _pendant(lu) and not lu.reunion.seance.quorums and bool(lu.reunion.seance.presents)),
    Acte("huis-clos", "Décider le huis clos", "tenir_seance",
         lambda d: [DeciderHuisClos(*d.qui, d.mot("motif"))], _pendant, lambda lu: (MOTIF,)),
    Acte("lever", "Lever la séance", "tenir_seance", lambda d: [LeverSeance(*d.qui, d.heure())], _pendant,
         lambda lu: (HEURE,)),
    Acte("pouvoir", "Noter ce pouvoir", "tenir_seance",
         lambda d: [DonnerPouvoir(*d.qui, d.mot("mandant"), d.mot("mandataire"), d.heure())],
         lambda lu: _pendant(lu) and bool(_absents(lu)) and bool(_libres(lu)),
         lambda lu: (Champ("mandant", "Qui donne pouvoir ?", "select", membres(lu.reunion, _absents(lu)), requis=True),
                     Champ("mandataire", "À qui ?", "select", membres(lu.reunion, _libres(lu)), requis=True), HEURE)),
    Acte("revoquer", "Mettre fin à ce pouvoir", "tenir_seance",
         lambda d: [RevoquerPouvoir(*d.qui, d.mot("mandant"), d.heure())],
         lambda lu: _pendant(lu) and bool(lu.reunion.seance.pouvoirs),
         lambda lu: (*_elu("mandant", "Qui reprend sa voix ?", _mandants)(lu), HEURE)),
    Acte("rectifier", "Rectifier", "tenir_seance", _rectifier, lambda lu: False,
         lambda lu: (Champ("version", "Fait", "hidden"), MOTIF)),
)  # fmt: skip

DU_POINT = (
    Acte("appeler", "Appeler ce point", "tenir_seance",
         lambda d: [AppelerPoint(*d.qui, d.rang, d.heure())], champs=lambda lu: (HEURE,)),
    Acte("deport", "Noter ce déport", "tenir_seance",
         lambda d: [DeclarerDeport(*d.qui, d.mot("elu"), d.rang)],
         champs=_elu("elu", "Qui se déporte ?", lambda lu: list(lu.reunion.membres)),
         aide="Ce membre sort : il ne compte ni pour le quorum ni pour le vote."),
    Acte("audition", "Noter cette audition", "tenir_seance",
         lambda d: [TenirAudition(*d.qui, d.rang, d.mot("qualite"))],
         champs=lambda lu: (Champ("qualite", "Qualité de la personne entendue", requis=True, max=SIGNES_LIGNE,
                                  aide="Une fonction, sans voix. Exemple : la directrice de la voirie"),)),
    Acte("renvoyer", "Renvoyer ce point", "tenir_seance",
         lambda d: [RenvoyerPoint(*d.qui, d.rang, d.mot("motif"))], champs=lambda lu: (MOTIF,)),
)  # fmt: skip

DU_PV = (
    Acte("pv", "Enregistrer le procès-verbal", "rediger_pv", lambda d: [RedigerPv(*d.qui, d.mot("debats"))],
         lambda lu: lu.reunion.row.etat == "levee" and lu.reunion.row.pv in ("", "redige"),
         lambda lu: (Champ("debats", "La teneur des débats", "textarea", requis=True, max=SIGNES_DEBATS,
                           aide="Présences, quorum et votes viennent des faits notés : ne les recopiez pas."),),
         _debats),
    Acte("arreter", "Arrêter le procès-verbal", "rediger_pv", lambda d: [ArreterPv(*d.qui, d.mot("a_la_seance"))],
         lambda lu: _pv("redige")(lu) and bool(_suivantes(lu)),
         lambda lu: (Champ("a_la_seance", "À quelle séance ?", "select", _suivantes(lu), requis=True),),
         lambda lu: {"a_la_seance": _suivantes(lu)[-1][0] if _suivantes(lu) else ""}),
    Acte("publier", "Publier le procès-verbal", "rediger_pv", lambda d: [PublierPv(*d.qui)], _pv("arrete")),
)  # fmt: skip


def echeance_du_pv(reunion: Reunion) -> str:
    """When adopted minutes must be online, in words; nothing otherwise."""
    row = reunion.row
    if row.pv != "arrete" or row.pv_le is None:
        return ""
    return (
        f"Procès-verbal arrêté le {date_longue(row.pv_le)}, à publier avant le {date_longue(terme_du_pv(row.pv_le))}."
    )


def terme_du_pv(arrete_le: date) -> date:
    """Within the week (L3121-13)."""
    return arrete_le + timedelta(days=int(PROCES_VERBAL.parametres["publication_jours"]))
