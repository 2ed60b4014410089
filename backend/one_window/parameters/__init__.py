"""Parameters: dated local figures that the centre fills in; where none is published, nobody is told a number."""
