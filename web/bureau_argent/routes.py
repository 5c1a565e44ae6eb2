"""Routes of the office of the money."""

from web.bureau_argent.accueil import agir_ensemble, voir_bureau_argent
from web.bureau_argent.comptes import agir_compte, voir_compte_au_bureau
from web.bureau_argent.enveloppes import doter, partager, voir_enveloppe
from web.bureau_argent.nouvelle import nouvelle, proposer
from web.bureau_argent.operations import agir_operation, voir_au_bureau
from web.bureau_argent.paiements import payer, voir_paiements
from web.bureau_argent.reconductions import reconduire, voir_reconductions

ROUTES = (
    *(voir_bureau_argent, agir_ensemble, voir_compte_au_bureau, agir_compte, voir_enveloppe, partager, doter),
    *(nouvelle, proposer, voir_au_bureau, agir_operation, voir_paiements, payer, voir_reconductions, reconduire),
)
