"""What must come, as tables: new items, the messages they go in, what they come from, and what is an exception."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from keten.acceptance.law import FAR, Excepted, New, Sent, expect
from keten.acceptance.matching.books import Before, clients, read_before
from keten.acceptance.reading.spool import Spool
from keten.acceptance.settings import Settings

EPOCH = date(1970, 1, 1)
NEW: dict[str, Any] = {
    "new": pl.Int64, "bsn": pl.String, "origin": pl.String, "owner": pl.String, "besluit": pl.String,
    "functie": pl.Boolean, "code": pl.String, "provider": pl.String, "vorm": pl.String, "start": pl.Int32,
    "end": pl.Int32, "soort": pl.String, "rule": pl.String, "klasse": pl.String, "bestemming": pl.String,
    "opslag": pl.Int64, "vervoer": pl.String, "opname": pl.String, "percentage": pl.Int64, "alone": pl.Boolean,
    "computed": pl.Boolean,     "role": pl.String, "candidates": pl.List(pl.String),
    "group": pl.Int32, "source": pl.Int64,
}  # fmt: skip
SEND = {"new": pl.Int64, "sender": pl.String, "kind": pl.String, "receiver": pl.String, "own": pl.Boolean}
SOURCE = {"new": pl.Int64, "source": pl.Int64}
EXCEPTED = {"bsn": pl.String, "exception": pl.String, "source": pl.Int64}


@dataclass(frozen=True, slots=True)
class Tables:
    """What must come.

    A row of `sends` is an item in a message, with all that the item must be; `sources` are the rows of `before.items` that
    it comes from; `excepted` names the exceptions, by the same rows.
    """

    before: Before
    sends: pl.DataFrame
    sources: pl.DataFrame
    excepted: pl.DataFrame


def expected(spool: Spool, part: int, addressed: frozenset[tuple[str, str]], settings: Settings) -> Tables:
    """What must come for the clients of a part."""
    before = read_before(spool, part)
    cutover = (settings.cutover - EPOCH).days
    numbers: dict[int, int] = {}
    news: list[tuple[Any, ...]] = []
    sends: list[tuple[Any, ...]] = []
    sources: list[tuple[int, int]] = []
    excepted: list[tuple[str, str, int]] = []
    for books in clients(before, addressed):
        outcome = expect(books, cutover, home_is_mpt=settings.home_preference == "mpt", tariffs=settings.tariffs)
        numbers.clear()
        for item in dict.fromkeys(one.item for one in outcome.sent):
            numbers[id(item)] = len(news)
            news.append(_new(len(news), books.bsn, item))
            sources += ((numbers[id(item)], old.row) for old in item.sources)
        sends += (_send(numbers[id(one.item)], one) for one in outcome.sent)
        excepted += _exceptions(books.bsn, outcome.excepted)
    return Tables(
        before=before,
        sends=_joined(pl.DataFrame(news, NEW, orient="row"), pl.DataFrame(sends, SEND, orient="row"), before.items),
        sources=pl.DataFrame(sources, SOURCE, orient="row"),
        excepted=pl.DataFrame(excepted, EXCEPTED, orient="row"),
    )


def _new(number: int, bsn: str, item: New) -> tuple[Any, ...]:
    end = None if item.end >= FAR else item.end
    return (
        number, bsn, item.sender, item.owner, item.besluit, item.functie, item.code, item.provider, item.vorm,
        item.start, end, item.soort, item.rule, item.klasse, item.bestemming, item.opslag, item.vervoer, item.opname,
        item.percentage, item.alone, item.computed, item.role, list(item.candidates), item.group,
        item.sources[0].row,
    )  # fmt: skip


def _send(number: int, one: Sent) -> tuple[Any, ...]:
    return number, one.sender, one.kind, one.receiver, one.own


def _exceptions(bsn: str, excepted: Iterable[Excepted]) -> Iterable[tuple[str, str, int]]:
    return ((bsn, one.code, one.old.row) for one in excepted)


def _joined(news: pl.DataFrame, sends: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Each item in each message, its days as dates, and where it stood; a pgb has a percentage in a ZK33 only (Z3)."""
    pgb = pl.col("vorm") == "2"
    stood = items.select("record", "path")[news["source"]].rename({"record": "was", "path": "was_path"})
    full = news.hstack(stood).with_columns(pl.col("start", "end").cast(pl.Date))
    there = sends.join(full, on="new", how="left", maintain_order="left")
    return there.with_row_index("send").with_columns(
        pl.when(pgb & (pl.col("kind") == "ZK33")).then(0).when(~pgb).then(pl.col("percentage")).alias("percentage")
    )
