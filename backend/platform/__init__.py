"""What every service stands on: database, identity, audit, events, clock, vault, errors, HTTP."""
