"""CSV: the form for working through findings, one by one, in a spreadsheet to which no cell does any harm."""

import polars as pl

from keten.acceptance.judgement import Judgement
from keten.core.sheets import harmless


def render(judgement: Judgement) -> str:
    """A line per finding; several files and locations in one cell are parted by a bar."""
    lists = [
        pl.col(name).cast(pl.List(pl.String)).list.join(" | ")
        for name in ("after_files", "after_clients", "after_locations")
    ]
    return harmless(judgement.findings.with_columns(lists)).write_csv().rstrip("\n")
