"""Small changes made to the modules of rules, and whether the nearest tests notice them: ``python -m tests.mutation``."""
