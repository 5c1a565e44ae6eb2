"""The book of rules: each rule that may refuse or compute something, with its source, its dates and its examples."""
