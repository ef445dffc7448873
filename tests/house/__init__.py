"""Tests of the code base: that it keeps its own rules."""
