"""The ballots of a counted scrutin as files: Pabulib `.pb`, and a CSV that a class can add up."""

import csv
import io
from collections.abc import Iterator

import msgspec

from domain.calendrier import PARIS
from domain.comptage import pabulib
from domain.comptage.election import Bulletin, Election, Projet
from domain.comptage.election_pabulib import fichier
from domain.scrutins.events import ScrutinCree
from web.opendata.tables import cell
from web.resultats.compte import election_de, regle_de
from web.resultats.equations import equations
from web.resultats.lecture import Scrutin
from web.resultats.vue import gagnants_inscrits, participation, phase

# Our rules in the words of Pabulib; one it has no word for keeps ours.
REGLES_PABULIB = {
    "glouton": "greedy", "glouton_arret": "greedy-no-skip", "glouton_seuil": "greedy-threshold",
    "parts_egales": "equalshares", "parts_egales_add1": "equalshares/add1",
}  # fmt: skip


def fichier_pb(scrutin: Scrutin) -> bytes | None:
    """The `.pb` file: as it came for an import; for one of ours, the published ballots, or None while there are none.

    Trackers stay out, and voters are numbered in the order of their choices, which says nothing of them.
    """
    if scrutin.importe is not None:
        return scrutin.fichier
    cree = scrutin.cree
    if cree is None or scrutin.depouille is None or scrutin.depouille.liste != "publiee":
        return None
    projets = [Projet(p.id, p.cout_cents, p.titre) for p in cree.projets]
    bulletins = (Bulletin(choix, points) for choix, points in sorted((b.c, b.p) for b in scrutin.bulletins))
    ecrit = fichier(
        _meta(scrutin, cree), projets, bulletins, unite=100, budget=cree.budget_cents, type_vote=cree.type_vote
    )
    return pabulib.ecrire(ecrit).encode()


def _meta(scrutin: Scrutin, cree: ScrutinCree) -> dict[str, str]:
    jours = {"date_begin": cree.ouvre_le, "date_end": cree.ferme_le}
    meta = {
        "description": cree.titre,
        "country": "France",
        "unit": cree.college or "Métropole",
        "instance": scrutin.reference,
        "rule": REGLES_PABULIB.get(cree.regle_comptage, cree.regle_comptage),
        **{cle: moment.astimezone(PARIS).strftime("%d.%m.%Y") for cle, moment in jours.items()},
        "currency": "EUR",
        "language": "fr",
        "max_length": str(cree.choix_max),
    }
    if cree.points_max is not None:
        meta["max_sum_points"] = str(cree.points_max)
    if seuil := cree.parametres.get("seuil"):
        meta["min_project_score_threshold"] = str(seuil)
    return meta


def bulletins_csv(scrutin: Scrutin) -> str | None:
    """One line a ballot, one column a project: 1 or 0, points, or rank (1 first). None while nothing is published."""
    election = election_de(scrutin)
    if election is None:
        return None
    sortie = io.StringIO()
    plume = csv.writer(sortie, lineterminator="\r\n")
    ids = [projet.id for projet in election.projets]
    avec_numero = scrutin.importe is None
    plume.writerow((["numero_de_verification"] if avec_numero else []) + [cell(projet) for projet in ids])
    for numero, bulletin in _bulletins(scrutin, election):
        valeurs = _valeurs(bulletin, election.type_vote)
        plume.writerow(([numero] if avec_numero else []) + [valeurs.get(projet, 0) for projet in ids])
    return sortie.getvalue()


def _bulletins(scrutin: Scrutin, election: Election) -> Iterator[tuple[str, Bulletin]]:
    if scrutin.importe is None:
        yield from sorted((b.t, Bulletin(b.c, b.p)) for b in scrutin.bulletins)
        return
    for bulletin, nombre in sorted(election.lots, key=lambda lot: (lot[0].choix, lot[0].points)):
        yield from [("", bulletin)] * nombre


def _valeurs(bulletin: Bulletin, type_vote: str) -> dict[str, int]:
    match type_vote:
        case "cumulative":
            return dict(zip(bulletin.choix, bulletin.points, strict=True))
        case "ordinal":
            return {projet: rang for rang, projet in enumerate(bulletin.choix, start=1)}
        case _:
            return dict.fromkeys(bulletin.choix, 1)


def scrutin_json(scrutin: Scrutin) -> bytes:
    """What the register says of a scrutin, for programs; ballots are in the other two files."""
    regle, parametres = regle_de(scrutin)
    fait = scrutin.cree or scrutin.importe
    objet = {
        "reference": scrutin.reference,
        "titre": scrutin.titre,
        "phase": phase(scrutin),
        "essai": bool(scrutin.cree and scrutin.cree.essai),
        "regle": regle,
        "parametres": parametres,
        "regles_gelees": fait,
        "participation": participation(scrutin) if scrutin.cree else None,
        "depouillement": scrutin.depouille,
        "gagnants": gagnants_inscrits(scrutin),
        "equations": equations(scrutin),
        "actes": [
            {"index": fait.position - 1, "type": type(fait.event).TOPIC, "feuille": scrutin.feuilles[fait.position]}
            for fait in scrutin.faits
        ],
        "bulletins": f"/scrutins/{scrutin.reference}/bulletins.csv" if election_de(scrutin) else None,
        "pabulib": f"/scrutins/{scrutin.reference}.pb" if election_de(scrutin) else None,
    }
    return msgspec.json.encode(objet)
