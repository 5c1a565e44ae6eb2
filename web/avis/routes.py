"""Routes of the saisines and of their avis."""

from web.avis.agenda import agenda_des_avis
from web.avis.api import saisine, saisines
from web.avis.bureau import agir_sur_saisine, voir_saisine_bureau
from web.avis.deposer import deposer_saisine, nouvelle_saisine, voir_saisines_bureau
from web.avis.listes import voir_avis
from web.avis.lot import ecrire_aux_communes, lettres, saisir_les_communes

ROUTES = (
    *(voir_avis, agenda_des_avis, saisines, saisine, voir_saisines_bureau, voir_saisine_bureau, agir_sur_saisine),
    *(nouvelle_saisine, deposer_saisine, ecrire_aux_communes, saisir_les_communes, lettres),
)
