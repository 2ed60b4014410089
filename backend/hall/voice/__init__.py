"""Which voice model the connectors use, as they tell it: shown to staff."""
