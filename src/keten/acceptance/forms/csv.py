"""CSV: the form for working through findings, one by one; a cell that would begin a formula begins with an apostrophe."""

import polars as pl

from keten.acceptance.judging import Judgement

FORMULA = "^([=+@-])"


def render(judgement: Judgement) -> str:
    """A line per finding; several files and locations in one cell are parted by a bar."""
    lists = [
        pl.col(name).cast(pl.List(pl.String)).list.join(" | ")
        for name in ("after_files", "after_clients", "after_locations")
    ]
    flat = judgement.findings.with_columns(lists)
    return flat.with_columns(pl.col(pl.String).str.replace(FORMULA, "'$1")).write_csv().rstrip("\n")
