"""Propositions: what a person asks the Métropole to change, and what became of it (PRODUCT P21, P23, P24).

One stream per proposition (`propositions/GEPI-2026-0087`). The person writes, or is helped, or speaks in a session;
the team reads, the group discusses and adopts, a service answers with its reasons, and the person says whether she
understood. Nothing is closed without a reasoned follow-up that was brought back to those who asked.
The same act serves the GEPI, COMET Jeunes and the Conseil de développement: only the instance differs.
"""
