"""Rate limits of every process: how much is allowed, and the counting. The library ``limits`` counts."""
