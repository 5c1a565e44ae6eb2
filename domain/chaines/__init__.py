"""Chaînes: what ties dossiers together, and the milestones that only a text tells. Stream `chaines/{reference}`."""
