"""A book sealed: digests of its clients, in a tree of buckets that shows where two books differ.

A bucket holds the clients whose identity begins with its letters: two letters name one of 4,096 upper buckets, three one of
the 262,144 lowest, where of the largest books a client or so is left.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from string import ascii_letters, digits

import polars as pl

from keten.comparison.blind.campaign import ABSENT, SEPARATOR, Sealer

LETTERS = f"{ascii_letters}{digits}-_"
UPPER, LOWEST = 2, 3
"""Letters that name an upper bucket and a lowest one."""

BETWEEN_RECORDS = "\x1e"
PADDED_TO = 4
"""What is told of the clients in a lowest bucket is filled up to a multiple of so many: how many there are stays vague."""

Told = Sequence[tuple[str, str]]
"""Identity and content of clients, as digests."""


@dataclass(frozen=True, slots=True)
class Client:
    """A client of a sealed book: identity and content as digests; `first` of its `rows` in the book."""

    identity: str
    content: str
    first: int
    rows: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """The clients of a book by their lowest bucket. `own` is a secret of this side alone, made of all it knows."""

    sealer: Sealer
    buckets: Mapping[str, Sequence[Client]]
    clients: int
    own: str = field(repr=False)

    def top(self) -> dict[str, str]:
        """A digest for each of the upper buckets, all of them: an empty one looks like any other."""
        filled = defaultdict(list)
        for name, clients in self.buckets.items():
            filled[name[:UPPER]].append(self._digest(name, clients))
        names = ("".join(letters) for letters in product(LETTERS, repeat=UPPER))
        return {name: self.sealer.digest("bucket", name, *sorted(filled.get(name, ()))) for name in names}

    def below(self, upper: str) -> dict[str, str]:
        """A digest for each lowest bucket of an upper one."""
        return {(name := upper + letter): self._digest(name, self.buckets.get(name, ())) for letter in LETTERS}

    def told(self, name: str) -> Told:
        """What is told of a lowest bucket: its clients among others that do not exist, in the order of their digests."""
        told = [(client.identity, client.content) for client in self.buckets.get(name, ())]
        return sorted(told + [self._nobody(name, str(number)) for number in range(-len(told) % PADDED_TO)])

    def _digest(self, name: str, clients: Sequence[Client]) -> str:
        return self.sealer.digest("bucket", name, *(client.identity + client.content for client in clients))

    def _nobody(self, name: str, number: str) -> tuple[str, str]:
        """A client that does not exist: the other side cannot tell, for it does not know all of this book."""
        identity, content = (
            self.sealer.digest("padding", what, self.own, name, number) for what in ("identity", "content")
        )
        return name + identity[len(name) :], content


def seal(records: pl.DataFrame, fields: Sequence[str], sealer: Sealer) -> Sealed:
    """Seal the records of a book, which stand in the order of their content, by these fields; bsn is the first."""
    buckets = defaultdict(list)
    contents = _contents(records, fields)
    for bsn, first, rows, text in contents.iter_rows():
        client = Client(sealer.digest("client", bsn), sealer.digest("content", bsn, text), first, rows)
        buckets[client.identity[:LOWEST]].append(client)
    for clients in buckets.values():
        clients.sort(key=lambda client: client.identity)
    everything = (client.content for name in sorted(buckets) for client in buckets[name])
    return Sealed(sealer, buckets, contents.height, sealer.digest("padding", *everything))


def rows_of(records: pl.DataFrame, clients: Sequence[Client]) -> pl.DataFrame:
    """The records of some clients of a book, one client after the other."""
    rows = (row for client in clients for row in range(client.first, client.first + client.rows))
    return records[pl.Series("rows", rows, pl.UInt32)]


def sealed_records(records: pl.DataFrame, fields: Sequence[str], sealer: Sealer) -> Iterator[list[str]]:
    """Each record as the digests of its fields, bound to field and client: equal values of two clients do not look equal."""
    for row in records.select(fields).iter_rows():
        yield [sealer.digest("field", name, row[0], value) for name, value in zip(fields, row, strict=True)]


def numbers_of(keys: Iterable[tuple[str | None, ...]]) -> list[int]:
    """Records as the numbers of their logical keys, from 0: what is told of a client that only this side has.

    >>> numbers_of([("a",), ("b",), ("a",)])
    [0, 1, 0]
    """
    numbers: dict[tuple[str | None, ...], int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _contents(records: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """The clients: bsn, first row, number of rows, and all that is told of them as one text."""
    told = pl.concat_str(pl.col(fields).fill_null(ABSENT), separator=SEPARATOR)
    return (
        records.select("bsn", told=told)
        .with_row_index("row")
        .group_by("bsn", maintain_order=True)
        .agg(pl.col("row").first(), pl.len(), pl.col("told").str.join(BETWEEN_RECORDS))
    )
