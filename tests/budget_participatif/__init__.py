"""Tests of the participatory budget of the collèges."""
