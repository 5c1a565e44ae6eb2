"""Seats and mandates: the bodies of the Métropole on any day, and the office where they are entered."""
