"""Python's cyclic collector, told what kind of process this is."""

import gc

# Rows, entries and commands are kept by the hundred for a moment and hold no cycle: the default of 700 walks them for
# nothing, a tenth of the time of an act.
THRESHOLDS = 20_000, 20, 20


def loaded() -> None:
    """What is loaded by now outlives every request and every batch: it is never walked again; the rest, less often."""
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
