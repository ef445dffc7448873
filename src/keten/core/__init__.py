"""Ground: errors, clock, identifiers' thin wrappers."""

from keten.core.errors import FolderInUse, KetenError, UsageError

__all__ = ["FolderInUse", "KetenError", "UsageError"]
