"""Ground: errors, clock, identifiers' thin wrappers."""

from keten.core.errors import KetenError, UsageError

__all__ = ["KetenError", "UsageError"]
