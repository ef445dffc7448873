"""B1-B5: the books before, from the messages in which they stood: tables first, then client by client."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from keten.acceptance.law import FAR, Books, Indicated, Indication, Old
from keten.acceptance.reading.places import item_path
from keten.acceptance.reading.spool import BEFORE, Spool, take

LOGICAL = ["bsn", "besluit", "functie", "code", "holder", "vorm", "start"]
"""B2: the logical key of an item; the holder of a pgb is nobody."""

ORDER = ["dagtekening", "identificatie", "first_kind", "record"]
"""B4: the order of records; the last one counts."""

ELEMENTS = [
    "end", "soort", "klasse", "bestemming", "intrekking", "owner", "opslag", "vervoer", "voorkeur", "provider",
]  # fmt: skip
"""What versions of an item may differ in."""


@dataclass(frozen=True, slots=True)
class Before:
    """The tables of what stood before.

    `records`: by sender, client and indication the one that counts (B4); `items`: the version that counts of each (B2), in
    the order in which `Old.row` numbers them; `shown`, `stood` and `told`: which items the last record of a receiver showed,
    which stood in a ZK33, and which of the same clients went to their own provider; `indicated`: the indicated care of
    `records`.
    """

    records: pl.DataFrame
    items: pl.DataFrame
    shown: pl.DataFrame
    stood: pl.DataFrame
    told: pl.DataFrame
    indicated: pl.DataFrame


def read_before(spool: Spool, part: int) -> Before:
    """The tables of a part."""
    records = take(spool, BEFORE, "records", part).with_columns((pl.col("kind") == "AW33").alias("first_kind"))
    items = _keyed(take(spool, BEFORE, "items", part), records)
    # a date beyond the year 9999, which no calendar shows, is the latest
    ordered = records.sort(ORDER, nulls_last=True)
    counting = ordered.unique(["sender", "bsn", "besluit"], keep="last", maintain_order=True)
    latest = ordered.unique(["sender", "kind", "receiver", "bsn", "besluit"], keep="last")
    indicated = take(spool, BEFORE, "indicated", part)
    turns = ordered.with_row_index("turn").select("record", pl.col("turn").cast(pl.Int64))
    crossed = items.filter(pl.col("kind") == "ZK33").join(turns, on="record")
    told = items.filter((pl.col("kind") == "AW33") & (pl.col("receiver") == pl.col("provider")))
    return Before(
        records=counting,
        items=_versions(items).with_columns(item_path().alias("path")),
        shown=items.join(latest.select("record"), on="record", how="semi").select(
            "bsn", "sender", "kind", "receiver", "besluit", "key"
        ),
        stood=crossed.group_by("bsn", "sender", "key", "receiver").agg(pl.col("turn").max()),
        told=told.join(crossed, on="bsn", how="semi").select("bsn", "sender", "key").unique(),
        indicated=indicated.join(counting.select("record", "sender", "besluit"), on="record"),
    )


def _keyed(items: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The items with the number of their logical key, and what their message tells."""
    holder = pl.when(pl.col("vorm") == "2").then(pl.lit("")).otherwise(pl.col("provider")).alias("holder")
    facts = records.select("record", "sender", "kind", "receiver", "besluit", "dagtekening", "count")
    full = items.join(facts, on="record", maintain_order="left").with_columns(holder)
    keys = full.select(LOGICAL).unique(maintain_order=True).with_row_index("key")
    return full.join(keys, on=LOGICAL, nulls_equal=True, maintain_order="left")


def _versions(items: pl.DataFrame) -> pl.DataFrame:
    """The version that counts of each item in the books of each sender."""
    latest = ["assigned", "moment", "dagtekening"]
    ordered = items.sort("sender", "key", *latest, "record", "place", nulls_last=True)
    last = [pl.col(name).eq_missing(pl.col(name).last().over("sender", "key")) for name in latest]
    tops = ordered.filter(pl.all_horizontal(last))
    return tops.group_by("bsn", "sender", "key", maintain_order=True).agg(
        pl.col(
            "besluit", "functie", "code", "holder", "vorm", "start", "klasse", "bestemming", "opslag", "vervoer",
            "voorkeur", "intrekking", "provider", "record", "place", "of", "count",
        ).last(),
        pl.when(pl.col("end").is_null().any()).then(None).otherwise(pl.col("end").max()).alias("end"),
        pl.col("soort").min(),
        pl.when((pl.col("owner") == pl.col("sender")).any()).then(pl.col("sender").first())
        .otherwise(pl.col("owner").last()).alias("owner"),
        (pl.struct(ELEMENTS).n_unique() > 1).alias("contradictory"),
    )  # fmt: skip


def clients(before: Before, addressed: frozenset[tuple[str, str]]) -> Iterator[Books]:
    """The books of each client."""
    items = _by_client(_olds(before.items))
    indications = _by_client(_indications(before))
    shown = _by_client(before.shown.rows())
    stood = _by_client(before.stood.rows())
    told = _by_client(before.told.rows())
    for bsn, olds in items.items():
        by_sender: dict[str, list[Old]] = {}
        for (old,) in olds:
            by_sender.setdefault(old.sender, []).append(old)
        yield Books(
            bsn=bsn,
            items={sender: tuple(some) for sender, some in by_sender.items()},
            indications={(sender, besluit): indication for sender, besluit, indication in indications.get(bsn, ())},
            shown=_sets(((sender, kind, to, besluit), key) for sender, kind, to, besluit, key in shown.get(bsn, ())),
            stood=_turns(stood.get(bsn, ())),
            told=frozenset((sender, key) for sender, key in told.get(bsn, ())),
            addressed=addressed,
        )


def _by_client(rows: Any) -> dict[str, list[tuple[Any, ...]]]:  # noqa: ANN401 rows of any frame
    """Rows by their first cell, the Bsn, without it."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for bsn, *cells in rows:
        found.setdefault(bsn, []).append(tuple(cells))
    return found


def _sets(pairs: Any) -> dict[Any, frozenset[Any]]:  # noqa: ANN401 keys and values of any kind
    found: dict[Any, set[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _turns(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[str, int], dict[str, int]]:
    """By sender and key, the receivers with the turn of the last record."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    for sender, key, to, turn in rows:
        found.setdefault((sender, key), {})[to] = turn
    return found


def _olds(items: pl.DataFrame) -> Iterator[tuple[str, Old]]:
    names = [
        "key", "sender", "besluit", "functie", "code", "holder", "vorm", "start", "end", "soort", "klasse", "bestemming",
        "opslag", "vervoer", "voorkeur", "intrekking", "owner", "contradictory",
    ]  # fmt: skip
    rows = (
        items.with_row_index("row").select("bsn", *names, "row").with_columns(day("start"), day("end").fill_null(FAR))
    )
    for bsn, *cells in rows.iter_rows():
        yield bsn, Old(*cells)


def _indications(before: Before) -> Iterator[tuple[str, str, str, Indication]]:
    indicated: dict[int, tuple[list[Indicated], list[Indicated]]] = {}
    rows = before.indicated.select("record", "functie", "code", day("start"), day("end").fill_null(FAR), "financiering")
    for record, functie, *cells in rows.iter_rows():
        indicated.setdefault(record, ([], []))[functie].append(Indicated(*cells))
    frame = before.records.select(
        "bsn", "sender", "besluit", "record", day("valid_from"), day("valid_until").fill_null(FAR), "unfit"
    )
    for bsn, sender, besluit, record, start, end, unfit in frame.iter_rows():
        packages, functies = indicated.get(record, ([], []))
        yield bsn, sender, besluit, Indication(start, end, unfit, tuple(packages), tuple(functies))


def day(name: str) -> pl.Expr:
    """A date as the number of its day."""
    return pl.col(name).cast(pl.Int32)
