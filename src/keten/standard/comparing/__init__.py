"""What changed between two releases: a module per kind of thing, each yields names with their changes."""

from keten.standard.comparing.classes import class_changes, structure_changes
from keten.standard.comparing.messages import message_changes
from keten.standard.comparing.types import type_changes

__all__ = ["class_changes", "message_changes", "structure_changes", "type_changes"]
