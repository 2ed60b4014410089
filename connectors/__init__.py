"""Every socket that a person's words come through."""
