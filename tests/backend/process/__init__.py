"""Tests of how processes start and end."""
