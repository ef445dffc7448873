"""Tests of the room bootstrap."""
