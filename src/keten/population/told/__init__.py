"""What messages tell of it: records and assignments, as tables of a release, in files."""
