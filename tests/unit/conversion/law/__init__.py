"""Unit tests of conversion.law."""
