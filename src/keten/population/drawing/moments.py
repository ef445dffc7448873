"""Moments as care.yaml writes them, and the days they come to. A day is a whole number: days since 1970-01-01.

Of a moment `end` a frame holds two columns: `end_from`, what it counts from, and `end_days`, how many days it lies behind
that. A moment that is not given is null in both.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

NOTATION = re.compile(r"(?P<anchor>day|start|indication|past|open)(?P<days>[+-]\d+)?")
EPOCH = date(1970, 1, 1)
DATE = "date"


def day_number(day: date) -> int:
    """The number of a day."""
    return (day - EPOCH).days


def read_moment(value: date | str | None) -> tuple[str | None, int | None]:
    """What a moment counts from, and the days it lies behind that.

    >>> read_moment("day+30"), read_moment(date(1970, 1, 3)), read_moment("open")
    (('day', 30), ('date', 2), ('open', 0))
    """
    if value is None:
        return None, None
    if isinstance(value, date):
        return DATE, day_number(value)
    match = NOTATION.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is no moment")
    return match["anchor"], int(match["days"] or 0)


def moment_columns(name: str, facts: Mapping[str, Any], default: str | None = None) -> dict[str, str | int | None]:
    """The two columns of a moment, out of the facts of a row."""
    anchor, days = read_moment(facts.get(name, default))
    return {f"{name}_from": anchor, f"{name}_days": days}


def moment_schema(name: str) -> dict[str, pl.DataType]:
    """The types of the two columns of a moment."""
    return {f"{name}_from": pl.String(), f"{name}_days": pl.Int32()}


def day_of(name: str, **anchors: pl.Expr) -> pl.Expr:
    """The day that a moment comes to; null where it is open or not given.

    `anchors` say what it may count from besides the column `day`: an expression per anchor.
    """
    start: pl.Expr = pl.when(pl.col(f"{name}_from") == DATE).then(pl.lit(0, pl.Int32))
    for anchor, value in ({"day": pl.col("day")} | anchors).items():
        start = start.when(pl.col(f"{name}_from") == anchor).then(value)  # type: ignore[attr-defined]
    return start + pl.col(f"{name}_days")


def date_text(name: str) -> pl.Expr:
    """A column of day numbers as dates in the form of the messages."""
    return pl.col(name).cast(pl.Int32).cast(pl.Date).cast(pl.String)
