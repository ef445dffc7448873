"""Findings of one part: gathered item by item, with where they stand on both sides."""

from collections.abc import Iterable
from typing import Any

import polars as pl

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


def together(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Findings of several checks as one frame; columns that a check does not fill are empty."""
    full = [
        frame.select(
            (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
            for name, kind in FOUND.items()
        )
        for frame in frames
    ]
    return pl.concat([pl.DataFrame(schema=FOUND), *full])
