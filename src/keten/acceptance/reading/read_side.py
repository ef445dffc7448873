"""Reads messages into the spool: client records with the digests of their content, assigned items, indicated care."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np
import polars as pl

from keten.acceptance.reading.frames import KINDS, Piece, frames_of, release_of
from keten.acceptance.reading.spool import AFTER, Frames, Spool, put
from keten.acceptance.reading.unread import unread_clients
from keten.acceptance.settings import Settings
from keten.messages import LIMITS, Batch, Defect, Defects, Limits, Reading, Source, Tables, layout_of, read
from keten.messages.values import as_date
from keten.standard import Release, load
from keten.validation.structure import finding as structure_finding

FLUSH = 16 << 20
"""Bytes of messages that are worked on at once."""

LARGE = 64 << 20
"""Bytes of a message from which on it is not kept whole: it is read twice, first to see whether it is right."""

MOST_SHOWN = 200
"""Structure findings of one message that are listed; all are counted."""

MOST_FRAMES = 4
"""Times that much that are kept until they are written to the spool."""

FILE = {
    "file": pl.Int64,
    "name": pl.String,
    "message": pl.String,
    "release": pl.String,
    "sender": pl.String,
    "receiver": pl.String,
    "identificatie": pl.String,
    "dagtekening": pl.Date,
    "clients": pl.Int64,
    "bytes": pl.Int64,
    "sha256": pl.String,
    "refused": pl.Boolean,
    "defects": pl.Int64,
}
DEFECT = {"file": pl.Int64, "client": pl.Int64, "location": pl.String, "text": pl.String}


@dataclass(slots=True)
class Gathered:
    """What a task tells about the messages it read: a row per file, what is wrong with their structure, who is unread."""

    files: list[dict[str, Any]] = field(default_factory=list)
    defects: list[dict[str, Any]] = field(default_factory=list)
    unread: list[dict[str, Any]] = field(default_factory=list)
    routes: set[tuple[str, str, str]] = field(default_factory=set)


def gather(side: str, piece: str, sources: Sequence[tuple[int, Source]], settings: Settings, spool: Spool) -> Gathered:
    """Read messages and keep in the spool what is in them."""
    told = Gathered()
    waiting: list[Piece] = []
    frames: list[Frames] = []
    size = flushed = 0
    for number, source in sources:
        for one, read_bytes in _pieces(side, number, source, settings, told):
            waiting.append(one)
            size += read_bytes
            if size > FLUSH:
                frames += frames_of(side, waiting, settings)
                waiting, size = [], 0
            if len(frames) > MOST_FRAMES:
                _put(spool, side, f"{piece}-{flushed:04}", frames)
                frames, flushed = [], flushed + 1
    frames += frames_of(side, waiting, settings)
    _put(spool, side, f"{piece}-{flushed:04}", frames or list(frames_of(side, [_nothing(side, settings)], settings)))
    return told


def _put(spool: Spool, side: str, piece: str, frames: list[Frames]) -> None:
    """Keep the frames of several pieces as one."""
    put(spool, side, piece, {name: pl.concat([one[name] for one in frames]) for name in frames[0]})


def _nothing(side: str, settings: Settings) -> Piece:
    """No clients, in the form of clients: so that what is put has all its frames."""
    layout = layout_of(release_of(side, settings), KINDS[0])
    tables = {
        name: pl.DataFrame(
            schema={
                **({"parent": pl.UInt32} if table.parent else {}),
                **{column.name: pl.String if column.type else pl.Boolean for column in table.columns},
            }
        )
        for name, table in layout.client_tables.items()
    }
    return Piece(KINDS[0], 0, tables, np.empty(0, np.int64), {})


def _pieces(side: str, number: int, source: Source, settings: Settings, told: Gathered) -> Iterator[tuple[Piece, int]]:
    """The clients of a message, with its bytes; nothing of one that is not to be judged. What it is, is told."""
    wanted = release_of(side, settings)
    large = source.size > LARGE
    reading, wrong, batches = _read(source, wanted, tables=not large)
    layout, header = reading.layout, _header(reading.header)
    fits = layout is not None and layout.release.id == wanted.id and layout.message.name in KINDS
    refused = not fits or reading.broken or wrong.around
    told.files.append(_file(number, source, reading) | header | {"refused": refused, "defects": wrong.count})
    told.defects += _listed(number, reading, wrong.shown)
    if side == AFTER and (wrong.count or not fits):
        told.unread += unread_clients(source, number, header, wrong.clients, whole=refused)
    if refused or layout is None:
        return
    told.routes.add((layout.message.name, header["sender"], header["receiver"]))
    facts = header | {"count": reading.clients}
    for batch in _streamed(source, wanted) if large else batches:
        share = reading.bytes * len(batch.numbers) // max(1, reading.clients)
        yield Piece(layout.message.name, number, batch.tables, batch.numbers, facts), share


@dataclass(slots=True)
class Wrong:
    """What is wrong with a message: how much, the first of it, whether any is not about a client, and which clients are."""

    count: int = 0
    shown: list[Defect] = field(default_factory=list)
    around: bool = False
    clients: list[int] = field(default_factory=list)

    def add(self, defects: Defects) -> None:
        """Take note of more."""
        self.count += len(defects)
        self.shown += islice(defects, MOST_SHOWN - len(self.shown))
        self.around |= any(defect.client is None for defect in defects.apart)
        self.clients += defects.clients


def _read(source: Source, wanted: Release, *, tables: bool) -> tuple[Reading, Wrong, list[Batch]]:
    """Read a message to its end: what it is, what is wrong with it, and (with `tables`) its clients."""
    with source.open() as stream:
        reading = read(stream, pick=_pick(wanted), limits=_limits(source))
        wrong, batches = Wrong(), list[Batch]()
        wrong.add(Defects((reading.refusal,) if reading.refusal else ()))
        for batch in reading.batches(tables=tables):
            wrong.add(batch.defects)
            if tables:
                batches.append(replace(batch, defects=Defects()))
        wrong.add(Defects(tuple(reading.defects)))
    return reading, wrong, batches


def _streamed(source: Source, wanted: Release) -> Iterator[Batch]:
    """The clients of a message that is too large to be kept whole, and was read once to see whether it is right."""
    with source.open() as stream:
        yield from read(stream, pick=_pick(wanted)).batches()


def _limits(source: Source) -> Limits:
    """Chunks no larger than the message: what is read keeps its whole chunk in memory."""
    return Limits(chunk=min(LIMITS.chunk, source.size + 1)) if source.size else LIMITS


def _pick(wanted: Release) -> Callable[[str], Release]:
    return lambda found: wanted if found == wanted.id else load(found)


def _file(number: int, source: Source, reading: Reading) -> dict[str, Any]:
    """What is told of a message as a file."""
    layout = reading.layout
    return {
        "file": number,
        "name": source.name,
        "message": layout.message.name if layout else None,
        "release": layout.release.id if layout else None,
        "clients": reading.clients,
        "bytes": reading.bytes,
        "sha256": reading.sha256,
    }


def _listed(number: int, reading: Reading, defects: Sequence[Defect]) -> Iterator[dict[str, Any]]:
    """The first defects of a message, in words."""
    path = "/" + "/".join(reading.layout.client_path) if reading.layout else ""
    for defect in defects:
        one = structure_finding(defect, _client(path, defect.client, reading.clients))
        yield {"file": number, "client": one.client, "location": "".join(one.locations[:1]), "text": one.text}


def _client(path: str, client: int | None, clients: int) -> str:
    return path if client is None or clients == 1 else f"{path}[{client}]"


def _header(header: Tables) -> dict[str, Any]:
    """The cells of a header that a judgement needs; empty where it could not be read."""
    cells = header["Header"].row(0, named=True) if header else {}
    day = pl.select(as_date(pl.lit(cells.get("BerichtIdentificatie/Dagtekening"), pl.String))).item()
    return {
        "sender": cells.get("Afzender") or "",
        "receiver": cells.get("Ontvanger") or "",
        "identificatie": cells.get("BerichtIdentificatie/Identificatie") or "",
        "dagtekening": day,
    }
