"""Séances: a meeting from its planning to its adopted minutes (P04). Stream `seances/SEA-2026-0001`."""
