"""Tests of the conversion: the cases of its rules, and its modules."""
