"""Reads one chunk of whole clients: what is plain by the kernel, the rest by the exact path, all of it into tables."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from lxml import etree

from keten.messages import exact
from keten.messages.comparing import Compared, Text, compare, rewritten
from keten.messages.defects import Defect, Refused
from keten.messages.grammar import client_grammar
from keten.messages.kernel import MAX_DEPTH, PADDING, TOKEN, Bytes, client_end, scan
from keten.messages.layout import CLIENT, CLIENT_NAME, Layout
from keten.messages.opening import Opening
from keten.messages.paths import Paths, local_name
from keten.messages.plain import plain
from keten.messages.tables import Tables, to_tables, trusted_tables
from keten.messages.telling import Defects, Piece, shifted

WHITE_SPACE = " \t\r\n"
LINE_FEED = ord("\n")
LEAST_ODD = 64 << 10
"""Bytes that are taken for odd at once behind an odd client: whoever writes one oddly mostly writes all of them so."""
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
    defects: Defects = field(default_factory=Defects)
    broken: bool = False

    def shifted(self, clients: int, lines: int) -> "Batch":
        """The same batch behind so many clients and lines."""
        moved = self.defects.shifted(clients, lines)
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
    """Clients after the exact path: of each whether it is right, those that are in plain form, and what is wrong."""

    right: tuple[bool, ...]
    plain: bytes
    defects: tuple[Defect | Piece, ...]


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
    lines = int(np.count_nonzero(text == LINE_FEED))
    pieces, tokens, unescaped = _scan(opening, text, size)
    if not any(isinstance(piece, Odd) for piece in pieces):
        clients = sum(piece.clients for piece in pieces if isinstance(piece, Run))
        frames = _tables(opening, text, tokens, unescaped) if tables else {}
        return Batch(clients, lines, np.arange(1, clients + 1), frames)
    return _mend(opening, text, pieces, lines, tables=tables)


def _scan(opening: Opening, text: Bytes, size: int) -> tuple[list[Run | Odd], npt.NDArray[np.void], Bytes]:
    """The pieces of a chunk, and the tokens and unescaped text of its plain runs."""
    entry = client_grammar(opening.layout, opening.prefixes)
    _room.fit(size)
    pieces: list[Run | Odd] = []
    position = token = place = least = 0
    while position < size:
        if opening.plain:
            stop = scan(text, position, size, *entry, False, _room.tokens, token, _room.unescaped, place, _room.stack)
            if stop.children:
                pieces.append(Run(position, stop.position, stop.children))
                least = 0
            position, token, place = stop.position, stop.tokens, stop.unescaped
            if stop.complete:
                break
        end = client_end(text, position, size, CLIENT_NAME, position + least)
        pieces.append(Odd(position, end if end > 0 else size))
        position, least = pieces[-1].end, LEAST_ODD
    return pieces, _room.tokens[:token], _room.unescaped[:place]


def _mend(opening: Opening, text: Bytes, pieces: list[Run | Odd], lines: int, *, tables: bool) -> Batch:
    """Judge the odd pieces, and read the chunk again as it would be if they had been written plainly."""
    parts: list[bytes] = []
    numbers: list[int] = []
    defects: list[Defect | Piece] = []
    clients = begin = 0
    for piece in pieces:
        if isinstance(piece, Run) and piece.begin >= begin:
            parts.append(text[piece.begin : piece.end].tobytes() if tables else b"")
            numbers += range(clients + 1, clients + piece.clients + 1)
            clients += piece.clients
            begin = piece.end
        alone = False
        while begin < piece.end:
            try:
                judged, end = _judge(opening, text, begin, piece.end, alone=alone, tables=tables)
            except Refused as refused:
                above = int(np.count_nonzero(text[:begin] == LINE_FEED))
                defects.append(replace(refused.defect, client=1).shifted(clients, above))
                return Batch(clients, lines, np.arange(0), {}, Defects(tuple(defects)), broken=True)
            defects += shifted(judged.defects, clients)
            numbers += (number for number, right in enumerate(judged.right, clients + 1) if right)
            parts.append(judged.plain)
            clients += len(judged.right)
            begin, alone = end, end < piece.end
    frames = _trusted(opening, b"".join(parts)) if tables else {}
    return Batch(clients, lines, np.array(numbers, np.int64), frames, Defects(tuple(defects)))


def _judge(opening: Opening, text: Bytes, begin: int, end: int, *, alone: bool, tables: bool) -> tuple[Judged, int]:
    """Judge a piece, and say where what was judged ends. Raises Refused.

    What is written plainly is compared as it stands; libxml2 reads all else first. What that cannot read is tried again up
    to the end of its first client, so that the right one is blamed (`alone`: that is tried first, for so it was before),
    and then with all that follows, for a client within a client ends a piece too early.
    """
    if not alone and (plainly := _plainly(opening, text[begin:end], tables=tables)):
        return plainly, end
    first = client_end(text, begin, end, CLIENT_NAME, begin)
    ends = dict.fromkeys((end, first if first > 0 else end, len(text) - PADDING))
    root, stop = _parse(opening, text, begin, (first, *ends) if alone and first > 0 else tuple(ends))
    container, defects = _container(opening.layout, root)
    judged = _compared(opening, root, container, tables=tables)
    return replace(judged, defects=(*defects, *judged.defects)), stop


def _plainly(opening: Opening, text: Bytes, *, tables: bool) -> Judged | None:
    """Judge a piece that is written plainly; None for one that is not, or not wholly."""
    written = b"".join((opening.open, text.tobytes(), opening.close))
    compared = compare(opening.layout, Text(written, (len(opening.open), len(opening.close))))
    if compared is None or not compared.whole or compared.beyond:
        return None
    return _judged(opening, compared, tables=tables)


def _compared(opening: Opening, root: etree._Element, container: etree._Element, *, tables: bool) -> Judged:
    """Judge the clients of a piece that libxml2 read: all at once, those one by one that only libxml2 can judge."""
    compared = compare(opening.layout, Text.of(root))
    if compared is None:
        return judge_clients(opening, container.iterchildren(etree.Element), tables=tables)
    if compared.whole:
        return _judged(opening, compared, tables=tables)
    return _mixed(opening, compared, container, tables=tables)


def _judged(opening: Opening, compared: Compared, *, tables: bool) -> Judged:
    """What the kernel found of clients that it could all judge."""
    plain = rewritten(opening.layout, opening.prefixes, compared) if tables else b""
    piece = Piece(opening.layout, compared.read.text, compared.found, compared.ends)
    return Judged(tuple(compared.right.tolist()), plain, (piece,) if len(piece) else ())


def _parse(opening: Opening, text: Bytes, begin: int, ends: tuple[int, ...]) -> tuple[etree._Element, int]:
    """The root element around the text up to the first of the ends with which it can be read, and that end."""
    refused = Refused(Defect("not xml"))
    for end in ends:
        try:
            return exact.parse(opening.open + text[begin:end].tobytes() + opening.close), end
        except Refused as error:
            refused = error
    raise refused


def _mixed(opening: Opening, compared: Compared, container: etree._Element, *, tables: bool) -> Judged:
    """What the kernel found of clients, and libxml2 of what stands among them."""
    piece = Piece(opening.layout, compared.read.text, compared.found, compared.ends)
    found, exact = compared.right.tolist(), compared.exact.tolist()
    right: list[bool] = []
    parts: list[bytes] = []
    defects: list[Defect | Piece] = []
    told = 0
    for element, client in zip(container.iterchildren(etree.Element), compared.clients.tolist(), strict=True):
        number = len(right)
        if client and not exact[number]:
            right.append(found[number])
            parts.append(plain(opening.layout, opening.prefixes, element) if tables and found[number] else b"")
            continue
        judged = judge_clients(opening, (element,), tables=tables)
        defects += (piece.among(told, number), *shifted(judged.defects, number))
        right += judged.right
        parts.append(judged.plain)
        told = len(right)
    return Judged(tuple(right), b"".join(parts), (*defects, piece.among(told, len(right))))


def judge_clients(opening: Opening, elements: Iterable[etree._Element], *, tables: bool) -> Judged:
    """Judge elements that stand where only clients may stand; they may lose what does not belong in them.

    Without `tables` nobody needs the plain form of the valid ones, and it is left empty.
    """
    layout = opening.layout
    right: list[bool] = []
    parts: list[bytes] = []
    defects: list[Defect] = []
    for element in elements:
        name = local_name(element)
        path = f"/{'/'.join(layout.client_path[:-1])}/{name}"
        if name != CLIENT:
            defects.append(Defect("unexpected", path, name=name, expected=(CLIENT,)))
            continue
        if etree.QName(element).namespace != layout.message.namespace:
            defects.append(Defect("namespace", path, name=name, detail=layout.message.namespace))
            continue
        wrong = exact.judge_client(layout, element)
        right.append(not wrong)
        parts.append(plain(layout, opening.prefixes, element) if tables and not wrong else b"")
        defects += (replace(defect, client=len(right)) for defect in wrong)
    return Judged(tuple(right), b"".join(parts), tuple(defects))


def _container(layout: Layout, root: etree._Element) -> tuple[etree._Element, list[Defect]]:
    """The element that holds the clients, and what stands beside or in it that is no element of its own."""
    defects: list[Defect] = []
    path, element = f"/{layout.client_path[0]}", root
    for name in layout.client_path[1:-1]:
        first, *others = element.iterchildren(etree.Element)
        steps = Paths(element)
        defects += (Defect("unexpected", path + steps[one], name=local_name(one)) for one in others)
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
