"""What is measured and how much of the reference is owed: the table of the README is checked against this one."""

# name -> (target, at most rather than at least)
TARGETS: dict[str, tuple[float, bool]] = {
    "acts through the ledger, 256 submitters / plain INSERT, 16 connections": (3, False),
    "acts through the ledger, 32 submitters / plain INSERT, 16 connections": (1.2, False),
    "one act alone / one plain INSERT commit": (4, True),
    "replay (read, decode, dispatch) / raw cursor with decode": (0.5, False),
    "rebuild of all projections but full text / raw cursor with decode": (0.2, False),
    "rebuild of all projections, full text too / raw cursor with decode": (0.02, False),
    "filing by form, 32 connections / bare handler, same form, one INSERT": (1, False),
    "page of a dossier, p50 / bare handler, one row": (3, True),
    "chain of 400 events, 50 nodes shown, p50 / bare handler, one row": (8, True),
    "search over 100,000 acts, p50 / bare handler, SELECT 1": (10, True),
    "first visit of the home page, all requests / 100 kB": (1, True),
    "verification of a register / one SHA-256 pass over the same bytes": (0.02, False),
    "sealed ballots by form, 32 connections / bare handler, one INSERT": (0.5, False),
    "class of 30 votes at once, 1 Mbit/s, 300 ms, losses / 60 s": (1, True),
    "opening both layers and counting 10,000 ballots / 6 s": (1, True),
    "cost of opening and counting a ballot, 100,000 / 1,000": (1.3, True),
    "parts_egales, 11,000 ballots and 80 projects, whole process / 1 s": (1, True),
    "parts_egales_add1, the same ballots, 153 shares / 20 s": (1, True),
    "memory of the process of parts_egales / 500 MB": (1, True),
    "cost of counting a ballot, 100,000 / 1,000": (1.3, True),
    "lines of open data imported / 2,000 a second": (1, False),
    "extract of 165 councillors as PDF/A, p50 / 60 ms": (1, True),
    "register of 400 deliberations, sheets and tables / 30 s": (1, True),
    "account of 2,000 movements, p50 / bare handler, one row": (6, True),
    "overview of the money over six years, p50 / bare handler, one row": (6, True),
    "split of 59 communes / 20 ms": (1, True),
    "1,000 commitments at once on one account / 1,000 plain acts, one stream": (0.1, False),
}

# With --full: at a million events against ten thousand.
FULL: dict[str, tuple[float, bool]] = {
    "append rate at 1,000,000 events / at 10,000": (0.85, False),
    "page of a dossier at 10,000 events / at 1,000,000, p50": (0.85, False),
    "memory of the server at 1,000,000 events / at 10,000": (1.15, True),
}
