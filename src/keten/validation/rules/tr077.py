"""TR077: the same assigned function, for the same reason, overlaps itself by one day at most."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from keten.validation.rules.offences import Offence, Offences, Place
from keten.validation.rules.pairs import alike, overlaps
from keten.validation.rules.view import Flags, Rows, View

NAME, START, END = "ToegewezenFunctie", "Ingangsdatum", "Einddatum"
MOST_EXAMINED = 1_000_000
"""Overlaps in a batch that are looked at one by one; in what is beyond all belief, the rest counts as more than a day."""


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Functions of one indication with the same code and Soort that have more than one day in common, two by two."""
    found = alike(view, NAME, view.parents(NAME), ["FunctieCode", "Soort"])
    clash = overlaps(found, view.dates(NAME, START), view.ends(NAME, END))
    if not clash.count:
        return
    one, other = clash.some_pairs(MOST_EXAMINED)
    wrong = ~_excused(view, one, other)
    clients = view.clients(NAME)
    yield Offences(
        int(wrong.sum()) + clash.count - len(one),
        (
            Offence(int(clients[first]), (Place(NAME, int(first)), Place(NAME, int(later))))
            for first, later in zip(one[wrong], other[wrong], strict=True)
        ),
    )


def _excused(view: View, one: Rows, other: Rows) -> Flags:
    """Whether two functions that overlap do so by one day only: as the reference has it, asked of the later element."""
    texts = [view.text(NAME, path).str.replace_all("-", "", literal=True) for path in (START, END)]
    codes = pl.concat(texts).rank("dense").cast(pl.Int64).fill_null(0).to_numpy()
    start, end = np.split(codes, 2)
    days = view.dates(NAME, START)
    after = np.where(days[other] >= days[one], end[one] == start[other], end[other] == start[one])
    excused: Flags = (start[other] == end[other]) | after
    return excused
