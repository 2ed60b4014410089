"""The commands, a module each: what it takes and what it does. Their list is in ``backend/operate/command_line.py``."""
