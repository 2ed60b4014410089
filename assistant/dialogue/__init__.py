"""The dialogue: what a message says, what is known, which rule answers."""
