"""Comptage: from ballots to funded projects, exactly and explained.

Pure functions, no clock, no randomness, no database. `election` holds the input, `profil` groups
identical ballots, `regles` names the rules, reads their parameters and counts, `glouton`,
`parts_egales` and `completion` are the rules themselves, `trace` is the step-by-step data,
`recit` says it in words, `pabulib` reads and writes the exchange format `.pb`.

Amounts are integers in the smallest unit of the election; `Election.unite` says how many make one
unit of the file (for a scrutin of ours: costs in cents, `unite` = 100, so a step of 1 is one euro).
"""
