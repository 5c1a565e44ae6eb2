"""Saisines and avis: a body is asked, answers, and what became of each reservation (P01, P02, P03, P08, P24).

Stream `saisines/AV-2026-0001`.
"""
