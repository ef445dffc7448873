"""Numbers of a part: clients and assignments before and after, per zorgkantoor, and deliveries per receiver."""

from dataclasses import dataclass

import polars as pl

from keten.acceptance.law.percentages import UNKNOWN
from keten.acceptance.matching.deliveries import After
from keten.acceptance.matching.expected import Tables


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of a part.

    `zorgkantoren`: a row per zorgkantoor and what is counted; `receivers`: versions of items per receiver, by what they
    are (N6); clients of the whole part `before`, `expected` and `after`.
    """

    zorgkantoren: pl.DataFrame
    receivers: pl.DataFrame
    before: int
    expected: int
    after: int


def totals_of(must: Tables, came: After) -> Totals:
    """The numbers of a part."""
    own = must.before.items.filter(pl.col("owner") == pl.col("sender"))
    percentages = came.items.filter(pl.col("percentage").is_not_null() & (pl.col("vorm") != "2"))
    item = ["sender", "bsn", "besluit", "code", "provider", "vorm", "start"]
    once = percentages.unique(item)
    counted = [
        _per(must.before.records, "clients before", pl.col("bsn").n_unique()),
        _per(own, "assignments before", pl.len()),
        _per(must.sends, "clients to send", pl.col("bsn").n_unique()),
        _per(must.sends, "assignments to send", pl.len()),
        _per(came.records, "clients after", pl.col("bsn").n_unique()),
        _per(came.items, "assignments after", pl.len()),
        _per(once, "percentages", pl.len()),
        _per(once.filter(pl.col("percentage") == UNKNOWN), "of 1%", pl.len()),
    ]
    receivers = came.versions.group_by("sender", "receiver", "state").agg(pl.len().alias("number"))
    return Totals(
        zorgkantoren=pl.concat(counted),
        receivers=receivers,
        before=must.before.records["bsn"].n_unique(),
        expected=must.sends["bsn"].n_unique(),
        after=came.records["bsn"].n_unique(),
    )


def _per(frame: pl.DataFrame, name: str, count: pl.Expr) -> pl.DataFrame:
    return (
        frame.group_by("sender")
        .agg(count.cast(pl.Int64).alias("number"))
        .select("sender", pl.lit(name).alias("what"), "number")
    )
