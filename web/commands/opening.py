"""What most commands start with: settings, a migrated database, its addresses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from web.database import migrate, open_urls
from web.embedded import Urls
from web.settings import Settings


@contextmanager
def opened() -> Iterator[tuple[Settings, Urls]]:
    """The settings of the environment and a database whose migrations are applied."""
    settings = Settings.from_env(os.environ)
    with open_urls(settings) as urls:
        migrate(urls.migrations)
        yield settings, urls
