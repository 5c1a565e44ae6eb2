"""Routes of the propositions: say, follow with a code, the public pages and lists."""

from web.propositions.deposer import deposer, merci
from web.propositions.dire import avancer, demander, dire, recommencer
from web.propositions.page_dossier import voir_dossier

ROUTES = (dire, demander, recommencer, avancer, deposer, merci, voir_dossier)
