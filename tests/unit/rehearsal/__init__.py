"""Unit tests of the rehearsal: criteria, verdicts, what would turn them, trends, evidence."""
