"""From sound to words: one interface, vosk behind it, a null twin for tests."""
