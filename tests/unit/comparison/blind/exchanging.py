"""Both sides of a blind comparison, as two people with their own book and the same key would do it."""

from collections.abc import Iterable
from typing import NamedTuple

from keten.comparison import Comparison, pair_of
from keten.comparison.blind import Key, Message, Party, answer, conclude, offer
from keten.comparison.blind.wire import as_json, sealed, unsealed
from keten.comparison.books import Book
from tests.unit.comparison.building import PARTIES, Row, book

KEY = Key("proef-1", bytes(range(32)))
ALL = 100


class Exchanged(NamedTuple):
    """All that went over the line, and what each side concluded: the one that began first."""

    wire: list[str]
    one: Comparison
    other: Comparison


def parties(left: Iterable[Row], right: Iterable[Row], key: Key = KEY) -> tuple[Party, Party]:
    """The two sides, the one that begins first."""
    return party(book(PARTIES[0], left), key), party(book(PARTIES[1], right), key)


def party(of: Book, key: Key = KEY) -> Party:
    """The side with a book."""
    return Party(of, pair_of(of.party, next(one for one in PARTIES if one != of.party)), key)


def exchange(one: Party, other: Party) -> Exchanged:
    """All five turns; what one side reads is what the other wrote, as text."""
    sides = (one, other)
    messages: list[Message] = [offer(one)]
    wire = [sent(messages[0], one.key)]
    while messages[-1].turn < 5:
        reader = sides[len(wire) % 2]
        messages.append(answer(reader, received(wire[-1], reader.key), ALL))
        wire.append(sent(messages[-1], reader.key))
    last = dict(zip((len(wire) % 2, 1 - len(wire) % 2), (wire[-1], wire[-2]), strict=True))
    return Exchanged(wire, *(conclude(sides[side], received(last[side], one.key)) for side in (0, 1)))


def sent(message: Message, key: Key = KEY) -> str:
    """A message as it goes over the line."""
    return as_json(sealed(message, key))


def received(text: str, key: Key = KEY) -> Message:
    """The message as the other side reads it."""
    return unsealed(text.encode(), key)
