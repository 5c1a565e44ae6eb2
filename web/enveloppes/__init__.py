"""The money, for people and programs: `registre repartir` recomputes a split from a file."""
