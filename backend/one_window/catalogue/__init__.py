"""The catalogue of government service items: content, guides, search."""
