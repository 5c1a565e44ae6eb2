"""Feeds of dossiers and instances: each event, with its number and the state it leads to."""
