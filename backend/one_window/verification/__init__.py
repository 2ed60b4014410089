"""Verifying citizens: a one-time code to their phone, or the counter."""
