"""Pages: one template renders the page and, for htmx, its inside."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import minijinja
from litestar import MediaType, Request, Response

from domain.money import euros, euros_ronds
from web.forms import csrf_token, header, new_key
from web.services import services
from web.sigles import sigles
from web.static_files import static_integrity, static_url

PARIS = ZoneInfo("Europe/Paris")
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
NBSP = "\u00a0"

NAVIGATION = (
    ("/dire", "Dire"),
    ("/suivi", "Suivre"),
    ("/recherche", "Chercher"),
    ("/journal", "Vérifier"),
)


def local(moment: date | datetime) -> date | datetime:
    """The same moment in Paris; a date stays a date."""
    return moment.astimezone(PARIS) if isinstance(moment, datetime) else moment


def date_longue(moment: date | datetime | None) -> str:
    """« mardi 14 avril 2026 », in Paris."""
    if moment is None:
        return ""
    day = local(moment)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"


def date_heure(moment: date | datetime | None) -> str:
    """« mardi 14 avril 2026 à 9 h 05 », « à 8 h », in Paris; without the hour for a date."""
    if not isinstance(moment, datetime):
        return date_longue(moment)
    at = moment.astimezone(PARIS)
    return f"{date_longue(moment)} à {at.hour}{NBSP}h{NBSP}{at.minute:02d}".removesuffix(f"{NBSP}00")


def nombre(value: int) -> str:
    """1 398 892, with non-breaking spaces."""
    return f"{value:,}".replace(",", NBSP)


def groupes4(text: str) -> str:
    """A fingerprint in groups of four signs."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def jours(days: int) -> str:
    """« 1 jour », « 12 jours »."""
    return f"{nombre(days)}{NBSP}jour{'s' if abs(days) > 1 else ''}"


def environment() -> minijinja.Environment:
    """The templates of `web/`, autoescaped, with the filters that they may use."""
    found = minijinja.Environment(loader=_load, undefined_behavior="strict")
    for name, function in (("static_url", static_url), ("static_integrity", static_integrity)):
        found.add_global(name, function)
    filters: dict[str, Callable[..., str]] = {
        "date_longue": date_longue,
        "date_heure": date_heure,
        "nombre": nombre,
        "euros": euros,
        "euros_ronds": euros_ronds,
        "groupes4": groupes4,
        "jours": jours,
        "sigles": sigles,
    }
    for name, function in filters.items():
        found.add_filter(name, function)
    return found


def _load(name: str) -> str | None:
    path = (Path(__file__).parent / name).resolve()
    inside = path.is_relative_to(Path(__file__).parent) and path.suffix in (".html", ".xml", ".txt")
    return path.read_text() if inside and path.is_file() else None


ENVIRONMENT = environment()


def render(template: str, **context: Any) -> str:
    """The template's text."""
    return ENVIRONMENT.render_template(template, **context)


def page(request: Request[Any, Any, Any], template: str, *, status: int = 200, **context: Any) -> Response[str]:
    """An HTML page, or what htmx asked of it. `titre` is the page's own title; `fil` its breadcrumb;
    `t` how it speaks (`web.propositions.voix`)."""
    restored = header(request, b"hx-history-restore-request")
    fragment = header(request, b"hx-request") == "true" and not restored
    path = request.scope["path"]
    common = {
        "layout": "fragment.html" if fragment else "base.html",
        "demonstration": services(request).demonstration,
        "nav": [{"href": h, "label": label, "courant": path.startswith(h)} for h, label in NAVIGATION],
        "fil": [],
        "t": str,
        "url": path,
        "csrf": csrf_token(request),
        "idempotence": new_key(),
        "personne": request.scope.get("personne"),
        "empreinte": request.app.state.get("empreinte"),
        "econome": header(request, b"save-data") == "on",
        "maintenant": datetime.now(UTC),
    }
    headers = {"Vary": "HX-Request"}
    text = render(template, **(common | context))
    return Response(text, status_code=status, media_type=MediaType.HTML, headers=headers)
