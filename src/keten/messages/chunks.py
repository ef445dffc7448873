"""Reads one chunk of whole clients: what is plain by the kernel, the rest by the exact path, all of it into tables."""

import threading
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from lxml import etree

from keten.messages import exact
from keten.messages.defects import Defect
from keten.messages.exact import NotWellFormed
from keten.messages.grammar import client_grammar
from keten.messages.kernel import MAX_DEPTH, PADDING, TOKEN, Bytes, client_end, scan
from keten.messages.layout import CLIENT, Layout
from keten.messages.opening import Opening
from keten.messages.paths import local_name
from keten.messages.plain import plain
from keten.messages.tables import Tables, to_tables, trusted_tables

WHITE_SPACE = " \t\r\n"
BYTES_PER_TOKEN = 12
"""Fewer bytes per element are not written by anyone: `<m:a>1</m:a>` has as many. What is denser goes the exact path."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The clients of a chunk.

    `numbers`: the number in the message, from 1, of each client in the tables, in their order; a client that is not
    valid has no rows, only defects. `clients` counts all of them, `lines` the lines of the chunk. After a `broken`
    batch the document cannot be read on.
    """

    clients: int
    lines: int
    numbers: npt.NDArray[np.int64]
    tables: Tables
    defects: tuple[Defect, ...] = ()
    broken: bool = False

    def shifted(self, clients: int, lines: int) -> "Batch":
        """The same batch behind so many clients and lines."""
        moved = tuple(defect.shifted(clients, lines) for defect in self.defects)
        return Batch(self.clients, self.lines, self.numbers + clients, self.tables, moved, self.broken)


@dataclass(frozen=True, slots=True)
class Run:
    """Plain clients that follow each other: where they stand in the chunk, and how many there are."""

    begin: int
    end: int
    clients: int


@dataclass(frozen=True, slots=True)
class Odd:
    """A piece of the chunk that the kernel handed back."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An odd piece after the exact path: its clients in plain form (None where one is not valid), and what is wrong."""

    clients: tuple[bytes | None, ...]
    defects: tuple[Defect, ...]
    broken: bool = False


class _Room(threading.local):
    """What a thread needs to scan a chunk, kept from one chunk to the next."""

    def __init__(self) -> None:
        self.tokens = np.empty(0, TOKEN)
        self.unescaped = np.empty(0, np.uint8)
        self.stack = np.empty((MAX_DEPTH, 2), np.int32)

    def fit(self, size: int) -> None:
        if len(self.unescaped) < size:
            self.tokens = np.empty(size // BYTES_PER_TOKEN + 1, TOKEN)
            self.unescaped = np.empty(size, np.uint8)


_room = _Room()


def read_chunk(opening: Opening, text: Bytes, *, tables: bool = True) -> Batch:
    """Read a chunk: `text` holds whole clients and then PADDING zero bytes. Without `tables` it is only judged."""
    size = len(text) - PADDING
    lines = int(np.count_nonzero(text == ord("\n")))
    pieces, tokens, unescaped = _scan(opening, text, size)
    if not any(isinstance(piece, Odd) for piece in pieces):
        clients = sum(piece.clients for piece in pieces if isinstance(piece, Run))
        frames = _tables(opening, text, tokens, unescaped) if tables else {}
        return Batch(clients, lines, np.arange(1, clients + 1), frames)
    return _mend(opening, text, pieces, lines, tables=tables)


def _scan(opening: Opening, text: Bytes, size: int) -> tuple[list[Run | Odd], npt.NDArray[np.void], Bytes]:
    """The pieces of a chunk, and the tokens and unescaped text of its plain runs."""
    entry = client_grammar(opening.layout, opening.prefixes)
    name = np.frombuffer(opening.tag, np.uint8)
    _room.fit(size)
    pieces: list[Run | Odd] = []
    position = token = place = 0
    beyond_ascii = False
    while True:
        stop = scan(text, position, size, *entry, False, _room.tokens, token, _room.unescaped, place, _room.stack)
        beyond_ascii |= stop.beyond_ascii
        if stop.children:
            pieces.append(Run(position, stop.position, stop.children))
        if stop.complete:
            break
        end = client_end(text, stop.position, size, name, False)
        position, token, place = (end if end > 0 else size), stop.tokens, stop.unescaped
        pieces.append(Odd(stop.position, position))
    if beyond_ascii and not _is_unicode(text[:size]):
        pieces = [Odd(0, size)]
    return pieces, _room.tokens[: stop.tokens], _room.unescaped[: stop.unescaped]


def _is_unicode(text: Bytes) -> bool:
    """Whether a text is UTF-8, without the two characters beyond ASCII that XML does not allow."""
    try:
        decoded = text.tobytes().decode()
    except UnicodeDecodeError:
        return False
    return "\ufffe" not in decoded and "\uffff" not in decoded


def _mend(opening: Opening, text: Bytes, pieces: list[Run | Odd], lines: int, *, tables: bool) -> Batch:
    """Judge the odd pieces, and read the chunk again as it would be if they had been written plainly."""
    parts: list[bytes] = []
    numbers: list[int] = []
    defects: list[Defect] = []
    clients = 0
    for piece in pieces:
        content = text[piece.begin : piece.end].tobytes()
        if isinstance(piece, Run):
            parts.append(content)
            numbers += range(clients + 1, clients + piece.clients + 1)
            clients += piece.clients
            continue
        judged = _judge(opening, content)
        above = int(np.count_nonzero(text[: piece.begin] == ord("\n"))) if judged.broken else 0
        defects += (defect.shifted(clients, above) for defect in judged.defects)
        if judged.broken:
            return Batch(clients, lines, np.arange(0), {}, tuple(defects), broken=True)
        for number, client in enumerate(judged.clients, clients + 1):
            if client is not None:
                parts.append(client)
                numbers.append(number)
        clients += len(judged.clients)
    frames = _trusted(opening, b"".join(parts)) if tables else {}
    return Batch(clients, lines, np.array(numbers, np.int64), frames, tuple(defects))


def _judge(opening: Opening, content: bytes) -> Judged:
    """Judge a piece by the exact path."""
    try:
        root = exact.parse(opening.open + content + opening.close)
    except NotWellFormed as error:
        return Judged((), (Defect("not xml", client=1, detail=str(error), line=error.line),), broken=True)
    container, defects = _container(opening.layout, root)
    clients: list[bytes | None] = []
    for element in container.iterchildren(etree.Element):
        qualified = etree.QName(element)
        if qualified.localname != CLIENT or qualified.namespace != opening.layout.message.namespace:
            path = f"/{'/'.join(opening.layout.client_path[:-1])}/{qualified.localname}"
            defects.append(Defect("unexpected", path, name=qualified.localname, expected=(CLIENT,)))
            continue
        wrong = exact.judge_client(opening.layout, element)
        clients.append(None if wrong else plain(opening.layout, opening.prefixes, element))
        defects += (replace(defect, client=len(clients)) for defect in wrong)
    return Judged(tuple(clients), tuple(defects))


def _container(layout: Layout, root: etree._Element) -> tuple[etree._Element, list[Defect]]:
    """The element that holds the clients, and what stands beside or in it that is no element of its own."""
    defects: list[Defect] = []
    path, element = f"/{layout.client_path[0]}", root
    for name in layout.client_path[1:-1]:
        first, *others = element.iterchildren(etree.Element)
        defects += (Defect("unexpected", f"{path}/{local_name(one)}", name=local_name(one)) for one in others)
        path, element = f"{path}/{name}", first
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip(WHITE_SPACE) for text in texts):
        defects.append(Defect("text", path, name=local_name(element)))
    return element, defects


def _tables(opening: Opening, text: Bytes, tokens: npt.NDArray[np.void], unescaped: Bytes) -> Tables:
    """The tables of a chunk whose tokens were found; what was unescaped is copied, for its room is used again."""
    grammar = client_grammar(opening.layout, opening.prefixes).grammar
    return to_tables(opening.layout.client_tables, grammar, text, unescaped.copy(), tokens)


def _trusted(opening: Opening, content: bytes) -> Tables:
    """The tables of clients that were judged before and stand in plain form."""
    entry = client_grammar(opening.layout, opening.prefixes)
    return trusted_tables(opening.layout.client_tables, entry, content)
