"""Instances: the bodies of the territory, the services that answer for them, and the communes, with their dates.

One stream per instance (`instances/gepi`) and per commune (`communes/69149`). An instance that has a series of
numbers (`GEPI`) receives propositions; a service has the address and the telephone that a receipt must show.
A body that changed its name keeps its stream: its other names are kept with their dates.
"""
