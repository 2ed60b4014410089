"""Requests for a member of staff: listed live, taken by one person, finished with a note."""
