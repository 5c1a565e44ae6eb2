"""Search: one field for a word, a place or a number; each search has its feed."""
