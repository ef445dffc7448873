"""Where messages come from: files, folders, zip files and standard input."""

import lzma
import os
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from io import RawIOBase
from pathlib import Path
from typing import IO, BinaryIO, cast

from keten.core import UsageError
from keten.messages.defects import Defect, Refused

STDIN = "-"
MESSAGE, SHEET, ARCHIVE = ".xml", ".csv", ".zip"

MOST_UNPACKED, MOST_SWELLING = 100 << 20, 200
"""A member of a zip file may unpack to more bytes than the first only by less than the second times its packed size.
Messages pack to a twentieth or so; what packs much better is no message but a trap."""


class UnreadablePath(UsageError):
    """A path that does not exist or may not be read."""

    hint = "Check the path and your rights to read it."


DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError)
"""What unpacking raises, by method of packing, for a member that is damaged, encrypted or packed in an unknown way."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name as the user knows it, and where it is: a file (None: standard input), or a member of a zip file.

    `path` is absolute: who opens it may work in another folder, or on another machine that sees the same files. `size` is
    its bytes when it is unpacked, 0 where that is not known beforehand; `place` the number of the member, from 0, for two
    of them may bear one name. `kind` is what it will be read as, MESSAGE or SHEET.
    """

    name: str
    path: Path | None
    member: str | None = None
    size: int = 0
    place: int = 0
    kind: str = MESSAGE

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Open for reading from the start. Raises UnreadablePath."""
        if self.path is None:
            return nullcontext(sys.stdin.buffer)
        try:
            if self.member is not None:
                return cast("BinaryIO", _Member(self.path, self.place))
            return self.path.open("rb")
        except OSError as error:
            raise UnreadablePath(f"{self.name} cannot be read: {error.strerror}.") from None


@dataclass(frozen=True, slots=True)
class Aside:
    """What lies among the inputs and is none: its name as the user knows it, and why it is left aside."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What paths stand for: the inputs, each to be judged, and what was left aside. To go through it gives the inputs."""

    sources: tuple[Source, ...]
    aside: tuple[Aside, ...] = ()

    def __iter__(self) -> Iterator[Source]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)


def find_sources(paths: Iterable[str], kinds: Sequence[str] = (MESSAGE,)) -> Found:
    """The inputs that the paths stand for: a folder for all files below it of these kinds, a zip file for what is in it.

    `kinds` are MESSAGE and SHEET, as far as the caller reads them; zip files always count. Raises UnreadablePath. An
    archive that cannot be read is an input like any other: it will not be XML.
    """
    sources: list[Source] = []
    aside: list[Aside] = []
    for path in paths:
        if not path:
            raise UnreadablePath("One of the paths is empty.")
        if path == STDIN:
            sources.append(Source(STDIN, None))
        elif Path(path).is_dir():
            for file in sorted(_files_below(Path(path))):
                if file.suffix.lower() in (*kinds, ARCHIVE) and file.is_file():
                    sources += _of_file(file)
                else:
                    aside.append(Aside(str(file), "it is no message"))
        elif Path(path).exists():
            sources += _of_file(Path(path))
        else:
            raise UnreadablePath(f"There is no file or folder {path!r}.")
    return Found(tuple(_of_kind(source, kinds) for source in sources), tuple(aside))


def _of_kind(source: Source, kinds: Sequence[str]) -> Source:
    sheet = SHEET in kinds and Path(source.name).suffix.lower() == SHEET
    return replace(source, kind=SHEET) if sheet else source


def _files_below(folder: Path) -> Iterator[Path]:
    """All files in a folder and those below it, through no links. Raises UnreadablePath, or some would be left out."""
    for here, _, names in os.walk(folder, onerror=_unreadable):
        yield from (Path(here, name) for name in names)


def _unreadable(error: OSError) -> None:
    raise UnreadablePath(f"{error.filename} cannot be read: {error.strerror}.") from None


def _of_file(path: Path) -> Iterator[Source]:
    """The input in a file, or those in a zip file; one whose list of contents is damaged is taken as it is."""
    members = _members(path) if path.suffix.lower() == ARCHIVE else None
    if members is None:
        yield Source(str(path), path.absolute(), size=path.stat().st_size)
        return
    for place, one in enumerate(members):
        if not one.is_dir():
            yield Source(f"{path}/{one.filename}", path.absolute(), one.filename, one.file_size, place)


def _members(path: Path) -> list[zipfile.ZipInfo] | None:
    try:
        return _archive(path).infolist()
    except (OSError, zipfile.BadZipFile):
        return None


def _archive(path: Path) -> zipfile.ZipFile:
    """A zip file, opened; kept open as long as it stays the same, for its list of contents may be long."""
    state = path.stat()
    return _opened(os.getpid(), path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _opened(_process: int, path: Path, _changed: int, _size: int) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)


class _Member(RawIOBase):
    """A member of a zip file, for reading. Reading raises Refused when it is damaged, encrypted or a trap."""

    def __init__(self, path: Path, place: int) -> None:
        self.archive, self.place = _archive(path), place
        self.content: IO[bytes] | None = None

    def readinto(self, room: memoryview) -> int:  # type: ignore[override] # as Metered calls it
        """Fill the room as far as possible; the number of bytes, 0 at the end."""
        try:
            if self.content is None:
                self.content = self._open()
            return self.content.readinto(room)  # type: ignore[attr-defined,no-any-return]
        except Refused:
            raise
        except DAMAGED as error:
            raise Refused(Defect("not xml", detail=f"It cannot be unpacked: {error}.")) from None

    def _open(self) -> IO[bytes]:
        info = self.archive.infolist()[self.place]
        if info.file_size > MOST_UNPACKED and info.file_size > MOST_SWELLING * info.compress_size:
            detail = (
                f"It unpacks to {info.file_size >> 20} MiB, more than {MOST_SWELLING} times its size in the zip file."
            )
            raise Refused(Defect("forbidden", detail=detail))
        return self.archive.open(info)

    def close(self) -> None:
        """Close the member."""
        if self.content is not None:
            self.content.close()
        super().close()
