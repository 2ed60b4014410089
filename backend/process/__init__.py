"""How a process of ours starts and ends: its data folder, its lock, what it refuses, how it stops serving."""
