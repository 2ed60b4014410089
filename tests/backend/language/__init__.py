"""Chinese read and written."""
