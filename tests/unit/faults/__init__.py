"""Tests of the faults that can be planted in a conversion."""
