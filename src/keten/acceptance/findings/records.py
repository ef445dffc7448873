"""Findings about client records: their data, Partneropname, and versions of items without a later time."""

from collections.abc import Iterator

import polars as pl

from keten.acceptance.findings.finding import told
from keten.acceptance.matching.comparing import compare_content
from keten.acceptance.matching.deliveries import CONTRADICTORY, DOUBLED, After
from keten.acceptance.matching.expected import Tables
from keten.acceptance.reading.digests import digest_names
from keten.acceptance.reading.frames import FILE_ROOM
from keten.acceptance.reading.places import client_path, subject
from keten.acceptance.settings import Settings
from keten.messages import layout_of


def about_records(must: Tables, came: After, settings: Settings) -> Iterator[pl.DataFrame]:
    """Data of clients and indications (B4, K4)."""
    names = digest_names(layout_of(settings.target, "AW33"))
    names = tuple(name for name in names if name in must.before.records.columns)
    paths = came.records.select("record", client_path().alias("path"))
    different = compare_content(must.before.records, came.records, names).join(
        paths, on="record", maintain_order="left"
    )
    was = must.before.records.select(pl.col("record").alias("was"), client_path().alias("was_path"))
    of_client = pl.col("part").str.starts_with("Client") | (pl.col("part") == "Relatie")
    yield (
        different.with_columns(pl.when(of_client).then(pl.lit("AC701")).otherwise(pl.lit("AC702")).alias("code"))
        .group_by("code", "sender", "bsn", "besluit", maintain_order=True)
        .agg(
            pl.col("sender").first().alias("zorgkantoor"),
            pl.col("receiver").first().alias("provider"),
            pl.col("part").unique(maintain_order=True).str.join(", ").alias("found"),
            pl.col("was").first(),
            pl.col("record").unique(maintain_order=True).alias("records"),
            pl.col("path").unique(maintain_order=True).alias("paths"),
        )
        .join(was, on="was", how="left", maintain_order="left")
    )


def about_partners(must: Tables, came: After, settings: Settings) -> Iterator[pl.DataFrame]:
    """Partneropname in an AW33, and partners named in a ZK33 (K2)."""
    agreed = pl.when(pl.col("bsn").is_in(list(settings.partners))).then(pl.lit("1")).otherwise(pl.lit("2"))
    is_aw33 = pl.col("kind") == "AW33"
    other = came.records.filter((is_aw33 & (pl.col("partneropname") != agreed)) | pl.col("partner"))
    keys = ["sender", "bsn", "besluit"]
    stood = must.before.records.select(*keys, pl.col("record").alias("was"), client_path().alias("was_path"))
    yield other.join(stood, on=keys, how="left", maintain_order="left").select(
        pl.lit("AC704").alias("code"),
        pl.col("sender").alias("zorgkantoor"),
        pl.col("receiver").alias("provider"),
        pl.when(is_aw33)
        .then(pl.format("Partneropname {}", agreed))
        .otherwise(pl.lit("no BsnPartner"))
        .alias("expected"),
        pl.when(is_aw33)
        .then(pl.format("Partneropname {}", "partneropname"))
        .otherwise(pl.lit("A BsnPartner"))
        .alias("found"),
        "was",
        "was_path",
        pl.concat_list("record").alias("records"),
        pl.concat_list(client_path()).alias("paths"),
    )


def about_versions(came: After) -> Iterator[pl.DataFrame]:
    """Items that stand in several messages, or several times in one, without a later time."""
    file = pl.col("record") // FILE_ROOM
    twice = came.versions.filter(pl.col("state").is_in([DOUBLED, CONTRADICTORY]))
    same_record = pl.col("record") == pl.col("counting")
    apart = twice.filter(same_record | (file != pl.col("counting") // FILE_ROOM))
    code = (
        pl.when(same_record).then(pl.lit("AC209")).when(pl.col("state") == CONTRADICTORY).then(pl.lit("AC211"))
        .otherwise(pl.lit("AC210"))
    )  # fmt: skip
    versions = apart.with_columns(
        code.alias("code_of"), subject().alias("subject"), pl.col("sender").alias("zorgkantoor"),
        pl.concat_list("record").alias("records"), pl.concat_list("path").alias("paths"),
    ).drop("code").rename({"code_of": "code"})  # fmt: skip
    yield told(versions, "grave", "expected", "found", "was", "was_path")
    yield came.repeated_clients.select(
        pl.lit("AC104").alias("code"),
        pl.col("sender").alias("zorgkantoor"),
        pl.col("receiver").alias("provider"),
        pl.col("record").alias("records"),
        pl.col("path").alias("paths"),
    )
