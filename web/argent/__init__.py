"""The public pages of the money: envelopes, accounts, operations, the follow-up of the Pacte."""
