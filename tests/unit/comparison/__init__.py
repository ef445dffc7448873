"""Tests of the room comparison."""
