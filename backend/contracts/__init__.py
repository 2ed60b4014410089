"""The shapes that travel between processes: pydantic only, a module a feature."""
