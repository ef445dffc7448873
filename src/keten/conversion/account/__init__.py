"""The account: what became of everything, in figures, as lists of work for people, and as a page."""
