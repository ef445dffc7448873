"""Copies files and hashes them on the way: what is read of the copy is what was hashed, whoever is at work there."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from pydantic import Field

from keten.core import reason_of
from keten.core.data import Given
from keten.core.files import PRIVATE_FILE
from keten.core.tasks import Pool, Tell, run

FILES_IN_TASK, STEP = 200, 1 << 20

Pair = tuple[Path, Path]
"""A file, and where its copy comes."""


class Digest(Given):
    """What a file held: how many bytes, and their hash."""

    bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Unread(Exception):
    """Why a file could not be read."""


def copied(pairs: Sequence[Pair], pool: Pool, tell: Tell, step: str) -> list[Digest | str]:
    """Copy plain files; what each held, or in words why it could not be read.

    Links are not followed, and nothing is read that has no end. The folders of the copies must be there.
    """
    parts = [pairs[first : first + FILES_IN_TASK] for first in range(0, len(pairs), FILES_IN_TASK)]
    done = run(pool, tell, step, _copy_all, ((part,) for part in parts), count=len(parts))
    return [one for part in done for one in part]


def _copy_all(pairs: Sequence[Pair]) -> list[Digest | str]:
    return [copy(file, target) for file, target in pairs]


def copy(file: Path, target: Path) -> Digest | str:
    """Copy a plain file; what it held, or in words why it could not be read. Raises OSError when it cannot be written."""
    hashed, size = sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as written:
        try:
            for piece in _pieces(file):
                hashed.update(piece)
                size += len(piece)
                written.write(piece)
        except Unread as why:
            return str(why)
    return Digest(bytes=size, sha256=hashed.hexdigest())


def _pieces(file: Path) -> Iterator[bytes]:
    """What is in a plain file. Raises Unread, also for one that grows meanwhile."""
    with _opened(file) as stream:
        left = os.fstat(stream.fileno()).st_size
        while piece := _read(stream):
            left -= len(piece)
            if left < 0:
                raise Unread("it grew while it was read")
            yield piece


def _read(stream: BinaryIO) -> bytes:
    try:
        return stream.read(STEP)
    except OSError as error:
        raise Unread(reason_of(error)) from None


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """A plain file, open for reading. Raises Unread."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise Unread("it is a link" if file.is_symlink() else reason_of(error)) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unread("it is no plain file")
    with os.fdopen(descriptor, "rb") as stream:
        yield stream
