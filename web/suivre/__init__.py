"""Following by e-mail, without an account: a signed link confirms, chooses and stops (PRODUCT §3.6).

Who follows what is never public; it is deleted when one stops.
"""
