"""Cases and their deadlines."""
