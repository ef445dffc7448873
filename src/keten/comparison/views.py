"""The part of a book that a partner may know: for CAK the care in packages, and nothing of functies or subsidies."""

import polars as pl

from keten.comparison.terms import View, fields

OPEN = 2**30
"""The end of a period without end, as a day's number."""


def viewed(records: pl.DataFrame, told: set[str], view: View) -> tuple[pl.DataFrame, set[str], dict[str, int]]:
    """The records as the view shows them, the fields it leaves, and how many rows it keeps out, by reason."""
    packages = records.filter(pl.col("zorgeenheid").str.contains(view.packages))
    cared, left = _as_care(packages, told)
    without = pl.col("leveringsvorm").is_in(view.without_instelling)
    named = cared.with_columns(instelling=pl.when(without.not_().fill_null(value=True)).then("instelling"))
    shown = _together(named, view)
    hidden = [pl.lit(None, pl.String).alias(name) for name in fields() if name not in view.fields]
    account = {
        "no package": records.height - packages.height,
        "no care yet": packages.height - cared.height,
        "taken together": cared.height - shown.height,
    }
    return shown.with_columns(*hidden), left & set(view.fields), account


def _as_care(records: pl.DataFrame, told: set[str]) -> tuple[pl.DataFrame, set[str]]:
    """The care itself in place of its assignment, where the book tells when it began and ended."""
    left = set(told)
    if "zorgbegin" in told:
        records = records.filter(pl.col("zorgbegin").is_not_null()).with_columns(ingangsdatum="zorgbegin")
    if "zorgeinde" in told:
        records = records.with_columns(einddatum="zorgeinde")
        left.add("einddatum")
    elif "zorgbegin" in told and "einddatum" in told:
        left.add("einddatum")
    return records, left


def _together(records: pl.DataFrame, view: View) -> pl.DataFrame:
    """The records, those of the forms that have one start and one end for all providers joined where they follow on."""
    joint = pl.col("leveringsvorm").is_in(view.together).fill_null(value=False)
    same = ["bsn", "zorgeenheid", "leveringsvorm"]
    start, end = (pl.col(name).str.to_date("%Y-%m-%d").cast(pl.Int32) for name in ("ingangsdatum", "einddatum"))
    ordered = records.filter(joint).with_columns(start=start, end=end.fill_null(OPEN)).sort(*same, "start", "end")
    reached = pl.col("end").cum_max().shift(1).over(same)
    island = (pl.col("start") > reached + 1).fill_null(value=True).cum_sum()
    joined = (
        ordered.with_columns(island=island)
        .group_by(*same, "island", maintain_order=True)
        .agg(
            pl.exclude("start", "end", "einddatum").first(),
            einddatum=pl.when(pl.col("end").max() < OPEN).then(pl.col("einddatum").max()),
        )
    )
    return pl.concat([records.filter(~joint), joined.select(records.columns)])
