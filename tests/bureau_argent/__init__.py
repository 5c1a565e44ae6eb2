"""The office of the money, over HTTP."""
