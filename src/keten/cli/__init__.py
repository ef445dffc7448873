"""Edge: the commands. Each parses, calls one room and shows."""

from keten.cli.app import main
from keten.cli.supervising import supervised

__all__ = ["main", "supervised"]
