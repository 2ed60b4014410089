"""Conversations: the truth about who said what."""
