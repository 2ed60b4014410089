"""From a sentence to a reply: the Rasa layer."""

import os

# One sentence has little to share out: a second thread turns idle and costs as much again. The numeric libraries share one OpenMP,
# which reads this when the first of them is loaded; what another of them asks for later has no effect.
os.environ.setdefault("OMP_NUM_THREADS", "1")
