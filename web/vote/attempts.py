"""Wrong codes are counted by scrutin, never by address: a whole collège has one, and must not be locked out.

A code has 30^11 values (2^54) for some hundreds of slips: a thousand guesses a second find one in a thousand years.
The limit is there so that guessing is seen and answered 429: a good code opens its ballot all the same.
"""

from web.limits import Limit, TooMany, attempt
from web.services import Services
from web.vote.ballot import Vote
from web.vote.refus import BilletInconnu

MANY = Limit("vote", most=100, seconds=600)


async def wrong(services: Services, vote: Vote | None) -> Exception:
    """Counts a code that no slip has, tried for this scrutin (or anywhere), and says what to answer."""
    try:
        await attempt(services, MANY, vote.reference.encode() if vote else b"")
    except TooMany as error:
        return error
    return BilletInconnu()
