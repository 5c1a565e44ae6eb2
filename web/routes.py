"""Every route of the application, feature by feature."""

from collections.abc import Sequence

from litestar.types import ControllerRouterHandler

from web.accueil.routes import ROUTES as ACCUEIL
from web.propositions.routes import ROUTES as PROPOSITIONS

ROUTES: Sequence[ControllerRouterHandler] = (*ACCUEIL, *PROPOSITIONS)
