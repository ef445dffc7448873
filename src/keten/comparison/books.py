"""A book: the assignments that one party knows of, one row each, with the place where each is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from keten.comparison.terms import fields

PLACE: dict[str, type[pl.DataType]] = {"file": pl.UInt32, "location": pl.String}
REJECTED: dict[str, type[pl.DataType]] = {
    "file": pl.String,
    "location": pl.String,
    "reason": pl.String,
    "bsn": pl.String,
}
"""What could not be read, and of which client it is: null where even that cannot be told."""


def record_schema() -> dict[str, type[pl.DataType]]:
    """Columns of the records of a book: every field as text in its one form, then its place."""
    return {**dict.fromkeys(fields(), pl.String), **PLACE}


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: its name, what it is, how many clients it holds, and why it is `refused` or left `aside`.

    `assumed` says in words what was taken for granted to read it.
    """

    name: str
    kind: str = ""
    clients: int = 0
    refused: str = ""
    aside: str = ""
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What was read from files of one kind.

    `fields` are those that these files can tell. `account` says what became of the rows that were `read`; it closes.
    `rejected` (REJECTED) lists what is not as it should be and therefore is in no record.
    """

    records: pl.DataFrame
    fields: frozenset[str]
    files: Sequence[File]
    rejected: pl.DataFrame
    account: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """The records of a party (record_schema), the fields it tells, and how its account adds up to them."""

    party: str
    records: pl.DataFrame
    fields: tuple[str, ...]
    files: Sequence[File]
    rejected: pl.DataFrame
    account: Mapping[str, int]

    @property
    def unread(self) -> int:
        """How much of what was given could not be read into records: rows, clients and whole files."""
        return self.rejected.height + sum(1 for file in self.files if file.refused)

    @property
    def incomplete(self) -> bool:
        """Whether something that was given could not be read into records."""
        return self.unread > 0

    @property
    def has_gaps(self) -> bool:
        """Whether records of clients may be missing of whom nobody can tell."""
        return self.rejected["bsn"].has_nulls() or any(file.refused for file in self.files)
