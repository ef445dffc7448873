"""Unit tests of a campaign: criteria, verdicts, what would turn them, trends, evidence."""
