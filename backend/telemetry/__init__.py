"""Logs and metrics of all three processes."""
