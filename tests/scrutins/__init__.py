"""A scrutin: from its rules to the destruction of its urn."""
