"""Ground: errors, what is written whole and what is read whole, texts made harmless, work side by side, pages."""

from keten.core.errors import KetenError, Panic, UsageError, reason_of
from keten.core.marks import FolderInUse

__all__ = ["FolderInUse", "KetenError", "Panic", "UsageError", "reason_of"]
