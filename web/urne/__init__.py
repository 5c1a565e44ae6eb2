"""The urns: sealed ballots from the first slip to their destruction (TRACE §2)."""
