"""Routes of the propositions: say, follow with a code, the public pages and lists."""

from web.propositions.actes_auteur import agir, demander_acte
from web.propositions.deposer import deposer, merci
from web.propositions.dire import avancer, demander, dire, recommencer
from web.propositions.listes import voir_instance
from web.propositions.page_dossier import voir_dossier
from web.propositions.retards import voir_retards
from web.propositions.suivre_code import entrer, fermer, ma_parole, suivi

ROUTES = (
    *(dire, demander, recommencer, avancer, deposer, merci),
    *(suivi, entrer, ma_parole, fermer, demander_acte, agir),
    *(voir_dossier, voir_instance, voir_retards),
)
