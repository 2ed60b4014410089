"""What is read from a report of ``./daoban evaluate``: confusions, comparisons, words. Used by the back office and the terminal."""
