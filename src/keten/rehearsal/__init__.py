"""Direction: a whole conversion rehearsed with a synthetic region: trials with and without planted faults, and a page."""

from keten.rehearsal.rehearsed import Rehearsal
from keten.rehearsal.rehearsing import PAGE, rehearse
from keten.rehearsal.scenarios import scenarios

__all__ = ["PAGE", "Rehearsal", "rehearse", "scenarios"]
