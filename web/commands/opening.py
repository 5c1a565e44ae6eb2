"""What most commands start with: settings, a migrated database, its addresses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from web.database import migrate, open_urls
from web.embedded import Urls
from web.settings import Settings


@contextmanager
def opened(public_url: str | None = None) -> Iterator[tuple[Settings, Urls]]:
    """The settings (this public address when the environment gives none) and a migrated database."""
    settings = Settings.from_env(os.environ)
    if public_url is not None and not os.environ.get("REGISTRE_URL_PUBLIQUE"):
        settings = msgspec.structs.replace(settings, public_url=public_url)
    with open_urls(settings) as urls:
        migrate(urls.migrations)
        yield settings, urls
