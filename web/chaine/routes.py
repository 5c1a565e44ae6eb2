"""Routes of the chain of decision."""

from web.chaine.bureau import tisser, voir_tissage
from web.chaine.formats import chaine
from web.chaine.pages import voir_chaine

ROUTES = (voir_chaine, chaine, voir_tissage, tisser)
