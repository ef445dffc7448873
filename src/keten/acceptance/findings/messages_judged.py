"""Judges messages as a whole: what they are, how many clients they hold, whether they were delivered before."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from keten.acceptance.findings.finding import together
from keten.acceptance.reading.frames import FILE_ROOM, KINDS
from keten.acceptance.settings import Settings

MOST_CLIENTS = 50
"""M1: the clients that a message may hold."""

SAME = ["sender", "receiver", "message", "identificatie", "sha256"]


def repeated_messages(files: pl.DataFrame) -> pl.DataFrame:
    """Messages that were delivered before, to the letter, with the name of the first of them."""
    there = files.filter(~pl.col("refused")).sort("file")
    first = there.with_columns(pl.col("name").first().over(SAME).alias("first"))
    return first.filter(pl.int_range(pl.len()).over(SAME) > 0)


def judge_messages(
    files: pl.DataFrame, defects: pl.DataFrame, repeated: pl.DataFrame, settings: Settings
) -> pl.DataFrame:
    """What is wrong with messages as a whole."""
    return together([*_of_structure(files, defects, settings), *_of_header(files, repeated, settings)])


def _of_structure(files: pl.DataFrame, defects: pl.DataFrame, settings: Settings) -> Iterator[pl.DataFrame]:
    target = settings.target
    other = pl.col("release").is_not_null() & ((pl.col("release") != target.id) | ~pl.col("message").is_in(KINDS))
    yield files.filter(other).select(
        pl.lit("AC102").alias("code"),
        *_about(),
        pl.format("an {} of {}", "message", "release").alias("found"),
        pl.lit(target.id).alias("expected"),
    )
    here = files.filter(~other.fill_null(value=False)).select("file", "sender", "receiver")
    yield defects.join(here, on="file", maintain_order="left").select(
        pl.lit("AC101").alias("code"),
        pl.col("sender").alias("zorgkantoor"),
        pl.col("receiver").alias("provider"),
        pl.col("text").alias("found"),
        pl.concat_list(pl.col("file") * FILE_ROOM + pl.col("client").fill_null(0)).alias("records"),
        pl.concat_list("location").alias("paths"),
    )


def _of_header(files: pl.DataFrame, repeated: pl.DataFrame, settings: Settings) -> Iterator[pl.DataFrame]:
    there = files.filter(~pl.col("refused"))
    yield there.filter(pl.col("clients") > MOST_CLIENTS).select(
        pl.lit("AC103").alias("code"),
        *_about(),
        pl.col("clients").alias("found"),
        pl.lit(MOST_CLIENTS).alias("expected"),
    )
    once = there.join(repeated, on="file", how="anti", maintain_order="left")
    again = pl.int_range(pl.len()).over("sender", "identificatie") > 0
    yield once.filter(again).select(pl.lit("AC105").alias("code"), *_about(), pl.col("identificatie").alias("found"))
    yield repeated.select(pl.lit("AC106").alias("code"), *_about(), pl.col("first").alias("expected"))
    start: date = settings.target.in_use.start
    yield there.filter(pl.col("dagtekening") < min(start, settings.dagtekening)).select(
        pl.lit("AC107").alias("code"),
        *_about(),
        pl.col("dagtekening").alias("found"),
        pl.lit(str(min(start, settings.dagtekening))).alias("expected"),
    )


def _about() -> list[pl.Expr]:
    """The columns of a finding about a message."""
    return [
        pl.col("sender").alias("zorgkantoor"),
        pl.col("receiver").alias("provider"),
        pl.concat_list(pl.col("file") * FILE_ROOM).alias("records"),
        pl.concat_list(pl.lit("/Bericht")).alias("paths"),
    ]
