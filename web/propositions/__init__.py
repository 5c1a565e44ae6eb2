"""Propositions: a person says something, gets a receipt, follows; the public page of each; the lists."""
