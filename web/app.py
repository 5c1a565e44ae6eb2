"""The composition root: routes, errors, headers, services."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State

from web.background import background
from web.compression import Compressed
from web.errors import on_error
from web.headers import security_headers
from web.routes import ROUTES
from web.services import open_services
from web.settings import Settings
from web.static_files import static_router


def create_app(settings: Settings, url: str, demonstration: bool = False) -> Litestar:
    """The application on this database. `demonstration` opens the sign-in by choosing a person, and says so."""
    return on_database(routed(), settings, url, demonstration)


def routed() -> Litestar:
    """The application with its routes registered, on no database yet: it starts after `on_database` only."""
    return Litestar(
        [static_router, *ROUTES],
        lifespan=[_opened],
        exception_handlers={Exception: on_error},
        before_send=[security_headers],
        middleware=[Compressed],
        openapi_config=None,
        logging_config=None,
        debug=False,
    )


def on_database(app: Litestar, settings: Settings, url: str, demonstration: bool) -> Litestar:
    """The same application, which forgets any other database that it was on."""
    app.state = State({"opening": (settings, url, demonstration)})
    app.opt["secure"] = settings.secure  # read for each answer: the state has a lock
    return app


@asynccontextmanager
async def _opened(app: Litestar) -> AsyncIterator[None]:
    settings, url, demonstration = app.state.opening
    async with open_services(settings, url, demonstration) as found:
        app.state.services = found
        async with background(found, url, app.state):
            yield
