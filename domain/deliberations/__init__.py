"""Délibérations: from the draft to its entry into force (P16). Stream `deliberations/{numero}`, such as `2017-2275`.

An act of another authority carries its SIREN in front: `deliberations/216901496-20210206_3`.
"""
