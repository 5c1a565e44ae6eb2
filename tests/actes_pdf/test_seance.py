"""The minutes and the list of a meeting: every heading of the law, every fact of the meeting, three hundred pages."""

import io
from datetime import date

import pytest
import typst
from pypdf import PdfReader

from domain.deliberations.events import ProjetDepose, RapportAdresse
from domain.ledger.event import Event
from domain.seances import events as e
from tests.actes_pdf.lecture import defauts, roles, texte
from tests.actes_pdf.seance import dossier
from tests.seances.monde import appele, arrivee, convoquee, elus, h, ouverte, planifiee, point
from web.actes_pdf.dossier import Dossier
from web.actes_pdf.liste import liste_des_deliberations
from web.actes_pdf.presse import composer
from web.actes_pdf.proces_verbal import proces_verbal

PAR = "secretariat"
NUMERO = "2026-0012"


def quorum(rang: int | None = None) -> e.QuorumConstate:
    return e.QuorumConstate(presents=8, representes=1, en_exercice=10, seuil=6, atteint=True, par=PAR, rang=rang)


def vote(rang: int, pour: int, contre: int, mode: e.Mode = "ordinaire") -> e.VoteCompte:
    return e.VoteCompte(
        rang=rang, mode=mode, presents=8, pouvoirs=1, pour=pour, contre=contre, abstentions=9 - pour - contre, nuls=0,
        issue="favorable" if pour > contre else "defavorable", detail="porte", par=PAR,
    )  # fmt: skip


def voix(rang: int) -> e.VoixNominatives:
    cast = [e.Voix(elu=f"m{n}", sens="pour" if n < 6 else "contre") for n in range(1, 9)]
    return e.VoixNominatives(rang=rang, lot=1, lots=1, voix=(*cast, e.Voix(elu="m8", sens="pour", pouvoir_de="m9")),
                             par=PAR)  # fmt: skip


SEANCE: list[Event] = [
    planifiee(),
    point(1, NUMERO),
    point(2),
    point(3),
    e.ConvocationEnvoyee(jours=2, urgence=True, motif="Une digue", par=PAR, survenu_le=date(2026, 3, 13)),
    ouverte,
    arrivee(elus(1, 8), h(9)),
    e.SecretaireElu(elu="m2", par=PAR),
    e.PouvoirDonne(mandant="m9", mandataire="m8", recu_a=h(9), par=PAR),
    e.UrgenceVotee(admise=True, par=PAR),
    quorum(),
    appele(1),
    e.DeportDeclare(elu="m3", rang=1, par=PAR),
    e.AuditionTenue(qualite="la présidente du Conseil de développement", rang=1, par=PAR),
    e.ScrutinDemande(rang=1, mode="public", demandeurs=elus(4, 5), accorde=True, seuil=2, par=PAR),
    quorum(1),
    voix(1),
    vote(1, 6, 3, "public"),
    arrivee(("m10",), h(10, 30)),
    vote(2, 9, 0),
    e.RectificationEnregistree(version=20, motif="Deux contre oubliés", par=PAR),
    vote(2, 7, 2),
    e.PointRenvoye(rang=3, motif="Il manque une étude", par=PAR),
    e.PresencesConstatees(elus=("m1",), mouvement="depart", heure=h(11, 5), par=PAR),
    e.SeanceLevee(heure=h(11, 10), par=PAR),
    e.PvRedige(debats="Premier mot.\n\n#sys *gras* $x$ \\ <b> ne change rien.", par=PAR),
]
PROJET: list[Event] = [
    ProjetDepose(
        numero=NUMERO, instance="conseil", siren="200046977", objet="Un projet", matiere_code="8.2", matiere_nom="x",
        par=PAR, survenu_le=date(2026, 2, 20),
    ),
    RapportAdresse(par=PAR, survenu_le=date(2026, 3, 2)),
]  # fmt: skip


@pytest.fixture(scope="module")
def tenu() -> Dossier:
    return dossier(SEANCE, 10, {NUMERO: PROJET})


def pdf(tenu: Dossier) -> bytes:
    return composer("proces_verbal", proces_verbal(tenu, True), tenu.moment).octets


def test_the_minutes_hold_every_heading_of_the_law(tenu: Dossier) -> None:
    made = pdf(tenu)
    said = texte(made)
    assert not defauts(made) and roles(made).count("/H2") == 6 and made == pdf(tenu)
    for words in (
        "Projet de procès-verbal : l’assemblée ne l’a pas encore arrêté.",
        "Date : lundi 16 mars 2026",
        "Ouverture : 9 h",
        "Levée : 11 h 10",
        "Lieu : Salle du conseil",
        "Convocation : vendredi 13 mars 2026, en urgence admise",
        "Présidence : Mme Nom1",
        "Secrétaire de séance : Mme Nom2",
        "Présents : Mmes Nom1, Nom2, Nom3, Nom4, Nom5, Nom6, Nom7, Nom8, Nom10.",
        "Absents excusés : Mme Nom9 (pouvoir à Mme Nom8).",
        "Arrivée à 10 h 30 : Mme Nom10.",
        "Départ à 11 h 05 : Mme Nom1.",
        "10 membres en exercice, 8 présents, 6 exigés. Le quorum est atteint.",
        "1. Point 1 (2026-0012)",
        "Délibération n° 2026-0012. Rapport du 2 mars 2026.",
        "Ne participent ni au débat ni au vote : Mme Nom3.",
        "Audition : la présidente du Conseil de développement.",
        "Scrutin public demandé : 2 demandes, 2 exigées, accordé.",
        "Adopté. Scrutin public. 8 présents, 1 pouvoir, 9 votants. 6 pour, 3 contre",
        "Pour : Mmes Nom1, Nom2, Nom3, Nom4, Nom5, Nom8 (pour Mme Nom9).",
        "Contre : Mmes Nom6, Nom7, Nom8.",
        "7 pour, 2 contre",
        "Renvoyé. Ce point est renvoyé à une autre séance.",
        "Point renvoyé : Il manque une étude",
        "Premier mot. #sys *gras* $x$ \\ <b> ne change rien.",
        "Entrée n° 20 de la séance rectifiée : Deux contre oubliés",
        "Ce document n’a aucune valeur.",
    ):
        assert words in said, words
    assert "9 pour" not in said


def test_adopted_minutes_say_where() -> None:
    adopted = e.PvArrete(a_la_seance="SEA-2026-0002", par=PAR, survenu_le=date(2026, 5, 4))
    said = texte(pdf(dossier([*SEANCE, adopted], 10)))
    assert "Procès-verbal arrêté à la séance SEA-2026-0002, le lundi 4 mai 2026." in said


def test_a_meeting_that_held_nothing(tenu: Dossier) -> None:
    empty = dossier([planifiee(), convoquee], 10)
    for template, data in (
        ("proces_verbal", proces_verbal(empty, False)),
        ("liste", liste_des_deliberations(empty, False)),
    ):
        made = composer(template, data, empty.moment).octets
        assert not defauts(made) and "Aucun point n’est à l’ordre du jour." in texte(made)


def test_the_list_has_every_item_and_its_week(tenu: Dossier) -> None:
    made = composer("liste", liste_des_deliberations(tenu, False), tenu.moment).octets
    said = texte(made)
    assert not defauts(made) and "au plus tard le lundi 23 mars 2026" in said
    for words in ("2026-0012 Point 1", "6 pour, 3 contre", "Adopté", "Renvoyé"):
        assert words in said, words


def test_minutes_of_three_hundred_pages() -> None:
    names = e.VoixNominatives(
        rang=1, lot=1, lots=1, voix=tuple(e.Voix(elu=f"m{n}", sens="pour") for n in range(1, 151)), par=PAR
    )
    long: list[Event] = [planifiee(), *(point(n) for n in range(1, 801)), convoquee, ouverte, arrivee(elus(1, 150))]
    for n in range(1, 801):
        counted = e.VoteCompte(rang=n, mode="public", presents=150, pouvoirs=0, pour=150, contre=0, abstentions=0,
                               nuls=0, issue="favorable", detail="porte", par=PAR)  # fmt: skip
        long += [appele(n), e.VoixNominatives(rang=n, lot=1, lots=1, voix=names.voix, par=PAR), counted]
    made = pdf(dossier([*long, e.SeanceLevee(heure=h(23), par=PAR), e.PvRedige(debats="x" * 8_000, par=PAR)], 150))
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) >= 300 and f"page {len(pages)} sur {len(pages)}" in " ".join(pages[-1].extract_text().split())


def test_the_judge_of_files_sees_what_is_wrong() -> None:
    plain = typst.compile(b"#text(fill: red)[un mot]", format="pdf")
    found = defauts(bytes(plain))
    for wrong in ("pdfaid:part is not 2", "pdfuaid:part is not 1", "no title, or another one", "no output intent",
                  "no /H1 in the tree"):  # fmt: skip
        assert wrong in found, found
    assert any(one.startswith("colour") for one in found)
