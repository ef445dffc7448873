"""Unit tests of conversion.content."""
