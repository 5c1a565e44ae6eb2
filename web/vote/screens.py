"""The voting pages as answers: never stored, never referred from, of a length that tells nothing of a choice."""

import gzip
from datetime import UTC, datetime
from typing import Any

from litestar import MediaType, Request, Response

from web.errors import fault
from web.forms import csrf_token
from web.pages import render
from web.services import services
from web.vote.session import KIOSK, KIOSK_SECONDS, SECONDS, cookie_name

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
INACTIVE, KIOSK_INACTIVE = 600, 120  # seconds without a sign of life before the page clears itself
BLOCK = 8192  # bytes: a page that shows choices is padded to a multiple of this


def screen(
    request: Request[Any, Any, Any], template: str, *, status: int = 200, padded: bool = False, **context: Any
) -> Response[Any]:
    """A voting page. `titre` is its title; `padded` hides how long it is from who listens to the network."""
    kiosk = on_kiosk(request)
    common = {
        "demonstration": services(request).demonstration,
        "url": request.url.path,
        "csrf": csrf_token(request),
        "econome": request.headers.get("save-data") == "on",
        "essai": False,
        "faute": None,
        "tablette": kiosk,
        "vie": KIOSK_SECONDS if kiosk else SECONDS,
        "inactif": KIOSK_INACTIVE if kiosk else INACTIVE,
    }
    text = render(f"vote/{template}", **(common | context))
    if padded:
        text += f"<!--{' ' * (-(len(text.encode()) + 7) % BLOCK)}-->"
    return Response(text, status_code=status, media_type=MediaType.HTML, headers=dict(PRIVATE))


def zipped(request: Request[Any, Any, Any], answer: Response[str]) -> Response[Any]:
    """The same, compressed. For the ballot as it is shown first: it reflects nothing that was sent (BREACH), its
    session is sent by this site's pages only (SameSite), and it holds no choice."""
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return answer
    headers = PRIVATE | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    content = gzip.compress(answer.content.encode(), 6, mtime=0)
    return Response(content, status_code=answer.status_code, media_type=MediaType.HTML, headers=headers)


def on_kiosk(request: Request[Any, Any, Any]) -> bool:
    """Whether this is a tablet of the bureau (its cookie decides nothing but what the page shows)."""
    return cookie_name(request, KIOSK) in request.cookies


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def on_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Any error of these routes, on a voting page: nothing that was sent is in it, nor in a log."""
    found = fault(error)
    return screen(request, "panne.html", status=found.status, titre=found.title, faute=found)
