"""Findings of one part: gathered item by item, with where they stand on both sides."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from keten.acceptance.framing import FILE_ROOM
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

FORMS = {"2": "pgb", "4": "Verblijf", "5": "VPT", "7": "MPT"}


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


def client_path() -> pl.Expr:
    """The path to a client record, from `record` and the `count` of clients in its message."""
    index = pl.format("[{}]", pl.col("record") % FILE_ROOM)
    return pl.concat_str(
        pl.lit("/Bericht/Clienten/Client"), pl.when(pl.col("count") > 1).then(index).otherwise(pl.lit(""))
    )


def item_path() -> pl.Expr:
    """The path to an assigned item, from its client record and its `place` among `of`."""
    inner = (
        pl.when("functie")
        .then(pl.lit("/Indicatie/ToegewezenFuncties/ToegewezenFunctie"))
        .otherwise(pl.lit("/Indicatie/ToegewezenZorgzwaartepakketten/ToegewezenZorgzwaartepakket"))
    )
    index = pl.when(pl.col("of") > 1).then(pl.format("[{}]", "place")).otherwise(pl.lit(""))
    return pl.concat_str(client_path(), inner, index)


def subject() -> pl.Expr:
    """An item in words."""
    what = pl.when("functie").then(pl.lit("Functie")).otherwise(pl.col("vorm").replace(FORMS))
    who = pl.when(pl.col("provider") != "").then(pl.format(" of {}", "provider")).otherwise(pl.lit(""))
    return pl.format("{} {}{} from {}", what, "code", who, pl.col("start").cast(pl.String).fill_null("?"))
