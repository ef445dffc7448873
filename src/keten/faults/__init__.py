"""Direction: faults that can be planted in a conversion, as a catalogue, to measure who finds them."""

from keten.faults.catalogue import Fault, UnknownFault, catalogue, rates
from keten.faults.planting import ANSWERS, plant
from keten.faults.world import NotClean

__all__ = ["ANSWERS", "Fault", "NotClean", "UnknownFault", "catalogue", "plant", "rates"]
