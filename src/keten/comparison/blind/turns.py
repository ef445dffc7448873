"""The turns of a blind comparison: who tells what next. Book, key and message are enough to make the next one.

1 the one side: digests of all upper buckets · 2 the other: the lowest buckets of those that differ · 3 the one: the clients
of lowest buckets that differ · 4 the other: its clients there, and the records of those that differ · 5 the one: likewise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from secrets import token_hex

from keten.comparison.blind.campaign import Key, Sealer, sealer
from keten.comparison.blind.sealing import UPPER, Client, Sealed, numbers_of, rows_of, seal, sealed_records
from keten.comparison.blind.wire import LAST_TURN, Message, WrongMessage
from keten.comparison.books import Book
from keten.comparison.comparing import replace_records
from keten.comparison.matching import in_order
from keten.comparison.terms import Pair, logical_key
from keten.core import UsageError

ALWAYS_TOLD = 100
"""So many clients may be told of, whatever their share: of a small book most may differ."""


class TooMuch(UsageError):
    """More clients would be told of than one agreed to."""

    hint = "Are both cut down to the same parties (--instelling, --zorgkantoor)? If so, allow more with --most PERCENT."


@dataclass(frozen=True, slots=True)
class Party:
    """One side: its book (a party of the pair), the pair with itself first, and the key."""

    book: Book
    pair: Pair
    key: Key


@dataclass(frozen=True, slots=True)
class Position:
    """Where one side stands after a message: its book in order, sealed, for the fields that the message compares."""

    book: Book
    sealed: Sealed
    message: Message


def offer(party: Party, fields: tuple[str, ...] | None = None, *, after: str = "") -> Message:
    """The first turn of an exchange: digests of all upper buckets, for the fields that this side can tell.

    `after`: the seal of an offer that it answers.
    """
    fields = fields or party.book.fields
    sealed = _sealed(party, fields)[1]
    return Message(
        campaign=party.key.campaign,
        sender=party.pair.left,
        receiver=party.pair.right,
        fields=fields,
        turn=1,
        nonce=new_nonce(),
        unread=party.book.unread,
        after=after,
        buckets=sealed.top(),
    )


def new_nonce() -> str:
    """A number by chance, for one message."""
    return token_hex(16)


def answer(party: Party, message: Message, most: int) -> Message:
    """The turn after a message; an offer with fields that this side cannot tell is answered by an offer without them.

    `most` is the percentage of its clients that this side lets be told of. Raises WrongMessage, TooMuch.
    """
    _between_us(party, message)
    shared = tuple(name for name in message.fields if name in party.book.fields)
    if message.turn == 1 and shared != message.fields:
        return offer(party, shared, after=message.seal)
    position = take(party, message)
    if message.turn == LAST_TURN:
        raise WrongMessage("That was the last turn.", hint="Make your report of it: keten blind report.")
    told = _next(position)
    _mind(told, position.sealed, most)
    return told


def take(party: Party, message: Message) -> Position:
    """Take up a message of the other side. Raises WrongMessage."""
    _between_us(party, message)
    if not set(message.fields) <= set(party.book.fields):
        raise WrongMessage(
            "The message compares fields that this book does not tell.", hint="Give the same files in every turn."
        )
    return Position(*_sealed(party, message.fields), message)


def _between_us(party: Party, message: Message) -> None:
    """Raises WrongMessage for a message that the other side did not make for this one."""
    me, other = party.pair.left, party.pair.right
    if (message.sender, message.receiver) != (other, me):
        raise WrongMessage(
            f"This is a message of a {message.sender} to a {message.receiver}; wanted is one of a {other} to a {me}.",
            hint="Give the last message that came from the other side, and name yourself first in --as.",
        )


def differing(position: Position) -> Iterator[Client]:
    """This side's clients in the buckets of a message that the other side does not have, or has otherwise."""
    for name, told in position.message.clients.items():
        theirs = dict(told)
        for client in position.sealed.buckets.get(name, ()):
            if theirs.get(client.identity) != client.content:
                yield client


def differing_buckets(position: Position) -> list[str]:
    """The buckets of a message whose digests are not those of this side."""
    told, sealed = position.message.buckets, position.sealed
    names = {len(name) for name in told}
    mine = (
        sealed.top() if names == {UPPER} else _merged(sealed.below(upper) for upper in {name[:UPPER] for name in told})
    )
    return sorted(name for name, digest in told.items() if mine.get(name) != digest)


def _next(position: Position) -> Message:
    """What this side tells next."""
    message, sealed = position.message, position.sealed
    reply = replace(
        message,
        sender=message.receiver,
        receiver=message.sender,
        turn=message.turn + 1,
        nonce=new_nonce(),
        unread=position.book.unread,
        after=message.seal,
        seal="",
    )
    match message.turn:
        case 1:
            return replace(reply, buckets=_merged(sealed.below(name) for name in differing_buckets(position)))
        case 2:
            told = {name: sealed.told(name) for name in differing_buckets(position)}
            return replace(reply, buckets={}, clients=told)
        case _:
            told = {name: sealed.told(name) for name in message.clients}
            records, alone = _differing_records(position)
            return replace(reply, buckets={}, clients=told, records=records, alone=alone)


def _differing_records(position: Position) -> tuple[dict[str, list[list[str]]], dict[str, list[int]]]:
    """What is told of this side's clients that differ: their records sealed, of those only it has, a count."""
    fields, sealer, known = position.message.fields, position.sealed.sealer, told_of(position.message)
    clients = sorted(differing(position), key=lambda client: client.identity)
    both = [client for client in clients if client.identity in known]
    single = [client for client in clients if client.identity not in known]
    told = sealed_records(rows_of(position.book.records, both), fields, sealer)
    keys = rows_of(position.book.records, single).select(logical_key()).iter_rows()
    records = {client.identity: list(islice(told, client.rows)) for client in both}
    alone = {client.identity: numbers_of(islice(keys, client.rows)) for client in single}
    return records, alone


def told_of(message: Message) -> set[str]:
    """The identities of the clients that a message tells of."""
    return {identity for clients in message.clients.values() for identity, _ in clients}


def _sealed(party: Party, fields: tuple[str, ...]) -> tuple[Book, Sealed]:
    book = replace_records(party.book, in_order(party.book.records, fields))
    return book, seal(book.records, fields, _sealer(party, fields))


def _sealer(party: Party, fields: tuple[str, ...]) -> Sealer:
    return sealer(party.key, (party.pair.left, party.pair.right), fields)


def _mind(told: Message, sealed: Sealed, most: int) -> None:
    """Raises TooMuch when a message tells of more clients than agreed."""
    clients = sum(len(sealed.buckets.get(name, ())) for name in told.clients)
    if clients > max(ALWAYS_TOLD, sealed.clients * most // 100):
        share = 100 * clients // sealed.clients
        raise TooMuch(f"The next turn would tell of {clients} clients, {share}% of this book; {most}% is allowed.")


def _merged(some: Iterator[Mapping[str, str]]) -> dict[str, str]:
    return {name: digest for one in some for name, digest in one.items()}
