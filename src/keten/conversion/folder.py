"""The folder that a conversion writes to: nothing appears in it before all is finished."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keten.core import FolderInUse

FIGURES = "conversion.json"
"""Tells that a folder holds a conversion, and which messages belong to it."""

WORK = ".work"


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A place within the folder for what is not finished; it is gone afterwards. Raises FolderInUse."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / FIGURES).is_file() and any(path.name != WORK for path in folder.iterdir()):
        raise FolderInUse(f"The folder {folder} holds something that is no conversion.")
    shutil.rmtree(folder / WORK, ignore_errors=True)
    (folder / WORK).mkdir()
    try:
        yield folder / WORK
    finally:
        shutil.rmtree(folder / WORK, ignore_errors=True)


def publish(made: Path, folder: Path) -> None:
    """Put the messages that are finished in the place of those of an earlier conversion."""
    if (folder / FIGURES).is_file():
        for message in json.loads((folder / FIGURES).read_text(encoding="utf-8"))["messages"]:
            (folder / message["name"]).unlink(missing_ok=True)
    for path in sorted(made.rglob("*.xml")):
        target = folder / path.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
