"""Protecting personal information: the vault's keys, the audit trail, retention, export and erasure of one person."""
