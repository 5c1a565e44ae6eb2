"""The addresses that only a real act makes: a receipt, a page opened by a link, a dossier just filed, one erased."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape

from tests.parcours.visitor import Visitor, hidden, reference_of
from tests.site import Site

COURRIER = re.compile(r'<a href="(/bureau/courriers/[0-9a-f-]{36})">')
LIEN = re.compile(r"https?://[^/\s]+(/(?:suivre|connexion)/[^\s<\"]+)")
CASE = re.compile(r'name="(efface-[^"]+)"')


@dataclass(frozen=True)
class Places:
    """Paths and references; each was reached as a person reaches it."""

    merci: str  # the receipt's page, after filing
    neuve: str  # a reference, filed today
    index: int  # of its filing: no checkpoint covers it
    effacee: str  # a reference whose text was erased
    confirmer: str  # the link that confirms a subscription
    gerer: str  # the link that manages it
    arreter: str
    lien: str  # a sign-in link, not used
    lien_servi: str
    courrier: str  # one mail of the demonstration
    efface: int  # index of an act that erased
    jour: str  # a day in the middle of the demonstration
    csrf: str  # the token of anonymous forms, as a field


def make_places(site: Site) -> Places:
    """Does all these acts."""
    with Visitor(site) as person:
        merci = person.say(texte="Des arbres devant l’école. Il fait trop chaud en juin.", lecture="tous_sans_nom")
        neuve = reference_of(person.read(merci))
        effacee = reference_of(person.read(person.say(texte="Un texte que la personne regrette d’avoir écrit.")))
        efface = erase(site, effacee)
        found = re.search(r"/recu/(\d+)", unescape(person.read(merci)))
        assert found
        confirmer, courrier = follow(person, "GEPI-2026-0013")
        confirmed = person.submit(confirmer)
        assert confirmed.status_code == 200, confirmed.status_code
        person.submit("/suivre", courriel="ines.places@exemple.fr")
        gerer, _ = latest(person, "/suivre/")
        lien_servi = sign_in_link(person)
        with Visitor(site) as someone:
            assert someone.submit(lien_servi).status_code == 303
        person.forget_attempts()
        lien = sign_in_link(person)
        csrf = f"csrf={hidden(person.read('/suivi'))['csrf']}"
    return Places(
        merci=merci,
        neuve=neuve,
        index=int(found[1]),
        effacee=effacee,
        confirmer=confirmer,
        gerer=gerer,
        arreter=gerer.replace("/suivre/", "/suivre/arreter/"),
        lien=lien,
        lien_servi=lien_servi,
        courrier=courrier,
        efface=efface,
        jour=(date.today() - timedelta(days=200)).isoformat(),
        csrf=csrf,
    )


def follow(person: Visitor, reference: str, courriel: str = "ines.places@exemple.fr") -> tuple[str, str]:
    """Asks to follow; the link that confirms, and the page of the mail."""
    answer = person.submit(f"/suivre/{reference}", courriel=courriel, rythme="tout_de_suite")
    assert answer.status_code == 303, answer.status_code
    return latest(person, "/suivre/confirmer/")


def latest(person: Visitor, start: str) -> tuple[str, str]:
    """The newest mail that holds a link of this kind: the link, and the mail's page."""
    for page in COURRIER.findall(person.read("/bureau/courriers")):
        for path in LIEN.findall(unescape(person.read(page))):
            if path.startswith(start):
                return path, page
    raise AssertionError(f"no mail leads to {start}")


def sign_in_link(person: Visitor) -> str:
    """A link by e-mail for the coordination."""
    assert person.submit("/connexion", courriel="coordination@demonstration.example").status_code == 303
    return latest(person, "/connexion/lien/")[0]


def erase(site: Site, reference: str) -> int:
    """The data-protection officer erases all that the dossier holds; index of the act that says it is done."""
    with Visitor(site) as officer:
        officer.sign_in("protection_donnees")
        page = f"/bureau/effacements?dossier={reference}"
        text = officer.read(page)
        boxes = dict.fromkeys(CASE.findall(text), "oui")
        fields = hidden(text) | boxes | {"motif": "demande_de_la_personne"}
        answer = officer.post("/bureau/effacements", data=fields)
        assert boxes and answer.status_code == 303, (boxes, answer.status_code)
        return int(answer.headers["location"].rpartition("=")[2]) - 1
