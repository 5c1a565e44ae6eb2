"""Sub-commands of `registre` that belong to no feature: each module has `configure(parser)` and `run(options)`."""
