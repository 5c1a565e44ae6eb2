"""Calendars (RFC 5545): what an agenda can take."""

from collections.abc import Iterable
from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"


def evenement(
    uid: str, genre: str, debut: datetime, fin: datetime | None, titre: str, lieu: str = "", description: str = ""
) -> str:
    """A calendar of one event. `uid` never changes, so that a second download replaces the first."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{utc(debut)}",
        f"DTSTART:{utc(debut)}",
        *([f"DTEND:{utc(fin)}"] if fin else []),
        f"SUMMARY:{texte(titre)}",
        *([f"LOCATION:{texte(lieu)}"] if lieu else []),
        *([f"DESCRIPTION:{texte(description)}"] if description else []),
        "END:VEVENT",
    ]
    return fichier(genre, lines)


def fichier(genre: str, lines: Iterable[str]) -> str:
    """A calendar, from the lines of its events."""
    whole = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Registre//{genre}//FR", *lines, "END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in whole for folded in _fold(line))


def utc(moment: datetime) -> str:
    """A moment, as the format writes it."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def texte(text: str) -> str:
    """A text, as the format writes it."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Lines of at most 75 bytes, cut between characters."""
    parts = [""]
    for sign in line:
        if len((parts[-1] + sign).encode()) > 74:
            parts.append(" ")
        parts[-1] += sign
    return parts
