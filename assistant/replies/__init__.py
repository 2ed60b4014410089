"""Replies: one answer in three renderings. Texts are data (texts/*.yaml)."""
