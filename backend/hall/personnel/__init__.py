"""Looking after accounts on a page: new ones, resets, moves, leaving; two people where one alone would give too much."""
