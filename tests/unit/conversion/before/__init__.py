"""Unit tests of conversion.before."""
