"""Unit tests of acceptance.law."""
