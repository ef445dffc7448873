"""Unit tests of conversion.after."""
