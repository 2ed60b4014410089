"""The rule book: one module per rule, each with its source; its sentences and tables are in ``../data``."""
