"""The rules for a part of the clients at a time, so that memory stays bounded and processes can share the work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import polars as pl

from keten.conversion.before.books import Books, keep_books
from keten.conversion.before.extract_tables import CLIENT_OF_FILE
from keten.conversion.before.extraction import Extract
from keten.conversion.law.deciding import Decision, decide
from keten.conversion.settings import Settings

RECORDS_IN_GROUP = 20_000
NUMBERED = ("record", "dossier", "item", "new", "copy_of")
"""Columns that count from 0 in every group."""

HEADER = ["file", "message", "sender", "receiver", "identificatie", "dagtekening", "refused"]
"""What the rules ask of a file."""

THEIRS = ("items", "indicated", "failures")
"""Tables of an extract that are about clients with a record."""

Tables = TypeVar("Tables", Books, Decision)


@dataclass(frozen=True, slots=True)
class Settled:
    """The books of a group of clients, and what the rules decide about them."""

    books: Books
    decision: Decision


def settle(extract: Extract, settings: Settings) -> Settled:
    """Keep the books of a group of clients and decide. One task of the conversion."""
    books, items = keep_books(extract)
    return Settled(replace(books, files=books.files.clear()), decide(books, items, settings))


def join_extracts(extracts: Sequence[Extract]) -> Extract:
    """The extracts of all shares as one, its files counted through."""
    names, before = _tables(Extract), 0
    moved: dict[str, list[pl.DataFrame]] = {name: [] for name in names}
    for extract in extracts:
        for name in names:
            moved[name].append(getattr(extract, name).with_columns(pl.col("file") + pl.lit(before, pl.UInt32)))
        before += extract.files.height
    return Extract(**{name: pl.concat(frames) for name, frames in moved.items()})


def count_groups(extract: Extract) -> int:
    """How many groups of clients there are."""
    return extract.records.height // RECORDS_IN_GROUP + 1


def client_groups(extract: Extract) -> Iterator[Extract]:
    """The extract in groups of clients; all that is known of a client is in one group, the headers of files in all."""
    headers = extract.files.select(HEADER)
    groups = pl.col("bsn").cast(pl.UInt32) % count_groups(extract)
    for group in range(count_groups(extract)):
        records = extract.records.filter(groups == group)
        theirs = {
            name: getattr(extract, name).join(records, on=CLIENT_OF_FILE, how="semi", maintain_order="left")
            for name in THEIRS
        }
        refused = extract.refused if group == 0 else extract.refused.clear()
        yield replace(extract, files=headers, records=records, refused=refused, **theirs)


def join_settled(parts: Sequence[Settled], files: pl.DataFrame) -> Settled:
    """The groups as one, their numbers counted through, with all that is known of the files."""
    offsets = dict.fromkeys(NUMBERED, 0)
    books, decisions = [], []
    for part in parts:
        books.append(_moved(part.books, offsets))
        decisions.append(_moved(part.decision, offsets))
        offsets = {
            "record": offsets["record"] + part.books.records.height,
            "dossier": offsets["dossier"] + part.books.dossiers.height,
            "item": offsets["item"] + part.decision.items.height,
            "new": offsets["new"] + part.decision.new.height,
            "copy_of": offsets["new"] + part.decision.new.height,
        }
    return Settled(
        Books(**_concatenated(books) | {"files": files}),
        Decision(**_concatenated(decisions)),
    )


def _tables(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]


def _moved(part: Tables, offsets: dict[str, int]) -> Tables:
    """The tables of a part, with its numbers counted on from the parts before it."""
    moved: dict[str, Any] = {name: _shifted(getattr(part, name), offsets) for name in _tables(type(part))}
    return replace(part, **moved)


def _shifted(frame: pl.DataFrame, offsets: dict[str, int]) -> pl.DataFrame:
    numbers = [pl.col(name) + pl.lit(offsets[name], pl.UInt32) for name in NUMBERED if name in frame.columns]
    lists = pl.col("items").list.eval(pl.element() + pl.lit(offsets["item"], pl.UInt32))
    return frame.with_columns(*numbers, *([lists] if "items" in frame.columns else []))


def _concatenated(parts: Sequence[Tables]) -> dict[str, Any]:
    return {name: pl.concat([getattr(part, name) for part in parts]) for name in _tables(type(parts[0]))}
