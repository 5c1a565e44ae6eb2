"""Routes of the collèges and of their participatory budget."""

from web.colleges.api import ROUTES as API
from web.colleges.bureau import agir_budget, voir_budget, voir_budgets, voir_idees
from web.colleges.bureau_editions import (
    agir_college,
    agir_edition,
    bureau_college,
    bureau_edition,
    bureau_editions,
    ouvrir_edition,
)
from web.colleges.idees import donner_idee, ecrire_idee, merci_idee
from web.colleges.pages import voir_college, voir_colleges, voir_edition, voir_editions, voir_en_court
from web.colleges.photos import voir_photo

ROUTES = (
    *(voir_colleges, voir_college, voir_en_court, voir_editions, voir_edition, voir_photo),
    *(ecrire_idee, donner_idee, merci_idee),
    *(voir_budgets, voir_budget, voir_idees, agir_budget),
    *API,
    *(bureau_editions, ouvrir_edition, bureau_edition, agir_edition, bureau_college, agir_college),
)
