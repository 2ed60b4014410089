"""``kill -9`` of a random part at random moments of scripted cases, and the count against the database at the end."""
