"""Days as whole numbers, so that periods can be compared, cut and joined by arithmetic: days since 1970-01-01."""

from datetime import date

import polars as pl

from keten.messages.values import as_date

EPOCH = date(1970, 1, 1).toordinal()
LAST = date.max.toordinal() - EPOCH
"""9999-12-31: nothing starts later, for no message can say so."""

FOREVER = 2**30
"""The end of what has no end: later than any date."""


def day(of: date) -> int:
    """The number of a day.

    >>> day(date(2018, 4, 1))
    17622
    """
    return of.toordinal() - EPOCH


def parsed(text: pl.Expr) -> pl.Expr:
    """The number of a day written as a date; null for absent and for a date beyond the year 9999."""
    return as_date(text).cast(pl.Int32)


def parsed_end(text: pl.Expr) -> pl.Expr:
    """The same for the end of a period: FOREVER where it is absent."""
    return pl.when(text.is_null()).then(pl.lit(FOREVER, pl.Int32)).otherwise(parsed(text))


def written(number: pl.Expr) -> pl.Expr:
    """The date as it is written in a message; null for FOREVER."""
    return pl.when(number < FOREVER).then(number.cast(pl.Date).dt.to_string("%Y-%m-%d"))
