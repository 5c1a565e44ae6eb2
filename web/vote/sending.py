"""What a voting page posts, read with the same limits as other forms.

These pages send no referrer, so that browsers say « Origin: null » in their own forms: it is accepted unless the
browser says that another site sent it. Nothing can be forged that way: the session is never sent by another site.
"""

import hmac
from base64 import urlsafe_b64decode
from typing import Any

from litestar import Request
from litestar.exceptions import ClientException, PermissionDeniedException

from web.forms import Form, check_origin, csrf_token, parse_form, read_body

MOST_SEALED = 8192  # signs of a sealed ballot in a form


async def read_fields(request: Request[Any, Any, Any]) -> Form:
    """The fields of a voting page's form. Raises 400, 403, 413, 415."""
    own = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    if not (own and request.headers.get("origin") == "null"):
        check_origin(request)
    fields = parse_form(request, await read_body(request))
    if not hmac.compare_digest(fields.get("csrf", "").encode(), csrf_token(request).encode()):
        raise PermissionDeniedException("Cette page est trop ancienne. Recommence avec ton billet.")
    return fields


def sealed_bytes(text: str) -> bytes:
    """The sealed ballot of a form (base64url without padding). Raises 400."""
    try:
        if not 0 < len(text) <= MOST_SEALED:
            raise ValueError("length")
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError as error:
        raise ClientException("Ce bulletin n’est pas lisible. Recommence avec ton billet.") from error


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """Whether the page's script asks."""
    return request.headers.get("accept", "").startswith("application/json")
