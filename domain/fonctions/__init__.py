"""Functions: who may do what, in the name of which instance, from when to when.

One stream per person (`personnes/<uuid>`), so that an act stands on the functions of who does it: a function that
was withdrawn meanwhile refuses the act. What each function allows is data, in `domain/droits.py`.
"""
