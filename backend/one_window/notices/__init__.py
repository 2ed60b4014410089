"""One-time notices: computed, numbered, versioned."""
