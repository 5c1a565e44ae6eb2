"""Scrutins: a secret vote on projects, from the frozen rules to the proclamation (TRACE §2).

A ballot is never an event: the urn keeps it sealed until the count. Here are the acts that frame it: rules
confirmed by two people, public keys, slips, opening, closing, both layers, count, complaints, destruction.
`codes` is the code on a slip, `bulletin` the clear text of a ballot and its fixed length.
"""
