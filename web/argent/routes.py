"""Routes of the money."""

from web.argent.apercu import voir_argent
from web.argent.api import ROUTES as API
from web.argent.beneficiaire import voir_beneficiaire
from web.argent.operations import voir_operation, voir_operations
from web.argent.page_compte import voir_compte
from web.argent.reconductions import voir_reconduites
from web.argent.repartitions import donnees_csv, voir_repartition
from web.argent.suivi import voir_suivi

ROUTES = (
    *(voir_argent, voir_beneficiaire, voir_compte, voir_suivi, voir_reconduites),
    *(voir_repartition, donnees_csv, voir_operations, voir_operation),
    *API,
)
