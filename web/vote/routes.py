"""Routes of the vote, with their own error page: nothing leaves the voting pages."""

from litestar import Router

from web.vote.agenda import ROUTES as AGENDA
from web.vote.entree import ROUTES as ENTREE
from web.vote.isoloir import ROUTES as ISOLOIR
from web.vote.screens import on_error
from web.vote.tablet import ROUTES as TABLETTE
from web.vote.urne import ROUTES as URNE

ROUTES = (
    Router(
        "/",
        route_handlers=[*AGENDA, *ENTREE, *ISOLOIR, *TABLETTE, *URNE],
        exception_handlers={Exception: on_error},
    ),
)
