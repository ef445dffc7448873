"""Tests of the compiled inner loops of reading."""
