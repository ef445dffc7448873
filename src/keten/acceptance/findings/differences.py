"""Findings about items that came: all copies of an item that are wrong in the same way are one finding."""

from collections.abc import Iterator

import polars as pl

from keten.acceptance.matching.comparing import compare_items, compare_roles
from keten.acceptance.reading.places import subject
from keten.acceptance.settings import Settings

PERCENTAGE_CODE, SUM_CODE, WHOLE = "AC507", "AC505", 10_000


def overlapping(items: pl.DataFrame) -> pl.DataFrame:
    """Items of a client, in the messages of one sender to one receiver, that share a day with another like them (N5)."""
    key = ["sender", "kind", "receiver", "bsn", "functie", "code", "holder", "vorm"]
    far = pl.col("end").fill_null(pl.date(9999, 12, 31))
    ordered = items.sort(*key, "start")
    before = far.cum_max().shift(1).over(key)
    return ordered.filter((before >= pl.col("start")) | (pl.col("start").shift(-1).over(key) <= far)).select("item")


def about_items(both: pl.DataFrame, overlapping: pl.DataFrame, settings: Settings) -> Iterator[pl.DataFrame]:
    """What is wrong with items that came: one finding for all copies of an item."""
    rows = pl.concat([compare_items(both, settings), compare_roles(both)])
    dates = pl.col("code").is_in(["AC301", "AC302", "AC303"])
    rows = rows.join(overlapping.with_columns(shared=True), on="item", how="left").filter(
        ~(dates & pl.col("shared").fill_null(value=False))
    )
    rows = _with_sums(rows, both)
    copies = both.select(
        "send", "item", "new", "origin", "sender", "provider", "source", "was", "was_path", "path", "record"
    )
    full = rows.join(copies, on=["send", "item"]).sort("new", "code", "send")
    each = both.group_by("new").agg(
        pl.len().alias("copies"), (pl.col("sender") == pl.col("origin")).sum().alias("original")
    )
    words = both.unique("new", keep="first").select("new", subject().alias("subject"))
    found = (
        full.group_by("new", "code", maintain_order=True)
        .agg(
            pl.col("origin", "provider", "expected", "was", "was_path").first(),
            pl.col("sender").first().alias("by"),
            pl.col("found").unique(maintain_order=True).str.join(" / ").alias("found"),
            pl.col("found").n_unique().alias("variants"),
            pl.col("item").n_unique().alias("wrong"),
            (pl.col("sender") == pl.col("origin")).any().alias("at_origin"),
            pl.col("record").alias("records"),
            pl.col("path").alias("paths"),
        )
        .join(each, on="new", maintain_order="left")
        .join(words, on="new", maintain_order="left")
    )
    copied = ~pl.col("at_origin") & (pl.col("original") > 0)
    yield found.with_columns(
        pl.when(copied).then(pl.lit("AC901")).otherwise(pl.col("code")).alias("code"),
        ((pl.col("variants") > 1) | (pl.col("wrong") < pl.col("copies"))).alias("grave"),
        pl.when(copied).then("by").otherwise("origin").alias("zorgkantoor"),
    )


def _with_sums(rows: pl.DataFrame, both: pl.DataFrame) -> pl.DataFrame:
    """Shares that no rule explains, those that do not add up to 100% with those beside them apart (P2)."""
    odd = rows.filter(pl.col("code") == PERCENTAGE_CODE)
    if not odd.height:
        return rows
    mine = odd.join(both.select("item", "sender", "bsn", "besluit", pl.col("start_found").alias("day")), on="item")
    once = ["sender", "bsn", "besluit", "code_found", "provider_found", "vorm_found", "start_found"]
    theirs = both.filter(pl.col("percentage_found").is_not_null()).unique(once)
    beside = mine.select("item", "sender", "bsn", "besluit", "day").join(
        theirs.select("sender", "bsn", "besluit", "start_found", "end_found", "percentage_found"),
        on=["sender", "bsn", "besluit"],
    )
    open_end = pl.col("end_found").is_null() | (pl.col("end_found") >= pl.col("day"))
    sums = (
        beside.filter((pl.col("start_found") <= pl.col("day")) & open_end)
        .group_by("item")
        .agg(pl.col("percentage_found").sum().alias("sum"))
        .filter(pl.col("sum") < WHOLE)
    )
    short = pl.col("sum").is_not_null() & (pl.col("code") == PERCENTAGE_CODE)
    return (
        rows.join(sums, on="item", how="left", maintain_order="left")
        .with_columns(
            pl.when(short).then(pl.lit(SUM_CODE)).otherwise(pl.col("code")).alias("code"),
            pl.when(short).then(pl.lit("100%")).otherwise(pl.col("expected")).alias("expected"),
            pl.when(short).then(pl.format("{}%", pl.col("sum") / 100)).otherwise(pl.col("found")).alias("found"),
        )
        .drop("sum")
    )


def overlaps(both: pl.DataFrame, items: pl.DataFrame, overlapping: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Items that share days: one finding for all that are alike."""
    key = ["sender", "bsn", "functie", "code", "holder", "vorm"]
    there = overlapping.join(items, on="item", maintain_order="left").join(
        both.select("item", "was", "was_path"), on="item", how="left", maintain_order="left"
    )
    yield (
        there.group_by(key, maintain_order=True)
        .agg(
            pl.lit("AC307").alias("code_of"),
            pl.col("sender").first().alias("zorgkantoor"),
            pl.col("provider").first(),
            subject().first().alias("subject"),
            pl.col("was", "was_path").drop_nulls().first(),
            pl.col("record").alias("records"),
            pl.col("path").alias("paths"),
        )
        .drop("code")
        .rename({"code_of": "code"})
    )
