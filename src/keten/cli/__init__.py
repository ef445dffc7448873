"""Edge: the commands. Each parses, calls one room and shows."""

from keten.cli.app import main

__all__ = ["main"]
