"""How well people are understood: what was not, what editors teach, what is switched off for now."""
