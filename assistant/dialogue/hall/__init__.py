"""Questions about the hall itself: when it is open, where it is, how one gets in."""
