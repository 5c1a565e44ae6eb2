"""Every projection of the register, in the order in which the runner calls them."""

from projections.rows import Projection

PROJECTIONS: tuple[Projection, ...] = ()
