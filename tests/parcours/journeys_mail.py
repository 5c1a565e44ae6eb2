"""The journeys that go through a mailbox: follow a dossier, stop; sign in."""

import re
import time
from email.message import EmailMessage

from tests.parcours.language import typography_faults
from tests.parcours.mailbox import Mailbox, text_of
from tests.parcours.stage import Stage
from tests.quality import validate_html

FOLLOWER = "ines.k@exemple.fr"
AGENT = "coordination@demonstration.example"


def follows_by_mail(stage: Stage, mailbox: Mailbox) -> None:
    """(g) Confirms her address, receives each step with its state, and stops in one click."""
    reference, _ = stage.filed(texte="Des bancs au parc.")
    team = stage.office("animation-gepi")
    follower = stage.someone()
    follower.open(f"/dossiers/{reference}")
    follower.write("Votre adresse e-mail", "ines.k")
    follower.refused_by_the_browser("Me prévenir")
    follower.write("Votre adresse e-mail", FOLLOWER)
    follower.press("Me prévenir")
    follower.see("Confirmez par e-mail")
    follower.open(_path(stage, mailbox.wait_for(FOLLOWER), "/suivre/confirmer/"))
    follower.press("Oui, prévenez-moi")
    follower.see("C’est confirmé", reference)
    team.act(reference, "qualifier", titre="Des bancs au parc", theme="cadre_de_vie", competence="commune")
    news = mailbox.wait_for(FOLLOWER, reference)
    assert str(news["subject"]).startswith(f"[{reference}] ") and "Lue" in str(news["subject"]), news["subject"]
    assert re.search(r"n°\u00a0\d+", text_of(news)) and "/recu/" in text_of(news), text_of(news)
    page = news.get_body(("html",))
    assert page is not None
    assert _html_faults(str(page.get_content())) == []
    assert typography_faults(str(page.get_content())) == []
    follower.open(_path(stage, news, "/suivre/", but="arreter"))
    follower.see("Ce que vous suivez", reference)
    assert str(news["list-unsubscribe-post"]) == "List-Unsubscribe=One-Click"
    stop = str(news["list-unsubscribe"]).strip("<>")
    mail_program = stage.visitor()
    assert mail_program.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    team.act(reference, "discuter", session_le=stage.day(), lieu="Bron", participants="9")
    time.sleep(3)
    assert [str(mail["subject"]) for mail in mailbox.received if FOLLOWER in str(mail["to"])] == []
    follower.open(stop.removeprefix(stage.site.url))
    follower.see("C’est arrêté")


def signs_in_by_mail(stage: Stage, mailbox: Mailbox) -> None:
    """(h) A link by e-mail, for one use, leads back to the page that was asked for."""
    agent = stage.someone()
    agent.open("/bureau?liste=retards")
    agent.write("Votre adresse e-mail professionnelle", AGENT)
    agent.press("Recevoir le lien")
    agent.see("Regardez vos messages")
    link = _path(stage, mailbox.wait_for(AGENT), "/connexion/lien/")
    agent.open(link)
    agent.press("Entrer")
    assert agent.address() == "/bureau?liste=retards"
    agent.see("Coordination", "En retard")
    agent.press("Se déconnecter", where="header")
    agent.open("/bureau")
    assert agent.address().startswith("/connexion")
    other = stage.someone()
    other.open(link)
    other.see("Ce lien a déjà servi")


def _path(stage: Stage, mail: EmailMessage, start: str, but: str = "\0") -> str:
    for path in re.findall(re.escape(stage.site.url) + r"(/\S+)", text_of(mail)):
        if path.startswith(start) and but not in path:
            return str(path)
    raise AssertionError(f"no {start} in {text_of(mail)}")


def _html_faults(text: str) -> list[str]:
    """What is wrong with a mail: it needs none of the frame of a page, all the rest is the same."""
    frame = ("<nav>", "skip link", "<h1>", "<header>")
    return [fault for fault in validate_html(text) if not any(part in fault for part in frame)]
