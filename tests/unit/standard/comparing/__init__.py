"""Tests of how two releases are compared."""
