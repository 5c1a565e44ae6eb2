"""What the law and our rules say: decisions only, no HTTP, no clock, no randomness (those are in `ledger`)."""
