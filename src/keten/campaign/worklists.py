"""What a zorgkantoor must repair, as a file it can work through from top to bottom.

It names places, not people: whoever works through it has the messages at hand.
"""

from pathlib import Path

import polars as pl

from keten.core.sheets import write_sheet

WORK = pl.Schema(
    {
        "kind": pl.String,
        "code": pl.String,
        "provider": pl.String,
        "before_file": pl.String,
        "before_client": pl.Int64,
        "before_location": pl.String,
        "after_file": pl.String,
        "after_client": pl.Int64,
        "after_location": pl.String,
        "also_in": pl.String,
        "what": pl.String,
        "action": pl.String,
    }
)
"""One thing to do. `kind` is one of KINDS; places are a file, the number of the client in it, and an XPath; `also_in`: the
other files after that it concerns."""

KINDS = ("not valid", "error", "exception", "differs")
"""In the order of the work: what no receiver can read, what is wrong, what was not converted, what departs from settings."""

PLACES = ["before_file", "before_client", "before_location", "after_file", "after_client", "after_location"]


def no_work() -> pl.DataFrame:
    """Nothing to do."""
    return pl.DataFrame(schema=WORK)


def ordered(work: pl.DataFrame) -> pl.DataFrame:
    """Work in the order in which to do it, numbered: by kind, then what occurs most (one cause, mostly), then by place."""
    rank = pl.col("kind").replace_strict({kind: rank for rank, kind in enumerate(KINDS)}, return_dtype=pl.Int64)
    often = pl.len().over("kind", "code")
    by = [rank, -often.cast(pl.Int64), pl.col("code"), *PLACES, "what"]
    return work.sort(by, nulls_last=True, maintain_order=True).with_row_index("step", offset=1)


def write_work(work: pl.DataFrame, folder: Path, zorgkantoor: str) -> str:
    """Write the worklist of a zorgkantoor; the name of its file."""
    name = f"repair-{zorgkantoor}.csv"
    write_sheet(ordered(work), folder / name)
    return name
