"""BSNs that belong to nobody: first the test numbers, then others that begin with a 9; all pass the elfproef.

Source of the test range 999900006 up to 999999990: a public iStandaarden project (test numbers are obligatory in chain
tests, and forbidden in production). It holds 9,091 numbers, so a larger population goes on from 900000000 upwards.
"""

import numpy as np
import numpy.typing as npt

from keten.core import UsageError

TEST_RANGE = (99_990_000, 100_000_000)
BEYOND = (90_000_000, 99_990_000)
"""The first eight digits of the numbers, from .. up to, not including, .."""

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
NOT_A_DIGIT = 10
MOST = 9_000_000
"""Clients in one population; a few more numbers than these there are."""


def bsns(count: int) -> npt.NDArray[np.int64]:
    """So many different BSNs, always the same. Raises UsageError when there are not enough.

    >>> bsns(2).tolist()
    [999900006, 999900018]
    """
    if count > MOST:
        raise UsageError(f"There are BSNs for at most {MOST:,} clients.", hint="Ask for fewer.")
    test = _valid(*TEST_RANGE)
    if count <= len(test):
        return test[:count]
    needed = (count - len(test)) * 11 // 10 + 11
    more = _valid(BEYOND[0], min(BEYOND[0] + needed, BEYOND[1]))
    return np.concatenate([test, more])[:count]


def _valid(first: int, end: int) -> npt.NDArray[np.int64]:
    """The BSNs whose first eight digits lie in the range: the ninth makes the weighted sum divisible by eleven."""
    heads = np.arange(first, end, dtype=np.int64)
    digits = (heads[:, None] // 10 ** np.arange(7, -1, -1)) % 10
    check = (digits * np.array(WEIGHTS)).sum(axis=1) % 11
    found: npt.NDArray[np.int64] = heads[check != NOT_A_DIGIT] * 10 + check[check != NOT_A_DIGIT]
    return found
