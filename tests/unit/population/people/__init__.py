"""Unit tests of population.people."""
