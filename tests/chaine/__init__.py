"""Tests of the chain of decision."""
