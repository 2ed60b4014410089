"""Rules as small calculators: each computes one rule of law from a few answers and explains itself."""
