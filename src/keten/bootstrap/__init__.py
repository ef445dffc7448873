"""Wiring: settings -> executor (and, when they come, database and clock). The only place that chooses."""

from keten.bootstrap.executor import executor

__all__ = ["executor"]
