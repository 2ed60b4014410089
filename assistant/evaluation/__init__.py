"""Questions in, figures out."""
