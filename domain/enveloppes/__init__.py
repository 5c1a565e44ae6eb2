"""Enveloppes: the money of the Pacte de cohérence métropolitain, in whole cents.

`masses` are the amounts and floors of the text; `repartition` splits them, exactly, by a key that anyone recomputes.
"""
