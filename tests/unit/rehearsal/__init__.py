"""Unit tests of the rehearsal: its scenarios."""
