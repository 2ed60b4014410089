"""Citizens' browsers: one WebSocket each, opened with a single-use ticket."""
