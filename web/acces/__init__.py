"""Signing in and out: a link by e-mail, sessions, tokens for programs; in the demonstration, choosing a person.

What a person may do is not here: it is in the register (`domain/droits.py`), read by `web/access.py`.
"""
