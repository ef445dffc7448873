"""Chance that can be repeated: each question has a stream of numbers of its own, named after it.

So the answer to one question does not depend on what else was asked, nor in which order. Only uniform numbers are drawn,
whose stream numpy keeps the same, and all else is computed from them by sums and products, which every machine rounds alike.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt
import polars as pl

Numbers = npt.NDArray[np.float64]


class Draw:
    """The chance of one team of a population: same seed, team and question, same numbers.

    >>> Draw(1, 0).whole("die", 1, 6, 3).to_list() == Draw(1, 0).whole("die", 1, 6, 3).to_list()
    True
    """

    def __init__(self, seed: int, team: int) -> None:
        self._seed, self._team = seed, team

    def numbers(self, question: str, count: int) -> Numbers:
        """So many numbers from 0 up to, not including, 1."""
        sequence = np.random.SeedSequence((self._seed, self._team, crc32(question.encode())))
        return np.random.Generator(np.random.PCG64(sequence)).random(count)

    def unit(self, question: str, count: int) -> pl.Series:
        """The same as a column."""
        return pl.Series(question, self.numbers(question, count))

    def whole(self, question: str, low: int, high: int, count: int) -> pl.Series:
        """Whole numbers from `low` up to and including `high`."""
        drawn = low + np.floor(self.numbers(question, count) * (high - low + 1))
        return pl.Series(question, drawn.astype(np.int32))

    def chosen(self, question: str, shares: Sequence[float], count: int) -> npt.NDArray[np.int64]:
        """Which of the choices, from 0, by their shares (which add up to 1)."""
        bounds = np.cumsum(shares)[:-1]
        return np.searchsorted(bounds, self.numbers(question, count), side="right")

    def one_of(self, question: str, values: Sequence[str], count: int) -> pl.Series:
        """Any of the values, all as likely."""
        places = np.floor(self.numbers(question, count) * len(values)).astype(np.int64)
        return pl.Series(question, list(values), dtype=pl.String).gather(places)
