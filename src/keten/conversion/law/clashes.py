"""No two new items of a client for the same care may share a day (rule N5)."""

import polars as pl

from keten.conversion.law.packages import NEW
from keten.core.periods import islands
from keten.messages.values import as_number

SAME_CARE = ["sender", "bsn", "zzp", "code", "instelling", "leveringsvorm"]
"""What two items must not have in common on one day. For a pgb there is no instelling: none equals none."""

APART = ["start", "end", "old_start", "old_regular", "items", "origin"]
"""In what items may differ and still become one: their dates, and where they came from, which no message tells."""


def settle_clashes(new: pl.DataFrame) -> pl.DataFrame:
    """The new items with `shifted` (N5 changed its period) and `clashes` (it still shares a day with another: EX08)."""
    return _mark_shared(_join_equal(_end_before_next(new)))


def _end_before_next(new: pl.DataFrame) -> pl.DataFrame:
    """One that ends on the day another starts ends the day before, unless both are just that day; dropped if empty."""
    numbered = new.with_row_index("number").with_columns(single=pl.col("start") == pl.col("end"))
    starts = numbered.select(*SAME_CARE, "number", "single", end="start")
    meets = numbered.join(starts, on=[*SAME_CARE, "end"], nulls_equal=True, suffix="_next").filter(
        (pl.col("number") != pl.col("number_next")) & ~(pl.col("single") & pl.col("single_next"))
    )
    shifted = numbered.with_columns(shifted=pl.col("number").is_in(meets["number"].unique().implode()))
    return shifted.with_columns(end=pl.col("end") - pl.col("shifted").cast(pl.Int32)).filter(
        pl.col("start") <= pl.col("end")
    )


def _join_equal(new: pl.DataFrame) -> pl.DataFrame:
    """Items of a dossier that share a day and are equal in all but dates become one."""
    same = [name for name in NEW if name not in APART]
    by_value = [name for name in same if name != "opslag"]
    valued = new.with_columns(value=as_number(pl.col("opslag")))
    together = islands(valued, [*by_value, "value"], gap=0).group_by("island", maintain_order=True)
    return together.agg(
        pl.col(same).first(),
        pl.col("start", "old_start").min(),
        pl.col("end").max(),
        pl.col("old_regular").any(),
        pl.col("origin").max(),  # "zzp" comes before what was made of functies
        pl.col("items").list.explode(keep_nulls=False, empty_as_null=False).unique().sort(),
        shifted=pl.col("shifted").any() | (pl.len() > 1),
    ).select(*NEW, "shifted")


def _mark_shared(new: pl.DataFrame) -> pl.DataFrame:
    """Mark what shares a day with another item for the same care, also in another dossier of the client."""
    ordered = new.sort(*SAME_CARE, "start", "end", nulls_last=True).with_columns(care=pl.struct(SAME_CARE).rle_id())
    reached = pl.col("end").cum_max().shift(1).over("care")
    following = pl.col("start").shift(-1).over("care")
    clashes = (pl.col("start") <= reached).fill_null(value=False) | (pl.col("end") >= following).fill_null(value=False)
    return ordered.with_columns(clashes=clashes).drop("care")
