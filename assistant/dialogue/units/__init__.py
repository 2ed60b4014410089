"""Answer units: each single thing that the catalogue says of an item, found by what is asked about it."""
