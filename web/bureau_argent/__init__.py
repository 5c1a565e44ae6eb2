"""The office of the money: envelopes, splits, accounts, operations, the follow-up of the Pacte."""
