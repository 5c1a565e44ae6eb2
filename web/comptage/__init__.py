"""Comptage on the command line and on the web: counts shown, nothing decided here."""
