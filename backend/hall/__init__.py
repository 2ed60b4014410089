"""The hall itself: staff, counters, queue, screens, duty, standards."""
