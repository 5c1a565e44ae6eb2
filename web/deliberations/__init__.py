"""Deliberations for everyone: the list, the page of one act with its chain, the act that a stamp names."""
