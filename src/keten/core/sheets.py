"""Tables as files for a spreadsheet, in which nothing that came from outside can act."""

from pathlib import Path

import polars as pl

FORMULA = r"^([=+@\t\r-])"
"""What a spreadsheet takes for a formula when a cell begins with it."""

UNPRINTABLE = r"[\p{C}\p{Zl}\p{Zp}]"
"""Control characters, what turns the direction of writing, halves of characters, and line separators."""


def write_sheet(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV, harmless to open."""
    harmless(frame).write_csv(path)


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """A table for a spreadsheet: what would begin a formula begins with an apostrophe; nothing in it cannot be seen.

    A text that is a number, such as -5, stays one: it can do nothing.
    """
    return frame.with_columns(_harmless(name) for name, kind in frame.schema.items() if kind == pl.String)


def _harmless(name: str) -> pl.Expr:
    text = pl.col(name)
    number = text.str.contains(r"^-\d+([.,]\d+)?$")
    marked = pl.when(number).then(text).otherwise(text.str.replace(FORMULA, "'$1"))
    return marked.str.replace_all(UNPRINTABLE, "\N{REPLACEMENT CHARACTER}").alias(name)
