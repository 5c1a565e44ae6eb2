"""Budget participatif des collèges: editions of the Métropole, each collège's dossier in one, pupils' ideas (P22).

Three streams: `editions/{annee}`, `budgets/BPC-2026-0001` (one collège in one edition), `idees/IDEE-2026-0001`.
The vote itself is a scrutin, another feature, that names its dossier.
"""
