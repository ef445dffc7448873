"""Ground: errors, what is read and written whole, texts made harmless, work side by side, days and periods, pages."""

from keten.core.errors import KetenError, Panic, UsageError, reason_of
from keten.core.marks import FolderInUse

__all__ = ["FolderInUse", "KetenError", "Panic", "UsageError", "reason_of"]
