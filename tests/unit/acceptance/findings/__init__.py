"""Unit tests of acceptance.findings."""
