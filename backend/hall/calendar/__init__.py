"""The centre's calendar: which days are worked, and by whose word."""
