"""Routes of the results: votes, one vote, its steps, its files, its numbers; the screen of the hall."""

from web.resultats.ecran import ecran
from web.resultats.listes import voir_scrutins
from web.resultats.numero import chercher_numero, demander_numero
from web.resultats.page_scrutin import bulletins, pourquoi, voir_scrutin
from web.resultats.reclamer import ecrire_reclamation, reclamer

ROUTES = (
    *(voir_scrutins, voir_scrutin, bulletins, pourquoi),
    *(demander_numero, chercher_numero, ecrire_reclamation, reclamer, ecran),
)
