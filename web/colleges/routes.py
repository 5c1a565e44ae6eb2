"""Routes of the collèges and of their participatory budget."""

from web.colleges.pages import voir_college, voir_colleges, voir_edition, voir_editions, voir_en_court

ROUTES = (voir_colleges, voir_college, voir_en_court, voir_editions, voir_edition)
