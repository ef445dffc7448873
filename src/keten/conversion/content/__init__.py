"""Content of clients and indications, and what becomes of it: carried over, or repaired (rules K)."""
