"""Days as messages write them, as whole numbers (core.days)."""

import polars as pl

from keten.core.days import FOREVER
from keten.messages.values import as_date


def parsed(text: pl.Expr) -> pl.Expr:
    """The number of a day written as a date; null for absent and for a date beyond the year 9999."""
    return as_date(text).cast(pl.Int32)


def parsed_end(text: pl.Expr) -> pl.Expr:
    """The same for the end of a period: FOREVER where it is absent."""
    return pl.when(text.is_null()).then(pl.lit(FOREVER, pl.Int32)).otherwise(parsed(text))
