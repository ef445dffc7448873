"""Files that are handed out: their names, and that each is there as a whole or not at all."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from keten.core import UsageError
from keten.messages import Source

ODD = re.compile(r"[^A-Za-z0-9._-]+")
MOST_STEM = 80


def file_names(sources: Sequence[Source], ending: str) -> list[str]:
    """A name for a file about each source: its number, what is plain of its own name, and an ending."""
    return [f"{number:04}-{_stem(source)}.{ending}" for number, source in enumerate(sources, 1)]


def _stem(source: Source) -> str:
    stem = ODD.sub("-", PurePosixPath(source.name.replace("\\", "/")).stem).strip(".-")
    return stem[:MOST_STEM] or "message"


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write; it bears its name only when all of it was written. Raises UsageError when it cannot be."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = part.open("wb")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", hint="Give another --out.") from None
    try:
        with stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
