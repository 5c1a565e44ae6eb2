"""Every route of the application, feature by feature."""

from collections.abc import Sequence

from litestar import Router
from litestar.types import ControllerRouterHandler

from web.acces.routes import ROUTES as ACCES
from web.access import NotSignedIn, to_sign_in
from web.accueil.routes import ROUTES as ACCUEIL
from web.actes_pdf.pages import ROUTES as ACTES_PDF
from web.api.routes import ROUTES as API
from web.argent.routes import ROUTES as ARGENT
from web.avis.routes import ROUTES as AVIS
from web.bureau.routes import ROUTES as BUREAU
from web.bureau_argent.routes import ROUTES as BUREAU_ARGENT
from web.bureau_deliberations.routes import ROUTES as BUREAU_DELIBERATIONS
from web.chaine.routes import ROUTES as CHAINE
from web.colleges.routes import ROUTES as COLLEGES
from web.courrier.routes import ROUTES as COURRIER
from web.deliberations.routes import ROUTES as DELIBERATIONS
from web.formats import before_request
from web.journal.routes import ROUTES as JOURNAL
from web.mandats.routes import ROUTES as MANDATS
from web.measures import Measured
from web.opendata.routes import ROUTES as OPENDATA
from web.propositions.routes import ROUTES as PROPOSITIONS
from web.recherche.routes import ROUTES as RECHERCHE
from web.regles.routes import ROUTES as REGLES
from web.resultats.routes import ROUTES as RESULTATS
from web.reunions.bureau import ROUTES as REUNIONS
from web.scrutins.routes import ROUTES as SCRUTINS
from web.seances.routes import ROUTES as SEANCES
from web.suivre.routes import ROUTES as SUIVRE
from web.territoire.routes import ROUTES as TERRITOIRE
from web.vote.routes import ROUTES as VOTE

FEATURES: Sequence[ControllerRouterHandler] = (
    *ACCES,
    *ACCUEIL,
    *ACTES_PDF,
    *API,
    *ARGENT,
    *AVIS,
    *BUREAU,
    *BUREAU_ARGENT,
    *BUREAU_DELIBERATIONS,
    *CHAINE,
    *COLLEGES,
    *COURRIER,
    *DELIBERATIONS,
    *JOURNAL,
    *MANDATS,
    *OPENDATA,
    *PROPOSITIONS,
    *RECHERCHE,
    *REGLES,
    *REUNIONS,
    *RESULTATS,
    *SCRUTINS,
    *SEANCES,
    *SUIVRE,
    *TERRITOIRE,
    *VOTE,
)

# Every page knows who is asking, and has its other forms; every answer is measured.
ROUTES = (
    Router(
        "/",
        route_handlers=FEATURES,
        before_request=before_request,
        exception_handlers={NotSignedIn: to_sign_in},
        middleware=[Measured],
    ),
)
