"""Tests of the forms in which the standard is shown."""
