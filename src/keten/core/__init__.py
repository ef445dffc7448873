"""Ground: errors, clock, identifiers' thin wrappers."""

from keten.core.errors import FolderInUse, KetenError, UsageError, reason_of

__all__ = ["FolderInUse", "KetenError", "UsageError", "reason_of"]
