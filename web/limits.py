"""How often one may try: by address asked for, by network where guesses failed, and for everybody together.

A whole collège shares one network address: only failures count there, and success takes its attempt back. Networks
are kept as an HMAC under a key that changes every day, never in clear.
"""

import hashlib
import hmac
import math
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException

from web.services import Services, services

EVERYBODY = b""


class Limit(msgspec.Struct, frozen=True):
    """At most `most` attempts in a sliding window of `seconds`; past `free`, each one closes for twice as long."""

    scope: str
    most: int
    seconds: int
    free: int | None = None
    longest_delay: int = 60


SIGN_IN = Limit("connexion", most=5, seconds=900)
SIGN_IN_ALL = Limit("connexion-tous", most=300, seconds=900)
CODE = Limit("suivi", most=100, seconds=900, free=5)
CODE_ALL = Limit("suivi-tous", most=1200, seconds=600)  # 2^44 codes: a century of guesses for one
FOLLOW = Limit("suivre", most=5, seconds=3600)
FOLLOW_ALL = Limit("suivre-tous", most=300, seconds=3600)


class TooMany(HTTPException):
    """Too many attempts (429); `wait` in seconds, also in Retry-After."""

    status_code = 429

    def __init__(self, wait: int) -> None:
        delay = f"{wait} secondes" if wait < 90 else f"{math.ceil(wait / 60)} minutes"
        super().__init__(
            detail=f"Il y a eu trop d'essais. Réessayez dans {delay} : rien n'est perdu.",
            headers={"Retry-After": str(wait)},
        )
        self.wait = wait


class Count(msgspec.Struct):
    """Attempts of one subject: `n` since `since`, `before` in the window before; closed until then, if at all."""

    since: datetime
    n: int = 0
    before: int = 0
    closed_until: datetime | None = None


def tried(count: Count, limit: Limit, now: datetime) -> int:
    """Counts one attempt, in place, and returns 0; or counts nothing and returns how many seconds to wait."""
    window = timedelta(seconds=limit.seconds)
    if now >= count.since + window:
        followed = now < count.since + 2 * window
        count.before = count.n if followed else 0
        count.since, count.n = (count.since + window if followed else now), 0
    if count.closed_until is not None and now < count.closed_until:
        return math.ceil((count.closed_until - now).total_seconds())
    weight = 1 - (now - count.since) / window
    if count.n + count.before * weight >= limit.most:
        return max(1, math.ceil((count.since + window - now).total_seconds()))
    count.n += 1
    if limit.free is not None and count.n > limit.free:
        delay = min(2 ** (count.n - limit.free), limit.longest_delay)
        count.closed_until = now + timedelta(seconds=delay)
    return 0


async def attempt(services: Services, limit: Limit, subject: bytes = EVERYBODY) -> None:
    """Counts one attempt; attempts made at once are counted one after the other. Raises TooMany."""
    key = limit.scope, subject
    async with services.pool.connection() as connection, connection.transaction():
        await connection.execute(
            "INSERT INTO web.attempts (scope, subject, since, n) VALUES (%s, %s, %s, 0) ON CONFLICT DO NOTHING",
            (*key, datetime.now(UTC)),
        )
        cursor = await connection.execute(
            "SELECT since, n, before, closed_until FROM web.attempts WHERE scope = %s AND subject = %s FOR UPDATE", key
        )
        [row] = await cursor.fetchall()
        count = Count(*row)
        wait = tried(count, limit, datetime.now(UTC))  # once it is our turn: never before what others counted
        await connection.execute(
            "UPDATE web.attempts SET since = %s, n = %s, before = %s, closed_until = %s"
            " WHERE scope = %s AND subject = %s",
            (*msgspec.structs.astuple(count), *key),
        )
    if wait:
        raise TooMany(wait)


async def forgive(services: Services, limit: Limit, subject: bytes = EVERYBODY) -> None:
    """Takes back one attempt, which succeeded."""
    await services.fetch(
        "UPDATE web.attempts SET n = greatest(n - 1, 0), closed_until = NULL WHERE scope = %s AND subject = %s"
        " RETURNING 1",
        (limit.scope, subject),
    )


async def attempt_code(request: Request[Any, Any, Any]) -> None:
    """Before a code in four words is looked up. Raises TooMany, without looking it up."""
    found, where = services(request), network(request)
    await attempt(found, CODE, where)
    try:
        await attempt(found, CODE_ALL)
    except TooMany:
        await forgive(found, CODE, where)
        raise


async def forgive_code(request: Request[Any, Any, Any]) -> None:
    """The code was right: the attempt does not count."""
    await forgive(services(request), CODE, network(request))
    await forgive(services(request), CODE_ALL)


def network(request: Request[Any, Any, Any]) -> bytes:
    """Where a request comes from (an IPv4 address, an IPv6 /64), as an HMAC that means nothing tomorrow."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        shown = host.encode()
    else:
        shown = address.packed[:8] if isinstance(address, IPv6Address) else address.packed
    day = datetime.now(UTC).date().isoformat().encode()
    key = hmac.new(services(request).secret, b"registre/reseau/1\0" + day, hashlib.sha256).digest()
    return hmac.new(key, shown, hashlib.sha256).digest()
