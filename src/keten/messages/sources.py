"""Where messages come from: files, folders, zip files and standard input."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, cast

from keten.core.folders import finished
from keten.core.plain import plain
from keten.messages.archives import Member, members_of
from keten.messages.defects import Defect, Refused
from keten.messages.limits import MIB, most_bytes
from keten.messages.looks import (
    ARCHIVE,
    GLANCE,
    LEFT_BEHIND,
    MESSAGE,
    Side,
    is_told,
    kind_by_name,
    kind_of,
    left_behind,
    plainly_message,
)
from keten.messages.pipes import open_pipe
from keten.messages.refusals import Told
from keten.messages.unpacking import Unpacked
from keten.messages.walking import UnreadablePath, shown, unreadable, walk

STDIN, MOST_NAMES = "-", 3
NESTED = Defect(
    "not xml", detail="It is a zip file within another, which is not opened. Give it by itself, unpacked from that."
)
LINKED = Defect("not xml", detail="It is a link that was packed as a link: what it leads to is not in the zip file.")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name as the user knows it, and where it is: a file (None: standard input), or a member of a zip file.

    `path` is absolute: who opens it may work in another folder, or on another machine that sees the same files. `size` is
    its bytes when it is unpacked, 0 where that is not known beforehand. `kind` is what it will be read as, MESSAGE or
    SHEET; `told` what is wrong with it, where that is known before it is read. What can be read `once` is no file.
    """

    name: str
    path: Path | None
    member: Member | None = None
    size: int = 0
    kind: str = MESSAGE
    told: Defect | None = None
    once: bool = False

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Open for reading from the start. Raises UnreadablePath."""
        if self.path is None:
            return nullcontext(_standard_input())
        try:
            stream = self._open(self.path)
        except OSError as error:
            raise unreadable(self.name, error) from None
        return stream if self.told is None else cast("BinaryIO", Told(stream, self.told))

    def _open(self, path: Path) -> BinaryIO:
        if self.member is not None:
            return cast("BinaryIO", Unpacked(path, self.member))
        return open_pipe(path) if self.once else path.open("rb")


def _standard_input() -> BinaryIO:
    """What was handed in by a pipe or `<`. Raises UnreadablePath."""
    given = sys.stdin
    if given is None:
        raise UnreadablePath("Standard input is closed.", hint="Hand a message in: keten ... - < FILE.")
    try:
        its_own = given is sys.__stdin__  # and not what a test put there
        if its_own:
            os.read(given.fileno(), 0)  # it may be a folder, or open for writing alone
    except OSError as error:
        raise UnreadablePath(f"Standard input cannot be read: {error.strerror}.") from None
    return given.buffer


@dataclass(frozen=True, slots=True)
class Aside:
    """What lies among the inputs and is none: its name as the user knows it, and why it is left aside."""

    name: str
    reason: str


def told_aside(aside: Sequence[Aside], wanted: str = "messages") -> str:
    """How many things were left aside, and the names of the first, in words."""
    names = ", ".join(plain(one.name) for one in aside[:MOST_NAMES])
    more = ", ..." if len(aside) > MOST_NAMES else ""
    return f"Left aside, for they hold no {wanted}: {len(aside):,} ({names}{more})."


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
    """The inputs that the paths stand for: a folder for what is below it, a zip file for what is in it.

    `kinds` are those that the caller reads: MESSAGE, and maybe SHEET. What is named by a path of its own is an input,
    whatever it looks like; in a folder and in a zip file side files are left aside, by one rule for both (docs/sources.md).
    An archive that cannot be read is an input like any other, which is told what it is. Raises UnreadablePath, and
    FolderInUse where a command was stopped while it put its results into a folder.
    """
    finding = _Finding(tuple(kinds))
    for path in paths:
        finding.add(path)
    return Found(tuple(finding.sources), tuple(finding.aside))


@dataclass(slots=True)
class _Finding:
    """Finds inputs of some kinds, one path after the other."""

    kinds: tuple[str, ...]
    sources: list[Source] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)

    def add(self, path: str) -> None:
        """Add what a path stands for. Raises UnreadablePath."""
        if not path:
            raise UnreadablePath("One of the paths is empty.")
        kind = _state(Path(path)).st_mode if path != STDIN else 0
        if path == STDIN:
            self.sources.append(Source(STDIN, None, once=True))
        elif stat.S_ISDIR(kind):
            self._folder(Path(path))
        elif stat.S_ISREG(kind):
            self._file(Path(path))
        else:
            self.sources.append(Source(shown(path), Path(path).absolute(), once=True))

    def _folder(self, folder: Path) -> None:
        for one in (folder.absolute(), *folder.absolute().parents):
            finished(one)
        found = walk(folder)
        self.aside += (Aside(shown(path), reason) for path, reason in sorted(found.aside.items()))
        for file in found.files:
            source, own = _source(file), shown(file.relative_to(folder))
            if not os.access(file, os.R_OK):
                raise UnreadablePath(f"{source.name} may not be read.")
            self._take(source, own, b"" if plainly_message(own) else _begin(source))

    def _file(self, path: Path) -> None:
        """Add a file that was named: it is an input whatever it looks like, or a zip file of them."""
        source = _source(path)
        begin = b"" if plainly_message(path.name) else _begin(source)
        try:
            self._add(source, kind_of(path.name, begin, self.kinds))
        except Side:
            self._add(source, kind_by_name(path.name, self.kinds))

    def _take(self, source: Source, own: str, begin: bytes) -> None:
        """Add what lies in a folder or zip file, by its name there and how it begins; or leave it aside."""
        try:
            self._add(source, kind_of(own, begin, self.kinds))
        except Side as side:
            self.aside.append(Aside(source.name, str(side)))

    def _add(self, source: Source, kind: str) -> None:
        """Add an input of a kind, or what is in a zip file; one within another is not opened, but told as that."""
        if kind != ARCHIVE:
            self.sources.append(replace(source, kind=kind))
        elif source.member is None:
            self._archive(source)
        else:
            self.sources.append(replace(source, told=source.told or NESTED))

    def _archive(self, source: Source) -> None:
        """Add what is in a zip file; one that cannot be read is an input itself, and told what it is."""
        assert source.path is not None
        try:
            members = members_of(source.path)
        except Refused as refused:
            self.sources.append(replace(source, told=refused.defect))
            return
        except OSError as error:
            raise unreadable(source.name, error) from None
        if not members:
            self.aside.append(Aside(source.name, "It is an empty zip file."))
        for member in members:
            if not member.folder:
                self._member(source, member)

    def _member(self, archive: Source, member: Member) -> None:
        size = 0 if member.trap else member.size
        source = Source(f"{archive.name}/{member.name}", archive.path, member, size)
        if member.link:
            self.sources.append(replace(source, told=LINKED))
            return
        try:
            begin = b"" if plainly_message(member.name) else _begin(source)
        except Refused as refused:  # nobody knows what is in it
            self._unknown(replace(source, told=refused.defect), member.name)
        else:
            self._take(source, member.name, begin)

    def _unknown(self, source: Source, own: str) -> None:
        if left_behind(own):
            self.aside.append(Aside(source.name, LEFT_BEHIND))
        else:
            self._add(source, kind_by_name(own, self.kinds))


def _source(path: Path) -> Source:
    real = _state(path)
    size = min(real.st_size, most_bytes(real))
    return Source(shown(path), path.absolute(), size=size)


def _state(path: Path) -> os.stat_result:
    """What kind of file stands there. Raises UnreadablePath."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadablePath(f"There is no file or folder {str(path)!r}.") from None
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None


def _begin(source: Source) -> bytes:
    """How an input begins, so far that it can be told what it is. Raises UnreadablePath, Refused."""
    with source.open() as stream:
        begin = _read(stream, GLANCE)
        return begin if is_told(begin) else begin + _read(stream, MIB)


def _read(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, or what there is."""
    pieces: list[bytes] = []
    while size and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
