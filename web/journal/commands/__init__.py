"""Sub-commands of `registre` about the log: each module has `configure(parser)` and `run(options)`."""
