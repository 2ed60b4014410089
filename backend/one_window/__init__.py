"""Everything a person needs at one window: catalogue, notices, cases, conversations."""
