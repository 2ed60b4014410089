"""Chinese read and written once: digits, amounts, dates, answers, identifiers, placeholders. Used by all three processes."""
