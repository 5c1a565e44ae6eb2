"""The office: « Ma semaine », the acts on a proposition, sessions, erasures. Every act is done by a function."""
