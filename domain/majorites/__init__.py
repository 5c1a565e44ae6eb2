"""Majorités: from counted votes to a result, as pure rules with parameters; the arithmetic is told in a sentence.

`suffrages` holds the four numbers (présents, pouvoirs, votants, exprimés), `simple` the majority of votes cast,
`double` the two majorities of the Conférence métropolitaine, `seuils` quorums and requests.
"""
