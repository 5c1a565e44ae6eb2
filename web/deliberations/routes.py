"""Routes of the deliberations."""

from web.deliberations.api import deliberation, deliberations
from web.deliberations.importees import voir_importees
from web.deliberations.pages import voir_acte_transmis, voir_deliberation, voir_deliberations

ROUTES = (voir_deliberations, voir_importees, voir_deliberation, voir_acte_transmis, deliberations, deliberation)
