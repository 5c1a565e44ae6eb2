"""Every projection of the register, in the order in which the runner calls them; every kind of event known beside.

A fact that no projection handles is read all the same, and a process that did not know it would halt there.
"""

from importlib import import_module
from pathlib import Path

import domain
from projections.argent import Argent
from projections.avis import Avis
from projections.budgets import Budgets
from projections.chaines import Chaines
from projections.deliberations import Deliberations
from projections.divulgations import Divulgations
from projections.importees import Importees
from projections.instances import Instances
from projections.personnes import Personnes
from projections.propositions import Propositions
from projections.recherche import Recherche
from projections.reunions import Reunions
from projections.rows import Projection
from projections.scrutins import Scrutins
from projections.seances import Seances
from projections.tiles import Tiles

for _events in sorted(Path(domain.__path__[0]).glob("*/events.py")):
    import_module(f"domain.{_events.parent.name}.events")

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
    Importees(),
    Avis(),
    Argent(),
    Chaines(),
    Recherche(),
)
