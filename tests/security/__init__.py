"""Attacks that were tried on the house, as tests."""
