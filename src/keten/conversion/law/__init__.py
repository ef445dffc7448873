"""The law: from the books to the new items, who gets them, and what became of every old one (rules N, Z, F, P, R, M)."""
