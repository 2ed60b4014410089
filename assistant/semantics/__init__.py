"""Meaning beyond shared words: sentence vectors."""
