"""TR079: indications are numbered in the order in which they were issued."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import numpy as np
import polars as pl

from keten.validation.rules.offences import Offence, Offences, Place
from keten.validation.rules.view import Numbers, View

NAME = "Indicatie"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Indications of a client of which the one issued later does not have the higher number, two by two."""
    clients, days = view.parents(NAME), view.dates(NAME, "Afgiftedatum")
    numbers = _numbers(view.value(NAME, "VolgnummerIndicatie"))
    order = np.lexsort((numbers, days, clients))
    order = order[~np.isnan(days[order]) & ~np.isnan(numbers[order])]
    same = np.diff(clients[order]) == 0
    falls = same & (np.diff(numbers[order]) <= 0) & (np.diff(days[order]) > 0)
    suspect = set(clients[order[1:][falls]].tolist())
    for client, rows in groupby(order.tolist(), key=lambda row: int(clients[row])):
        if client in suspect:
            listed = list(rows)
            count = sum(len(_before(seen, numbers[row])) for row, seen in _in_turn(listed, days, numbers))
            yield Offences(count, _listed(client, listed, days, numbers))


def _numbers(texts: pl.Series) -> Numbers:
    """The numbers that are written, NaN for one with a plus: to XPath, by which the rule is worded, that is no number."""
    bare = texts.set(texts.str.starts_with("+"), None)
    return bare.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()


def _listed(client: int, rows: list[int], days: Numbers, numbers: Numbers) -> Iterator[Offence]:
    for row, seen in _in_turn(rows, days, numbers):
        for place in _before(seen, numbers[row]):
            other = seen[place][1]
            yield Offence(client, (Place(NAME, min(row, other)), Place(NAME, max(row, other))))


def _in_turn(rows: list[int], days: Numbers, numbers: Numbers) -> Iterator[tuple[int, list[tuple[float, int]]]]:
    """Each row in order of issue, with the numbers (and rows) issued before its day, sorted."""
    seen: list[tuple[float, int]] = []
    for _, group in groupby(rows, key=lambda row: days[row]):
        today = list(group)
        yield from ((row, seen) for row in today)
        for row in today:
            insort(seen, (float(numbers[row]), row))


def _before(seen: list[tuple[float, int]], number: float) -> range:
    """The places of the numbers seen that are not lower."""
    return range(bisect_left(seen, (number, -1)), len(seen))
