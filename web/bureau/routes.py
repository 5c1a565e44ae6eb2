"""Routes of the office."""

from web.bureau.cartes import enregistrer_carte, saisir_carte
from web.bureau.effacements import effacer, voir_effacements
from web.bureau.proposition import agir, voir_proposition
from web.bureau.seances import enregistrer_seance, saisir_seance
from web.bureau.semaine import ma_semaine

ROUTES = (
    *(ma_semaine, voir_proposition, agir, saisir_seance, enregistrer_seance, saisir_carte, enregistrer_carte),
    *(voir_effacements, effacer),
)
