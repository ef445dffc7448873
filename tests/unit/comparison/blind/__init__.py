"""Tests of blind comparison."""
