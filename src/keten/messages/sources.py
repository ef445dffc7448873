"""Where messages come from: files, folders, zip files and standard input."""

import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from keten.core import UsageError

STDIN = "-"
MESSAGE, ARCHIVE = ".xml", ".zip"


class UnreadablePath(UsageError):
    """A path that does not exist or may not be read."""

    hint = "Check the path and your rights to read it."


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name as the user knows it, and how to open it for reading, once."""

    name: str
    open: Callable[[], AbstractContextManager[BinaryIO]]


def find_sources(paths: Iterable[str]) -> Iterator[Source]:
    """The inputs that the paths stand for: a folder for all .xml and .zip files below it, a zip file for what is in it.

    Raises UnreadablePath. An archive that cannot be read is an input like any other: it will not be XML.
    """
    for path in paths:
        if path == STDIN:
            yield Source(STDIN, lambda: nullcontext(sys.stdin.buffer))
        elif Path(path).is_dir():
            for file in sorted(Path(path).rglob("*")):
                if file.suffix.lower() in (MESSAGE, ARCHIVE) and file.is_file():
                    yield from _of_file(file)
        elif Path(path).is_file():
            yield from _of_file(Path(path))
        else:
            raise UnreadablePath(f"There is no file or folder {path!r}.")


def _of_file(path: Path) -> Iterator[Source]:
    if path.suffix.lower() != ARCHIVE or not zipfile.is_zipfile(path):
        yield Source(str(path), lambda: _opened(path))
        return
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    for member in members:
        yield Source(f"{path}/{member.filename}", _of_member(path, member.filename))


def _of_member(path: Path, name: str) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return lambda: cast("AbstractContextManager[BinaryIO]", zipfile.ZipFile(path).open(name))


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadablePath(f"{path} cannot be read: {error.strerror}.") from None
