"""Hands out reports and files: on screen, in one file, or one for each message; each is there as a whole or not at all."""

import os
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from keten.core import FolderInUse, UsageError
from keten.core.files import writing_whole
from keten.core.folders import filling
from keten.core.plain import plain
from keten.messages import Source
from keten.validation.forms import ENDINGS, FORMS, ONE_EACH
from keten.validation.report import Report

ODD = re.compile(r"[^A-Za-z0-9._-]+")
MOST_STEM = 80
ZIP = ".zip"
KIND = "judgement"
"""What a folder with reports and replies holds, in a word."""
ASK_FOLDER = "Give --out a folder, or a file whose name ends in .zip."

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that members of a zip file bear, so that the same reports give the same bytes."""


def files_of(sources: Iterable[Source], *more: Path | None) -> list[Path]:
    """The files that are read, which nothing may be written onto."""
    return [one for one in (*(source.path for source in sources), *more) if one is not None]


def hand_out(
    form: str, reports: Iterable[Report], sources: Sequence[Source], out: Path | None, inputs: Iterable[Path] = ()
) -> None:
    """Hand out reports on sources, one each, in a form: on screen, in a file, or one by one in a folder or zip file.

    `out` is a folder when it is there as one, or when a form that tells of one message only has more to tell; a zip file
    by the end of its name. Raises UsageError when so many reports have no place there, or it is one of the `inputs`.
    """
    apart = form in ONE_EACH and len(sources) > 1
    names = file_names(sources, form if form == ENDINGS[form] else f"{form}.{ENDINGS[form]}")
    if out is not None and out.suffix.lower() == ZIP and not out.is_dir():
        _zip(form, reports, names, out, inputs)
    elif out is not None and (out.is_dir() or (apart and not out.suffix and not out.exists())):
        with filing(out, names, inputs) as new:
            for report, name in zip(reports, names, strict=False):
                write_text(FORMS[form]([report]), new / name)
    elif apart:
        raise UsageError(f"A {form} is about one message, and there are {len(sources)}.", hint=ASK_FOLDER)
    else:
        write_text(FORMS[form](reports), out, inputs)


@contextmanager
def filing(folder: Path, names: Sequence[str], inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Where to write files of these names, which then stand in a folder, beside whatever else is in it.

    Those that keten wrote there before are replaced. Raises UsageError when one is an input, or of somebody else.
    """
    known = frozenset(names)
    with filling(folder, KIND, (one for one in inputs if one.name in known), beside_others=True, adding=True) as draft:
        earlier = draft.earlier.files if draft.earlier else frozenset()
        if taken := next(
            (name for name in names if name not in earlier and os.path.lexists(draft.folder / name)), None
        ):
            raise FolderInUse(
                f"{plain(str(folder / taken))} is in the way: keten did not write it.", hint="Give another --out."
            )
        yield draft.new


def write_text(pieces: Iterable[str], out: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Write text to a file that is none of the inputs, or on screen. Raises UsageError when it cannot be written."""
    if out is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return
    with writing_whole(out, inputs) as stream:
        for piece in pieces:
            stream.write(piece.encode())


def _zip(form: str, reports: Iterable[Report], names: list[str], out: Path, inputs: Iterable[Path]) -> None:
    with writing_whole(out, inputs) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
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
