"""What the kernel finds wrong with clients, and what it needs to find it."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from keten.messages.kernel.alphabet import Bytes, inlined

STAYS, UNEXPECTED, NAMESPACE, MISPLACED, MISSING, ATTRIBUTE, TEXT, OTHER, VALUE, DOUBTFUL = range(10)
"""What may be wrong with an element. DOUBTFUL: its value is not plainly right, and must be judged elsewhere."""

STRING, INTEGER, DATE, TIME, UNSURE = range(5)
"""The base of a type, or UNSURE for one whose automaton refuses what is right."""

MOST_CHILDREN, MOST_LEVELS = 128, 64
"""More than any element of the standard has, and deeper than any lies."""


class Room(NamedTuple):
    """What comparing needs beside its results.

    Per place the longest row of siblings that could follow, per level the places that are taken, the elements that are
    open, and a text without its references.
    """

    best: npt.NDArray[np.int32]
    taken: npt.NDArray[np.bool_]
    open: npt.NDArray[np.int32]
    unescaped: Bytes


FOUND = np.dtype([("item", np.int32), ("what", np.int32), ("place", np.int32)])
"""Something wrong: the number of the element (of the parent, if one is MISSING), what it is, and a place among the children
of its parent: of the last before it (UNEXPECTED, -1: none), of the one meant (NAMESPACE), of the one that it belongs behind
or, as -1 - place, before (MISPLACED), of the missing one."""


@inlined
def put(found, count, item, what, place):
    """Write down what was found, if there is room."""
    if count < len(found):
        one = found[count]
        one.item, one.what, one.place = item, what, place
    return count + 1
