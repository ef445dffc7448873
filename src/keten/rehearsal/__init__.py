"""Direction: populations, trial conversions and, when they come, chain tests with their criteria and Go/No-go."""

from keten.rehearsal.page import page
from keten.rehearsal.rehearsing import Rehearsal, rehearse

__all__ = ["Rehearsal", "page", "rehearse"]
