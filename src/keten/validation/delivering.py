"""Hands out reports and files: on screen, in one file, or one for each message; each is there as a whole or not at all."""

import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from keten.core import UsageError
from keten.messages import Source
from keten.validation.forms import ENDINGS, FORMS, ONE_EACH
from keten.validation.report import Report

ODD = re.compile(r"[^A-Za-z0-9._-]+")
MOST_STEM = 80
ZIP = ".zip"
ASK_FOLDER = "Give --out a folder, or a file whose name ends in .zip."

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that members of a zip file bear, so that the same reports give the same bytes."""


def spare(sources: Iterable[Source], out: Path) -> None:
    """Raises UsageError when the file to write is one of those to read, which would be lost."""
    if out.exists() and any(one.path is not None and one.path.samefile(out) for one in sources):
        raise UsageError(f"{out} is one of the files to read.", hint="Give another --out.")


def hand_out(form: str, reports: Iterable[Report], sources: Sequence[Source], out: Path | None) -> None:
    """Hand out reports on sources, one each, in a form: on screen, in a file, or one by one in a folder or zip file.

    `out` is a folder when it is there as one, or when a form that tells of one message only has more to tell; a zip file
    by the end of its name. Raises UsageError when so many reports have no place there.
    """
    apart = form in ONE_EACH and len(sources) > 1
    names = file_names(sources, form if form == ENDINGS[form] else f"{form}.{ENDINGS[form]}")
    if out is not None and out.suffix.lower() == ZIP and not out.is_dir():
        _zip(form, reports, names, out)
    elif out is not None and (out.is_dir() or (apart and not out.suffix and not out.exists())):
        for report, name in zip(reports, names, strict=False):
            write_text(FORMS[form]([report]), out / name)
    elif apart:
        raise UsageError(f"A {form} is about one message, and there are {len(sources)}.", hint=ASK_FOLDER)
    else:
        write_text(FORMS[form](reports), out)


def write_text(pieces: Iterable[str], out: Path | None) -> None:
    """Write text to a file, or on screen. Raises UsageError when the file cannot be written."""
    if out is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return
    with writing_whole(out) as stream:
        for piece in pieces:
            stream.write(piece.encode())


def _zip(form: str, reports: Iterable[Report], names: list[str], out: Path) -> None:
    with writing_whole(out) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for report, name in zip(reports, names, strict=False):
            with archive.open(zipfile.ZipInfo(name, FIRST_DAY), "w", force_zip64=True) as member:
                for piece in FORMS[form]([report]):
                    member.write(piece.encode())


def file_names(sources: Sequence[Source], ending: str) -> list[str]:
    """A name for a file about each source: its number, what is plain of its own name, and an ending."""
    return [f"{number:04}-{_stem(source)}.{ending}" for number, source in enumerate(sources, 1)]


def _stem(source: Source) -> str:
    stem = ODD.sub("-", PurePosixPath(source.name.replace("\\", "/")).stem).strip(".-")
    return stem[:MOST_STEM] or "message"


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write; it bears its name only when all of it was written. Raises UsageError when it cannot be.

    A device or a pipe is written to as it is.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        as_it_is = path.exists() and not path.is_file()
        part = path if as_it_is else path.with_name(path.name + ".part")
        stream = part.open("wb")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", hint="Give another --out.") from None
    try:
        with stream:
            yield stream
        part.replace(path)
    finally:
        if not as_it_is:
            part.unlink(missing_ok=True)
