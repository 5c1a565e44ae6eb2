"""The composition root: routes, errors, headers, services."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State

from web.background import background
from web.compression import Compressed
from web.errors import on_error
from web.headers import SecurityHeaders
from web.routes import ROUTES
from web.services import open_services
from web.settings import Settings
from web.static_files import static_router


def create_app(settings: Settings, url: str, demonstration: bool = False) -> Litestar:
    """The application on this database. `demonstration` opens the sign-in by choosing a person, and says so."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with open_services(settings, url, demonstration) as found:
            app.state.services = found
            async with background(found, url, app.state):
                yield

    return Litestar(
        [static_router, *ROUTES],
        lifespan=[lifespan],
        state=State({}),
        exception_handlers={Exception: on_error},
        before_send=[SecurityHeaders(settings.secure)],
        middleware=[Compressed],
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
