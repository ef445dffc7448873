"""Unit tests of population.drawing."""
