"""Looking after accounts on a page: new ones, resets, moves, leaving; two people where a role is high."""
