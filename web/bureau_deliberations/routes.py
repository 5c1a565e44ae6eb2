"""Routes of the office of deliberations."""

from web.bureau_deliberations.bureau import agir_sur_deliberation, voir_deliberation_bureau
from web.bureau_deliberations.liste import voir_deliberations_bureau
from web.bureau_deliberations.nouvelle import deposer_projet, nouveau_projet

ROUTES = (
    *(voir_deliberations_bureau, nouveau_projet, deposer_projet, voir_deliberation_bureau, agir_sur_deliberation),
)
