"""Reads a message of any size: its envelope, and its clients in batches, side by side in threads."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from math import inf
from typing import BinaryIO

import numpy as np
from lxml import etree

from keten.core.tasks import in_order
from keten.messages import exact
from keten.messages.chunks import Batch, judge_clients, read_chunk
from keten.messages.content import take_out
from keten.messages.defects import Defect, Refused
from keten.messages.grammar import envelope_grammar
from keten.messages.kernel import FORBIDDEN, PADDING, Bytes, client_end
from keten.messages.layout import CLIENT, CLIENT_NAME, HEADER, Layout, layout_of
from keten.messages.limits import LIMITS, MIB, Limits, most_bytes
from keten.messages.opening import UTF8_MARK, Opening, Pick, look
from keten.messages.paths import local_name
from keten.messages.plain import plain
from keten.messages.tables import NotPlain, Tables, trusted_tables
from keten.messages.walking import unreadable
from keten.standard import Release, load

CLIENTS_STOOD_HERE = b"<clients-stood-here/>"
"""Takes the place of the clients when what stands around them is judged."""


class Metered:
    """A stream that counts and hashes what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.bytes, self.sha256 = stream, 0, hashlib.sha256()

    def fill(self, room: Bytes) -> int:
        """Read until the room is full or the stream ends; the number of bytes read.

        Raises Refused if it is damaged, UnreadablePath if it cannot be read on.
        """
        filled = 0
        try:
            while filled < len(room) and (got := self.stream.readinto(room[filled:].data)):  # type: ignore[attr-defined]
                filled += got
        except OSError as error:
            raise unreadable(str(getattr(self.stream, "name", "The input")), error) from None
        finally:
            self.sha256.update(room[:filled].data)
            self.bytes += filled
        return filled

    def drain(self) -> None:
        """Read what is left, to count and hash it, as far as it can be read and has an end."""
        room = np.empty(MIB, np.uint8)
        most = self.bytes + _most_left(self.stream)
        with suppress(Refused):
            while self.bytes < most and self.fill(room):
                pass


def _most_left(stream: BinaryIO) -> float:
    """How many bytes may be worth reading of a stream: of one that is no file of the system, all."""
    try:
        return most_bytes(os.fstat(stream.fileno()))
    except (OSError, AttributeError):
        return inf


class Reading:
    """A message being read. Open with `read`; go through `batches` once; then the rest of the facts stand.

    `header` holds the tables of the envelope, empty when its structure is not right; `header_texts` what its elements say,
    by their path in Header, right or not.
    `refusal` is set when the document cannot be read as a message: then there is no layout and there are no batches.
    After the batches: `defects` of the envelope (those of clients come with their batch), `clients` in all, `broken`
    when the document could not be read to its end, `bytes` and `sha256` of the whole input.
    """

    def __init__(self, stream: BinaryIO, pick: Pick, limits: Limits) -> None:
        self._stream, self._limits = Metered(stream), limits
        self._pending = b""
        self._all_here = False
        self._opening: Opening | None = None
        self.refusal: Defect | None = None
        self.defects: list[Defect] = []
        self.clients = 0
        self.broken = False
        self.header: Tables = {}
        self.header_texts: Mapping[str, str] = {}
        try:
            self._open(pick)
        except Refused as refused:
            self._refuse(refused.defect)

    @property
    def layout(self) -> Layout | None:
        """The layout of the message, if it is one."""
        return self._opening.layout if self._opening else None

    @property
    def bytes(self) -> int:
        """Bytes read so far; after the batches, of the whole input."""
        return self._stream.bytes

    @property
    def sha256(self) -> str:
        """Digest of what was read so far; after the batches, of the whole input."""
        return self._stream.sha256.hexdigest()

    def judge_as(self, release: Release) -> None:
        """Judge by another schema version of the message's release. Only before the batches."""
        assert self._opening is not None
        assert self._opening.layout.release.id == release.id
        layout = layout_of(release, self._opening.layout.message.name)
        self._opening = replace(self._opening, layout=layout)
        self.header = _header(self._opening)

    def batches(self, *, jobs: int = 1, tables: bool = True) -> Iterator[Batch]:
        """The clients, in order, chunk by chunk, read by `jobs` threads; without `tables` they are only judged."""
        if self._opening is None:
            return
        try:
            if self._opening.usual:
                reading = partial(read_chunk, self._opening, tables=tables)
                yield from self._numbered(in_order(jobs, reading, self._chunks()))
            else:
                self._judge_whole(self._opening)
        except Refused as refused:
            self._break(refused.defect)
        self._stream.drain()

    def _open(self, pick: Pick) -> None:
        room = np.empty(self._limits.head, np.uint8)
        filled = self._stream.fill(room)
        self._all_here = filled < len(room)
        text = room[:filled].tobytes()
        if text.startswith(UTF8_MARK):
            self.defects.append(
                Defect("forbidden", detail="It begins with a byte order mark, which OP192 does not allow.")
            )
            text = text.removeprefix(UTF8_MARK)
        opening = look(text, complete=self._all_here, pick=pick)
        self._pending = text[len(opening.head) :]
        self._opening = opening
        self.header = _header(opening)
        self.header_texts = _header_texts(opening)

    def _refuse(self, defect: Defect) -> None:
        self.refusal, self.broken = defect, True
        self._stream.drain()

    def _numbered(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Number clients and lines through from batch to batch, and judge the envelope when all have been."""
        opening = self._opening
        assert opening is not None
        above, lines = opening.head.count(b"\n"), 0
        for batch in batches:
            yield batch.shifted(self.clients, above + lines)
            self.clients += batch.clients
            lines += batch.lines
            if batch.broken:
                self.broken = True
                return
        if not self.broken:
            self._judge_envelope(opening, lines)

    def _judge_envelope(self, opening: Opening, lines: int) -> None:
        """Judge what stands around the clients (of so many lines), and clients without an end tag (`<Client/>`)."""
        layout = opening.layout
        try:
            root = exact.parse(opening.head + CLIENTS_STOOD_HERE + self._pending)
        except Refused as refused:
            last = f"client {self.clients}" if self.clients else "its beginning"
            detail = f"What follows {last} does not complete the document: {refused.defect.detail}"
            self._break(replace(refused.defect, detail=detail).shifted(0, lines))
            return
        place = next(root.iter("{*}clients-stood-here"))
        left = list(place.itersiblings(etree.Element))
        judged = judge_clients(opening, left, tables=False)
        self.defects += (defect.shifted(self.clients, 0) for defect in judged.defects)
        self.clients += len(judged.clients)
        for element in (place, *left):
            take_out(element)
        top = f"/{layout.release.root_element}"
        self.defects += (defect.below(top) for defect in exact.judge_document(layout, root, clients_apart=True))
        if not exact.client_node(layout).repeats and self.clients > 1:
            self.defects.append(Defect("unexpected", f"{top}/{CLIENT}[2]", name=CLIENT))

    def _judge_whole(self, opening: Opening) -> None:
        """A message without clients, or with clients where the message does not have them: judged as one piece."""
        room = np.empty(self._limits.client, np.uint8)
        text = opening.head + self._pending + room[: self._stream.fill(room)].tobytes()
        top = f"/{opening.layout.release.root_element}"
        try:
            root = exact.parse(text)
        except Refused as refused:
            misplaced = Defect("unexpected", "/" + "/".join(opening.client_path), name=CLIENT)
            too_large = opening.client_path and (len(text) > len(room) or refused.defect.kind == "forbidden")
            self._break(misplaced if too_large else refused.defect)
            return
        self.defects += (d.below(top) for d in exact.judge_document(opening.layout, root, clients_apart=False))

    def _break(self, defect: Defect) -> None:
        self.broken = True
        self.defects.append(defect)

    def _chunks(self) -> Iterator[Bytes]:
        """Pieces of whole clients, each with its padding. What follows the last client stays in `_pending`."""
        size = min(len(self._pending) + 1, self._limits.chunk) if self._all_here else self._limits.chunk
        while True:
            text = np.zeros(max(size, len(self._pending)) + PADDING, np.uint8)
            room = text[: len(text) - PADDING]
            room[: len(self._pending)] = np.frombuffer(self._pending, np.uint8)
            filled = len(self._pending) + self._stream.fill(room[len(self._pending) :])
            end = client_end(text, 0, filled, CLIENT_NAME, filled)
            if end == FORBIDDEN:
                self._break(
                    Defect("forbidden", detail="It declares a document type (<!DOCTYPE ...>) or a marked section.")
                )
                return
            self._pending = text[max(end, 0) : filled].tobytes()
            if end > 0:
                text[end : end + PADDING] = 0
                yield text[: end + PADDING]
            if filled < len(room):
                return
            size = self._limits.chunk if end > 0 else 2 * len(room)
            if size > self._limits.client:
                detail = f"A client, with what stands before it, is larger than {self._limits.client >> 20} MiB."
                self._break(Defect("forbidden", detail=detail))
                return


def read(stream: BinaryIO, *, pick: Pick = load, limits: Limits = LIMITS) -> Reading:
    """Begin to read a message; `pick` chooses the schema version to judge a release in."""
    return Reading(stream, pick, limits)


def _header(opening: Opening) -> Tables:
    """The tables of the envelope; empty when its structure is not right (the defects will say so)."""
    content = plain(opening.layout, opening.prefixes, opening.root)
    entry = envelope_grammar(opening.layout, opening.prefixes)
    try:
        return trusted_tables(opening.layout.envelope_tables, entry, content)
    except NotPlain:
        return {}


def _header_texts(opening: Opening) -> Mapping[str, str]:
    """What each element of the header says, by its path; of elements that repeat, the first."""
    header = next((one for one in opening.root.iterchildren(etree.Element) if local_name(one) == HEADER), None)
    texts: dict[str, str] = {}
    waiting = [] if header is None else [("", header)]
    while waiting:
        path, element = waiting.pop()
        inner = [(f"{path}{local_name(one)}/", one) for one in element.iterchildren(etree.Element)]
        waiting += reversed(inner)
        if not inner and path:
            texts.setdefault(path.rstrip("/"), element.text or "")
    return texts
