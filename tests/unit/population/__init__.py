"""Tests of the population: what messages tell, read back without knowing how they were made."""
