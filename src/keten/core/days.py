"""Days as whole numbers, so that periods can be compared, cut and joined by arithmetic: days since 1970-01-01."""

from datetime import date

import polars as pl

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


def written(number: pl.Expr) -> pl.Expr:
    """The date as it is written in a message; null for FOREVER."""
    return pl.when(number < FOREVER).then(number.cast(pl.Date).dt.to_string("%Y-%m-%d"))
