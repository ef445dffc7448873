"""Content: brings the books of two parties in line (bestandsvergelijking): what differs, and whose turn it is."""

from keten.comparison.comparing import Comparison, compare
from keten.comparison.opening import Between, open_book
from keten.comparison.reporting import hand_over
from keten.comparison.terms import Pair, pair_of

__all__ = ["Between", "Comparison", "Pair", "compare", "hand_over", "open_book", "pair_of"]
