"""Periods as whole days, and whether one lies within others: sorted and searched, never joined with each other."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from keten.core.days import EPOCH, FOREVER

SHIFT = 2**32
ABOVE_ZERO = 2**31
"""Key and day as one number that sorts as the pair does: days before 1970 are negative."""


def day_number(day: date | None) -> int:
    """The days since 1970; FOREVER for none.

    >>> day_number(date(2018, 4, 1))
    17622
    """
    return FOREVER if day is None else day.toordinal() - EPOCH


def day_of(number: int) -> date | None:
    """The day of a number, None for FOREVER."""
    return None if number >= FOREVER else date.fromordinal(number + EPOCH)


def merged(frame: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The periods (start, end) of each key, touching and overlapping ones as one; sorted."""
    ordered = frame.sort(*key, "start", "end")
    reach = pl.col("end").cum_max().shift(1).over(key)
    opens = (pl.col("start") > reach + 1).fill_null(value=True)
    islands = ordered.with_columns(island=opens.cum_sum())
    periods = islands.group_by(*key, "island", maintain_order=True).agg(pl.col("start").min(), pl.col("end").max())
    return periods.drop("island")


def within(periods: pl.DataFrame, islands: pl.DataFrame) -> pl.Series:
    """Whether each period (key, start, end) lies within one of the merged `islands` of its key."""
    ordered = islands.sort("key", "start")
    if ordered.is_empty():
        return pl.Series("within", [False]).new_from_index(0, periods.height)
    last = ordered.select(at=_place())["at"].search_sorted(periods.select(at=_place())["at"], side="right")
    found = ordered[(last.cast(pl.Int64) - 1).clip(0)]
    return periods.select(
        within=(found["key"] == pl.col("key")) & (found["start"] <= pl.col("start")) & (found["end"] >= pl.col("end"))
    )["within"]


def numbered(frame: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The different keys of a frame, each with its number as `key`."""
    return frame.select(key).unique().sort(key).with_row_index("key")


def _place() -> pl.Expr:
    return pl.col("key").cast(pl.Int64) * SHIFT + pl.col("start").cast(pl.Int64) + ABOVE_ZERO
