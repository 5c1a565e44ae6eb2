"""The mails of followers: one event, or Monday's summary. Full sentences, the event's number, its receipt."""

from collections.abc import Sequence
from datetime import date

from web.courrier.outbox import Line, Mail, compose
from web.courrier.seals import seals
from web.pages import date_longue, nombre
from web.propositions.instances import Annuaire
from web.services import Services
from web.suivre.annonces import Annonce
from web.suivre.subscriptions import Subscription, link, stop_link


def announcement(services: Services, names: Annuaire, one: Subscription, news: Annonce) -> Mail:
    """One event, to one follower."""
    site = services.settings.public_url
    return compose(
        services.settings,
        _address(services, one),
        news.sujet,
        ("Bonjour,", _sur(names, news), news.phrase),
        lignes=(
            Line(
                f"Événement n° {nombre(news.position)} du registre",
                "Son reçu prouve qu'il est inscrit, et que rien n'y a changé.",
                f"{site}/recu/{news.position - 1}",
            ),
        ),
        lien=("Voir le dossier" if news.dossier else "Voir la page du groupe", site + news.page),
        gerer=link(services, "gerer", one.id),
        unsubscribe=stop_link(services, one.id),
    )


def summary(services: Services, monday: date, one: Subscription, theirs: Sequence[Annonce]) -> Mail:
    """What moved since the last summary, to one follower."""
    site = services.settings.public_url
    count = "une nouvelle" if len(theirs) == 1 else f"{nombre(len(theirs))} nouvelles"
    return compose(
        services.settings,
        _address(services, one),
        f"Votre résumé du {date_longue(monday)} : {count}",
        ("Bonjour,", "Voici ce qui a avancé depuis le dernier résumé."),
        lignes=[
            Line(
                news.sujet,
                f"{news.phrase} (événement n° {nombre(news.position)}, reçu : {site}/recu/{news.position - 1})",
                site + news.page,
            )
            for news in theirs
        ],
        gerer=link(services, "gerer", one.id),
        unsubscribe=stop_link(services, one.id),
    )


def _sur(names: Annuaire, news: Annonce) -> str:
    nom = names.nom(news.instance)
    return f"Le dossier {news.dossier} ({nom}) a avancé." if news.dossier else f"Des nouvelles du groupe : {nom}."


def _address(services: Services, one: Subscription) -> str:
    return seals(services.settings).open(one.email_sealed, one.email_digest).decode()
