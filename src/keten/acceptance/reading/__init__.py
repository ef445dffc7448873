"""What was read of both sides, as frames on disk, in parts: all of a client in the same part."""
