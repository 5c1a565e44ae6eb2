"""Tests of the pages of the collèges."""
