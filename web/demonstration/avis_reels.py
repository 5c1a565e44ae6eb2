"""The two municipal acts that stamp the source documents: Oullins on the Pacte (lines `A:`), Hem on a scheme (`C:`).

Their stamps say the commune (its SIREN), the day of the act, its number, the prefect's two dates. The sense of the avis
and the day of the referral are not there: they are not invented.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import msgspec

from domain.avis.deposer_saisine import DeposerSaisine
from domain.avis.rendre_avis import NoterReceptionEnPrefecture, RendreAvis
from domain.instances.inscrire_instance import InscrireInstance
from domain.ledger.command import Command
from web.demonstration.acts import person

MEL, HEM = "metropole-europeenne-de-lille", "conseil-municipal-59299"
Made = Iterator[tuple[str, Command]]


class ActeReel(msgspec.Struct, frozen=True):
    """A stamped act. `envoye` is the day it was sent to the prefect and received; `…_source` the lines."""

    cle: str
    de: str
    a: str
    objet: str
    le: date
    id_actes: str
    envoye: date
    mutualisation: bool
    saisine_source: str
    avis_source: str
    tampon_source: str


ACTES = (
    ActeReel(
        "oullins", "conseil", "conseil-municipal-69149", "Pacte de cohérence métropolitain 2021-2026",
        date(2021, 2, 6), "069-216901496-20210206-20210206_3-DE", date(2021, 2, 11), False,
        "A:244 ; jour non porté, au plus tard celui de l'acte (A:11)",
        "A:11 et A:841 ; le jour est celui de l'identifiant, le sens n'est pas porté",
        "A:3, A:5 et A:7",
    ),
    ActeReel(
        "hem", MEL, HEM, "Schéma de mutualisation et de coopération de la Métropole Européenne de Lille 2022-2026",
        date(2022, 10, 5), "059-215902990-20221005-DEL2022DG102-DE", date(2022, 10, 7), True,
        "C:43 à C:45 ; jour de la transmission non porté, au plus tard celui de l'acte (C:296)",
        "C:296 et C:441 ; le jour est celui de l'identifiant, le sens n'est pas porté",
        "C:291, C:292 et C:294",
    ),
)  # fmt: skip


def corps(start: date) -> Made:
    """The two bodies of the second act: their first day is the one by which they are known."""
    admin, known = person("administration"), "attesté ce jour-là ; début non porté"
    mel = InscrireInstance(
        admin, start, MEL, "Conseil de la Métropole Européenne de Lille", "Conseil de la MEL", "conseil",
        date(2015, 1, 1), "C:7 et C:43",
    )  # fmt: skip
    yield "corps/mel", mel
    hem = InscrireInstance(
        admin, start, HEM, "Conseil municipal de Hem", "Conseil de Hem", "conseil_municipal", date(2022, 10, 5),
        f"C:296, SIREN 215902990, commune 59299 (INSEE) ; {known}",
    )  # fmt: skip
    yield "corps/hem", hem


def saisines(start: date) -> Iterator[tuple[str, Command, Callable[[str], Made]]]:
    """Key and filing of each act; then, once its reference is drawn, what its stamp says."""
    for told in ACTES:
        asked = DeposerSaisine(
            person("coordination"), start, "avis_communal", told.de, told.a, told.objet, told.le,
            mutualisation=told.mutualisation, source=told.saisine_source, au_plus_tard=True,
        )  # fmt: skip
        yield told.cle, asked, partial(_tampon, start, told)


def _tampon(start: date, told: ActeReel, reference: str) -> Made:
    here: tuple[str, date, str] = (person("coordination"), start, reference)
    given = RendreAvis(*here, told.le, "non_connu", id_actes=told.id_actes, source=told.avis_source)
    yield f"{told.cle}/avis", given
    stamp = NoterReceptionEnPrefecture(*here, told.envoye, told.envoye, source=told.tampon_source)
    yield f"{told.cle}/prefecture", stamp
