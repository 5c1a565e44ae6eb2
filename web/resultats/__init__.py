"""Resultats: what a scrutin gave and why, for people; its ballots as files; the screen of the hall."""
