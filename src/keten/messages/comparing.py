"""Judges the clients of a piece of a message that the kernel did not read as plain and right: all of them at once.

libxml2 reads the piece and writes it again, with neither comments, CDATA nor references; then compiled code finds its
elements and compares them with the tree of the message, as `content` does one by one. What that cannot tell (attributes
that mean something to XML Schema, a time zone in a time) is left to libxml2, client by client, as `exact` has it.
"""

import re
import threading
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl
from lxml import etree

from keten.messages.grammar import Prefixes, client_tree, types_of
from keten.messages.kernel import (
    DATE,
    DOUBTFUL,
    FOUND,
    INTEGER,
    ITEM,
    MOST_CHILDREN,
    MOST_DECLARED,
    MOST_LEVELS,
    OTHER,
    PADDING,
    STRING,
    TIME,
    UNSURE,
    VALUE,
    Bytes,
    Room,
    Spaces,
    find_clients,
    judge_clients,
    read_elements,
    rewrite,
)
from keten.messages.layout import CLIENT_NAME, Layout
from keten.messages.limits import MOST_ATTRIBUTES, MOST_ELEMENTS
from keten.messages.patterns import UnsupportedPattern, parse
from keten.messages.values import is_value
from keten.standard import SimpleType

INSTANCE = b"http://www.w3.org/2001/XMLSchema-instance"
"""The namespace of attributes that mean something to XML Schema: xsi:nil, xsi:type."""

MOST_OPEN = 250
"""Levels that are compared at once; libxml2 reads some more."""

REFERENCE = re.compile("&([^;]*);")
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}

BASES = {"string": STRING, "integer": INTEGER, "date": DATE, "time": TIME}


class _Workroom(threading.local):
    """What a thread needs to compare a piece, kept from one to the next."""

    def __init__(self) -> None:
        self.items = np.empty(MOST_ELEMENTS, ITEM)
        self.found = np.empty(MOST_ELEMENTS, FOUND)
        self.stack = np.empty((MOST_OPEN, 3), np.int32)
        self.declared = np.empty((MOST_DECLARED, 3), np.int32)
        self.tops = np.empty(MOST_ELEMENTS, np.int32)
        self.proper = np.empty(MOST_ELEMENTS, np.bool_)
        self.room = Room(
            np.empty(MOST_CHILDREN + 1, np.int32),
            np.empty((MOST_LEVELS, MOST_CHILDREN), np.bool_),
            np.empty(MOST_LEVELS, np.int32),
            np.empty(1 << 16, np.uint8),
        )


_room = _Workroom()


@dataclass(frozen=True, slots=True)
class Text:
    """A document with clients, and how much of it at the beginning and the end is known to be well-formed."""

    written: bytes
    right: tuple[int, int]

    @classmethod
    def of(cls, root: etree._Element) -> "Text":
        """The text of what libxml2 read, with neither comments, CDATA nor references but to what must be one."""
        written = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
        return cls(written, (len(written), 0))


@dataclass(frozen=True, slots=True)
class Read:
    """A text and its elements, of which one holds the clients. The elements lie in a room that is used again."""

    text: bytes
    padded: Bytes
    items: npt.NDArray[np.void]
    container: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The elements of a text that stand where only clients may.

    `tops`: their numbers; `clients`: of each whether it is a client of the message; `exact`: of each client whether libxml2
    must judge it; `found`: what is wrong with the others, and `ends`: where that of each client ends.
    """

    read: Read
    tops: npt.NDArray[np.int32]
    clients: npt.NDArray[np.bool_]
    exact: npt.NDArray[np.bool_]
    found: npt.NDArray[np.void]
    ends: npt.NDArray[np.int64]

    @property
    def whole(self) -> bool:
        """Whether nothing is left to be judged."""
        return bool(self.clients.all() and not self.exact.any())

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Of each client whether nothing is wrong with it, as far as was judged."""
        right: npt.NDArray[np.bool_] = (np.diff(self.ends, prepend=0) == 0) & ~self.exact
        return right

    @property
    def beyond(self) -> bool:
        """Whether text stands among the clients, or one of them has more attributes than may be."""
        attributes = self.read.items["attributes"]
        many = (
            attributes.sum() > MOST_ATTRIBUTES
            and np.add.reduceat(attributes, self.tops, dtype=np.int64).max() > MOST_ATTRIBUTES
        )
        return bool(many or self.read.items["text_before"][self.read.container] >= 0)


def compare(layout: Layout, text: Text) -> Compared | None:
    """Compare the clients of a text with their tree; None if it is not written plainly, or holds too much at once."""
    read = _read(layout, text)
    if read is None:
        return None
    among = find_clients(read.padded, read.items, read.container, CLIENT_NAME, _room.tops, _room.proper)
    tops, clients = _room.tops[:among].copy(), _room.proper[:among].copy()
    found, ends = _judge(layout, read, tops[clients])
    exact = ends < 0
    ends = np.where(exact, -1 - ends, ends)
    wrong = _settle_doubts(layout, read, found, ends, exact)
    return Compared(read, tops, clients, exact, found[wrong], np.concatenate([[0], np.cumsum(wrong)])[ends])


def elements_of(layout: Layout, written: bytes) -> Read:
    """The elements of a text that was compared before, with their places in the tree."""
    read = _read(layout, Text(written, (len(written), 0)))
    assert read is not None
    among = find_clients(read.padded, read.items, read.container, CLIENT_NAME, _room.tops, _room.proper)
    _judge(layout, read, _room.tops[:among][_room.proper[:among]])
    return read


def rewritten(layout: Layout, prefixes: Prefixes, compared: Compared) -> bytes:
    """The clients that are right, in plain form."""
    read, tree = compared.read, client_tree(layout, prefixes)
    tops = compared.tops[compared.clients][compared.right].tolist()
    out = np.empty(2 * len(read.text), np.uint8)
    while True:
        at = 0
        for top in tops:
            at = rewrite(read.padded, read.items, top, tree.grammar, out, at, _room.room.open)
        if at <= len(out):
            return out[:at].tobytes()
        out = np.empty(at, np.uint8)


def _read(layout: Layout, text: Text) -> Read | None:
    padded = np.frombuffer(text.written + bytes(PADDING), np.uint8)
    spaces = Spaces(_as_bytes(layout.message.namespace), _as_bytes(layout.release.namespace), _room.declared)
    count = read_elements(padded, len(text.written), text.right, spaces, _room.items, _room.stack)
    items, container = _room.items[: max(count, 0)], len(layout.client_path) - 2
    whole = count > container and (items["behind"][: container + 1] == count).all()
    return Read(text.written, padded, items, container) if whole else None


def _judge(
    layout: Layout, read: Read, tops: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.void], npt.NDArray[np.int64]]:
    """What the kernel finds wrong with the clients `tops`, and where that of each ends (see `judge_clients`)."""
    grammar, ends, instance = client_tree(layout).grammar, np.empty(len(tops), np.int64), INSTANCE in read.text
    while True:
        found = _room.found
        count = judge_clients(read.padded, read.items, tops, instance, grammar, _bases(layout), found, ends, _room.room)
        if count <= len(found):
            return found[:count].copy(), ends
        _room.found = np.empty(2 * count, FOUND)


def _settle_doubts(
    layout: Layout, read: Read, found: npt.NDArray[np.void], ends: npt.NDArray[np.int64], exact: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Judge the values that the kernel is in doubt about: which of what it found is wrong.

    A client with a value that only libxml2 can judge is marked in `exact`.
    """
    wrong = np.ones(len(found), np.bool_)
    asked: dict[int, list[tuple[int, str]]] = {}
    for at in np.flatnonzero(found["what"] == DOUBTFUL).tolist():
        item = int(found["item"][at])
        cut = at > 0 and found["item"][at - 1] == item and found["what"][at - 1] == OTHER
        kind = int(client_tree(layout).grammar.elements["kind"][read.items["node"][item]])
        asked.setdefault(kind, []).append((at, _value(read, item, whole=not cut)))
        found["what"][at] = VALUE
    for number, values in asked.items():
        simple, places = types_of(layout).kinds[number], [at for at, _ in values]
        frame = pl.DataFrame({"text": [value for _, value in values]}, schema={"text": pl.String})
        wrong[places] = ~frame.select(is_value(pl.col("text"), simple)).to_series().to_numpy()
        if simple.base == "time":
            zoned = [at for at, value in values if "-" in value]
            exact[np.searchsorted(ends, zoned, side="right")] = True
    return wrong


def _value(read: Read, item: int, *, whole: bool) -> str:
    """The text of a simple element: all of it, or what stands before the first element in it."""
    text, items = read.text, read.items
    at, size = int(items["text_at"][item]), int(items["text_size"][item])
    parts = [text[at : at + size]]
    child = item + 1
    while whole and child < items["behind"][item]:
        end = int(items["end"][child])
        parts.append(text[end : text.index(b"<", end)])
        child = int(items["behind"][child])
    value = b"".join(parts).decode().replace("\r\n", "\n").replace("\r", "\n")
    return REFERENCE.sub(lambda match: _character(match[1]), value)


def _character(reference: str) -> str:
    """What a reference stands for."""
    if reference.startswith("#"):
        return chr(int(f"0{reference[1:]}", base=0) if reference[1] == "x" else int(reference[1:]))
    return ENTITIES[reference]


@cache
def _bases(layout: Layout) -> npt.NDArray[np.int32]:
    """The base of each simple type of a message, for the kernel; UNSURE where its automaton refuses too much."""
    return np.array([_base(kind) for kind in types_of(layout).kinds], np.int32)


def _base(kind: SimpleType) -> int:
    try:
        for pattern in kind.patterns:
            parse(pattern)
    except UnsupportedPattern:
        return UNSURE
    return BASES[kind.base]


@cache
def _as_bytes(namespace: str) -> Bytes:
    return np.frombuffer(namespace.encode(), np.uint8)
