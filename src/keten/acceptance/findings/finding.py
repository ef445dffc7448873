"""Findings of one part: gathered item by item, with where they stand on both sides."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from keten.core.columns import check_columns, filled

FOUND: dict[str, Any] = {
    "code": pl.String,
    "grave": pl.Boolean,
    "zorgkantoor": pl.String,
    "provider": pl.String,
    "subject": pl.String,
    "expected": pl.String,
    "found": pl.String,
    "was": pl.Int64,
    "was_path": pl.String,
    "records": pl.List(pl.Int64),
    "paths": pl.List(pl.String),
}
"""A finding: its code; `grave` when copies disagree; who it concerns; the record before and the records after, with the
path in each."""

GROUNDS = ("grave", "subject", "expected", "found", "was", "was_path", "records", "paths")
"""Columns that not every check fills: each has its code and whom it concerns."""


def together(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Findings of several checks as one frame; the columns that a check may lack are empty. Raises WrongColumns."""
    full = [filled(frame, FOUND, may_lack=GROUNDS, what="a check's findings") for frame in frames]
    return pl.concat([pl.DataFrame(schema=FOUND), *full])


def told(frame: pl.DataFrame, *without: str) -> pl.DataFrame:
    """The findings in a frame of items: their columns, all but those it is said to be without. Raises WrongColumns.

    What else the items have is left behind, so a misspelt column of a finding shows as one that is missing.
    """
    own = [name for name in FOUND if name in frame.columns]
    check_columns(frame.select(own), [name for name in FOUND if name not in without], what="a check's findings")
    return frame.select(own)
