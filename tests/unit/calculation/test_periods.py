"""Periods within merged periods, against the days themselves."""

from datetime import date
from itertools import pairwise

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from keten.calculation.coupling.periods import day_number, day_of, merged, within
from keten.core.days import FOREVER

PERIOD = st.tuples(st.integers(1, 3), st.integers(-5, 20), st.integers(0, 8)).map(lambda t: (t[0], t[1], t[1] + t[2]))
COLUMNS = {"key": pl.UInt32, "start": pl.Int32, "end": pl.Int32}


@given(st.lists(PERIOD, max_size=12), st.lists(PERIOD, max_size=12))
def test_within_is_what_the_days_say(asked: list[tuple[int, int, int]], there: list[tuple[int, int, int]]) -> None:
    """A period lies within when each of its days is a day of its key."""
    days = {(key, day) for key, start, end in there for day in range(start, end + 1)}
    islands = merged(pl.DataFrame(there, COLUMNS, orient="row"), ["key"])
    found = within(pl.DataFrame(asked, COLUMNS, orient="row"), islands).to_list()
    assert found == [all((key, day) in days for day in range(start, end + 1)) for key, start, end in asked]


@given(st.lists(PERIOD, max_size=12))
def test_merged_periods_lie_apart(there: list[tuple[int, int, int]]) -> None:
    """There is at least a day between two of a key."""
    islands = merged(pl.DataFrame(there, COLUMNS, orient="row"), ["key"]).rows()
    assert all(one[0] != two[0] or one[2] + 1 < two[1] for one, two in pairwise(islands))


@given(st.dates())
def test_days(day: date) -> None:
    """A day is its number, and no day is for ever."""
    assert day_of(day_number(day)) == day
    assert day_of(FOREVER) is None
    assert day_number(None) == FOREVER
