"""The coupling table (koppeltabel): declarations judged against assignments, and a table tested before it is used."""

from keten.calculation.coupling.assignments import read_assignments, read_contracts
from keten.calculation.coupling.claims import read_claims
from keten.calculation.coupling.effect import effect_of
from keten.calculation.coupling.judging import Grounds
from keten.calculation.coupling.reporting import examination, judgement
from keten.calculation.coupling.table import load_table

__all__ = [
    "Grounds",
    "effect_of",
    "examination",
    "judgement",
    "load_table",
    "read_assignments",
    "read_claims",
    "read_contracts",
]
