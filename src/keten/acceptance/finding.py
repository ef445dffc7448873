"""Findings of one part: gathered item by item, with where they stand on both sides."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from keten.acceptance.framing import FILE_ROOM

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

FORMS = {"2": "pgb", "4": "Verblijf", "5": "VPT", "7": "MPT"}


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
