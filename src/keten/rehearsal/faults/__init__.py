"""Faults that can be planted in a conversion, as a catalogue, to measure who finds them."""

from keten.rehearsal.faults.catalogue import Fault, UnknownFault, catalogue, rates
from keten.rehearsal.faults.planting import ANSWERS, plant
from keten.rehearsal.faults.world import NotClean

__all__ = ["ANSWERS", "Fault", "NotClean", "UnknownFault", "catalogue", "plant", "rates"]
