"""The public pages of the money."""
