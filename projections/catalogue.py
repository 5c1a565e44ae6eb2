"""Every projection of the register, in the order in which the runner calls them."""

from projections.argent import Argent
from projections.budgets import Budgets
from projections.deliberations import Deliberations
from projections.divulgations import Divulgations
from projections.instances import Instances
from projections.personnes import Personnes
from projections.propositions import Propositions
from projections.recherche import Recherche
from projections.reunions import Reunions
from projections.rows import Projection
from projections.scrutins import Scrutins
from projections.seances import Seances
from projections.tiles import Tiles

PROJECTIONS: tuple[Projection, ...] = (
    Tiles(),
    Divulgations(),
    Instances(),
    Personnes(),
    Propositions(),
    Reunions(),
    Budgets(),
    Scrutins(),
    Seances(),
    Deliberations(),
    Argent(),
    Recherche(),
)
