"""Unit tests of population.care."""
