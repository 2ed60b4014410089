"""Facts about a person, read from what they say and kept for the conversation."""
