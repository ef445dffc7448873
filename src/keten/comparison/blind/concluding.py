"""What one side concludes at the end of a blind comparison: how its own records differ. The other's it only counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from keten.comparison.blind.sealing import sealed_records
from keten.comparison.blind.turns import Party, Position, differing, differing_buckets, take, told_of
from keten.comparison.blind.wire import TOLD_ALL, Message, WrongMessage
from keten.comparison.books import REJECTED, Book, record_schema
from keten.comparison.comparing import LEFT, Comparison, demand_between, differences
from keten.comparison.matching import match
from keten.comparison.terms import logical_key


def conclude(party: Party, message: Message) -> Comparison:
    """The comparison, as this side can know it from a message of the other.

    Raises WrongMessage, NothingBetween.
    """
    position = take(party, message)
    if message.turn < TOLD_ALL and (differing_buckets(position) or message.clients):
        raise WrongMessage(
            f"The books differ, and turn {message.turn} does not tell how.",
            hint="Answer it first (keten blind answer); turns 4 and 5 tell what there is to report.",
        )
    rows = _own_rows(position)
    fields, own = message.fields, position.book.records
    mine = _table(sealed_records(own[rows], fields, position.sealed.sealer), fields)
    theirs = pl.concat([_table(_flat(message.records), fields), _table(list(_stand_ins(message)), fields)])
    if theirs.is_empty():
        demand_between(party.book)
    found = match(mine, theirs, fields)
    listed = differences(found, mine, theirs, fields)
    standing = pl.DataFrame({"here": rows}).with_row_index(LEFT)
    placed = listed.join(standing, on=LEFT, how="left", maintain_order="left").with_columns(left="here").drop("here")
    return Comparison(
        party.pair,
        position.book,
        _other(party.pair.right, fields, theirs.height, message.unread),
        fields,
        found,
        placed,
        untouched=own.height - len(rows),
        blind=True,
    )


def _own_rows(position: Position) -> pl.Series:
    """The rows of this side's clients that differ; the other side must have told of those that both have."""
    told = told_of(position.message)
    rows: list[int] = []
    for client in differing(position):
        if client.identity in told and client.identity not in position.message.records:
            raise WrongMessage("The message does not hold the records of all clients that differ.")
        rows += range(client.first, client.first + client.rows)
    return pl.Series("rows", sorted(rows), pl.UInt32)


def _flat(records: Mapping[str, Sequence[Sequence[str]]]) -> list[Sequence[str]]:
    return [record for some in records.values() for record in some]


def _stand_ins(message: Message) -> Iterator[list[str]]:
    """A row for each record of the clients that only the other side has: like nothing here, and like each other by key."""
    for identity, numbers in message.alone.items():
        for row, number in enumerate(numbers):
            same, other = f"{identity} key {number}", f"{identity} row {row}"
            yield [same if name in logical_key() else other for name in message.fields]


def _table(records: Iterable[Sequence[str]], fields: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(list(records), dict.fromkeys(fields, pl.String), orient="row")


def _other(party: str, fields: tuple[str, ...], records: int, unread: int) -> Book:
    """The book of the other side, as far as it is known: how many records take part, and how much could not be read."""
    nothing = pl.DataFrame(schema=record_schema()).clear(records)
    return Book(party, nothing, fields, (), pl.DataFrame(schema=REJECTED).clear(unread), {})
