"""A follower: asks, confirms by the link of the mail."""

from tests import monde
from tests.acces.office import Office, path_of

WHO = "voisine@exemple.fr"


async def follow(office: Office, courriel: str = WHO, place: str = monde.REF, rythme: str = "tout_de_suite") -> None:
    """Follows, and confirms; the mail is taken out of the outbox."""
    await office.post(f"/suivre/{place}", courriel=courriel, rythme=rythme)
    url = (await office.mails())[-1].url
    assert (await office.post(path_of(url))).status_code == 200
    await empty(office)


async def empty(office: Office) -> None:
    """Forgets what was mailed so far."""
    await office.services.fetch("DELETE FROM web.outbox RETURNING 1")
