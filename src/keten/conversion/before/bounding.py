"""Refuses clients with so many assignments that comparing each with each would not end."""

from dataclasses import replace

import polars as pl

from keten.conversion.before.extract_tables import CLIENT_OF_FILE, PROBLEM
from keten.conversion.before.extraction import Extract

MOST_ITEMS = 1_000
"""Assignments of a client in all messages of a zorgkantoor, and indicated care in one; people have a few dozen at most."""

CLIENT = ["sender", "bsn"]
SAME_ITEM = [*CLIENT, "besluit", "zzp", "code", "instelling", "leveringsvorm", "start"]


def without_crowds(read: Extract) -> Extract:
    """The extract without those clients, named in `refused` with each of their records."""
    owned = read.records.join(read.files.select("file", "sender"), on="file", maintain_order="left")
    crowds = owned.join(pl.concat([_assigned(read, owned), _indicated(read, owned)]), on=CLIENT, how="semi")
    if crowds.is_empty():
        return read
    reason = pl.lit(f"The client has more than {MOST_ITEMS:,} assignments, or as much indicated care.")
    refused = crowds.select(*CLIENT_OF_FILE, path=pl.lit("/Indicatie"), reason=reason)
    lost = read.items.join(refused, on=CLIENT_OF_FILE, how="semi").group_by("file").agg(lost=pl.len())
    files = read.files.join(lost, on="file", how="left", maintain_order="left")
    kept = {
        name: getattr(read, name).join(refused, on=CLIENT_OF_FILE, how="anti", maintain_order="left")
        for name in ("records", "items", "indicated", "failures")
    }
    return replace(
        read,
        files=files.with_columns(items=pl.col("items") - pl.col("lost").fill_null(0)).drop("lost"),
        refused=pl.concat([read.refused, refused.select(*PROBLEM)]),
        **kept,
    )


def _assigned(read: Extract, owned: pl.DataFrame) -> pl.DataFrame:
    """The clients (CLIENT) of a zorgkantoor with too many assignments; one that stands in several messages counts once."""
    stood = read.items.join(owned.select(*CLIENT_OF_FILE, *CLIENT, "besluit"), on=CLIENT_OF_FILE)
    many = stood.join(_crowded(stood, CLIENT), on=CLIENT, how="semi")
    return _crowded(many.unique(SAME_ITEM), CLIENT)


def _indicated(read: Extract, owned: pl.DataFrame) -> pl.DataFrame:
    """The clients (CLIENT) with too much indicated care in one message."""
    crowded = _crowded(read.indicated, CLIENT_OF_FILE)
    return owned.join(crowded, on=CLIENT_OF_FILE, how="semi").select(CLIENT)


def _crowded(frame: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return frame.group_by(by).len().filter(pl.col("len") > MOST_ITEMS).select(by)
