"""Hearing and speaking Mandarin, offline, on a processor: see ``speech.py`` for what channels use."""
