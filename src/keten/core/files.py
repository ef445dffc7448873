"""Files to write, each there as a whole or not at all, never in the place of what was given to read."""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from keten.core.errors import UsageError, reason_of
from keten.core.marks import belongs_to

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
"""What is told about people is for the eyes of who asked for it, whatever the umask."""


PART = ".keten-{}.part"
"""What a file is called until all of it is written."""


class NotWritable(UsageError):
    """A file cannot be written there, or must not be."""

    hint = "Give another --out."


def spare(out: Path, inputs: Iterable[Path]) -> None:
    """Raises NotWritable when a file to write is one of those to read, by whatever name, or part of another result."""
    if not out.exists():
        return
    if any(one.exists() and one.samefile(out) for one in inputs):
        raise NotWritable(f"{out} is one of the files to read.")
    if owner := belongs_to(out):
        raise NotWritable(f"{out} belongs to the {owner.kind} in {owner.folder}.")


@contextmanager
def writing_whole(path: Path, inputs: Iterable[Path] = ()) -> Iterator[BinaryIO]:
    """A file to write, which only its owner may read; it bears its name only when all of it was written.

    A device or a pipe is written to as it is. Folders above are made. Raises NotWritable when it cannot be, would replace
    one of the inputs, or is a link: what stands behind that is not what was named.
    """
    try:
        spare(path, inputs)
        if path.exists() and _is_device(path):
            with path.open("wb") as stream:
                yield stream
            return
        _refuse(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path.parent)
        part = path.with_name(PART.format(secrets.token_hex(8)))
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE_FILE)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except (OSError, ValueError) as error:
        raise NotWritable(f"{path} cannot be written: {reason_of(error)}.") from None
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Remove what killed runs began to write in a folder; what one is still writing is locked."""
    for left in folder.glob(PART.format("*")):
        with suppress(OSError):
            descriptor = os.open(left, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
            finally:
                os.close(descriptor)


def _is_device(path: Path) -> bool:
    """Whether a path leads to no file and no folder, but a terminal or a pipe; /dev/stdout counts, wherever it leads to."""
    kind = path.stat().st_mode
    return path.is_relative_to("/dev") or not (stat.S_ISREG(kind) or stat.S_ISDIR(kind))


def _refuse(path: Path) -> None:
    """Raises NotWritable for a link or a folder, and OSError or ValueError for a name that no file can have."""
    try:
        kind = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(kind):
        raise NotWritable(f"{path} is a link; it would be followed.")
    if stat.S_ISDIR(kind):
        raise NotWritable(f"{path} is a folder.", hint="Give --out the name of a file.")
