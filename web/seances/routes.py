"""Routes of the meetings."""

from web.seances.bureau import ROUTES as BUREAU
from web.seances.pages import voir_seance, voir_seances

ROUTES = (voir_seances, voir_seance, *BUREAU)
