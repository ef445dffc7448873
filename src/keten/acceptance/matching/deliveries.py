"""N6: the net result of all deliveries after: which version of an item counts, what is superseded and what doubled."""

from dataclasses import dataclass

import polars as pl

from keten.acceptance.reading.frames import FILE_ROOM
from keten.acceptance.reading.places import client_path, item_path, subject
from keten.acceptance.reading.spool import AFTER, Spool, take

PLACE = ["sender", "kind", "receiver", "bsn", "besluit"]
"""Where a client record stands: in a message of whom to whom, about which client and indication."""

LOGICAL = [*PLACE, "functie", "code", "holder", "vorm", "start"]
ORDER = ["assigned", "moment", "dagtekening", "identificatie", "record", "place"]
"""The order of versions; the last one counts."""

ELEMENTS = [
    "end", "soort", "klasse", "bestemming", "intrekking", "owner", "opslag", "vervoer", "percentage", "dossierhouder",
    "coordinator", "opname", "provider",
]  # fmt: skip

COUNTS, SUPERSEDED, DOUBLED, CONTRADICTORY, WITHDRAWN = "counts", "superseded", "doubled", "contradictory", "withdrawn"
"""What a version of an item is: the one that counts, an earlier one, one delivered twice without a later time (equal in
all elements, or not), or the one that counts and withdraws the item."""


@dataclass(frozen=True, slots=True)
class After:
    """What was delivered: `records` the last one of each place; `items` those that count; `versions` all of them.

    `repeated_clients` are clients who stand more than once in one message.
    """

    records: pl.DataFrame
    items: pl.DataFrame
    versions: pl.DataFrame
    repeated_clients: pl.DataFrame


def read_after(spool: Spool, part: int, repeated: frozenset[int]) -> After:
    """The tables of a part, without the messages (by the number of their file) that were delivered before."""
    file = pl.col("record") // FILE_ROOM
    records = take(spool, AFTER, "records", part).filter(~file.is_in(list(repeated)))
    facts = records.select(
        "record", "sender", "kind", "receiver", "besluit", "dagtekening", "identificatie", "count", "valid_from",
        "valid_until",
    )  # fmt: skip
    items = take(spool, AFTER, "items", part).join(facts, on="record", how="inner", maintain_order="left")
    items = items.with_columns(item_path().alias("path"))
    versions = _versions(items)
    last = records.sort("dagtekening", "identificatie", "record").unique(PLACE, keep="last", maintain_order=True)
    return After(
        records=last,
        items=versions.filter(pl.col("state") == COUNTS).with_row_index("item"),
        versions=versions,
        repeated_clients=_repeated(records),
    )


def _repeated(records: pl.DataFrame) -> pl.DataFrame:
    """Clients who stand more than once in one message, with all their records in it."""
    there = records.with_columns((pl.col("record") // FILE_ROOM).alias("file"), client_path().alias("path"))
    key = ["sender", "receiver", "file", "bsn"]
    return there.group_by(key, maintain_order=True).agg("record", "path").filter(pl.col("record").list.len() > 1)


def _versions(items: pl.DataFrame) -> pl.DataFrame:
    """All versions of items, in order, with their state."""
    holder = pl.when(pl.col("vorm") == "2").then(pl.lit("")).otherwise(pl.col("provider")).alias("holder")
    ordered = items.with_columns(holder).sort(*LOGICAL, *ORDER, nulls_last=False)
    last = {name: pl.col(name).last().over(LOGICAL) for name in ("assigned", "moment", *ELEMENTS)}
    is_last = pl.int_range(pl.len()).over(LOGICAL) == pl.len().over(LOGICAL) - 1
    same_moment = pl.all_horizontal(pl.col(name).eq_missing(last[name]) for name in ("assigned", "moment"))
    equal = pl.all_horizontal(pl.col(name).eq_missing(last[name]) for name in ELEMENTS)
    state = (
        pl.when(is_last & pl.col("intrekking").is_not_null()).then(pl.lit(WITHDRAWN))
        .when(is_last).then(pl.lit(COUNTS))
        .when(same_moment & equal).then(pl.lit(DOUBLED))
        .when(same_moment).then(pl.lit(CONTRADICTORY))
        .otherwise(pl.lit(SUPERSEDED))
    )  # fmt: skip
    return ordered.with_columns(state.alias("state"), pl.col("record").last().over(LOGICAL).alias("counting"))


def resent(came: After) -> pl.DataFrame:
    """Versions of items that do not stand: what each is, where it stands, and the client record with the one that counts."""
    there = came.versions.filter(pl.col("state") != COUNTS)
    return there.select(
        "sender",
        "receiver",
        "state",
        subject().alias("item"),
        "record",
        "path",
        pl.when(pl.col("record") != pl.col("counting")).then("counting").alias("counting"),
    )
