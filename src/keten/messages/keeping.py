"""Keeps what can be read only once, while it is read for the first time."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from io import RawIOBase
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from keten.messages.sources import Source


@contextmanager
def twice(source: Source) -> Iterator[Source]:
    """A source that can be read again: what can be read only once is kept in a file while it is read first."""
    if not (source.once or source.path is None):
        yield source
        return
    with NamedTemporaryFile() as kept:
        yield _Kept(source.name, Path(kept.name), first=source)


@dataclass(frozen=True, slots=True)
class _Kept(Source):
    """A source that is kept in a file: what is read of `first`, the first time, and only that."""

    first: Source | None = None
    done: list[bool] = field(default_factory=list)

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Open for reading from the start. Raises UnreadablePath."""
        if self.done or self.first is None or self.path is None:
            return super(_Kept, self).open()
        self.done.append(True)
        return _keeping(self.first, self.path)


@contextmanager
def _keeping(source: Source, path: Path) -> Iterator[BinaryIO]:
    with source.open() as stream, path.open("wb") as kept:
        yield cast("BinaryIO", _Copying(stream, kept))


class _Copying(RawIOBase):
    """A stream of which all that is read is written to another."""

    def __init__(self, stream: BinaryIO, kept: BinaryIO) -> None:
        self.stream, self.kept = stream, kept

    def readinto(self, room: memoryview) -> int:  # type: ignore[override] # as a message is read
        """Fill the room; the number of bytes, 0 at the end."""
        got: int = self.stream.readinto(room)  # type: ignore[attr-defined]
        self.kept.write(room[:got])
        return got

    def fileno(self) -> int:
        """That of the stream that is read."""
        return self.stream.fileno()
