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
    """A place within the folder for what is not finished, as an absolute path; it is gone afterwards. Raises FolderInUse."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderInUse(f"The folder {folder} cannot be made: {error.strerror}.") from None
    if not (folder / FIGURES).is_file() and any(path.name != WORK for path in folder.iterdir()):
        raise FolderInUse(f"The folder {folder} holds something that is no conversion.")
    shutil.rmtree(folder / WORK, ignore_errors=True)
    (folder / WORK).mkdir()
    try:
        yield (folder / WORK).absolute()
    finally:
        shutil.rmtree(folder / WORK, ignore_errors=True)


def publish(made: Path, folder: Path) -> None:
    """Put the messages that are finished in the place of those of an earlier conversion.

    Until the figures are handed over, the folder says that it is unfinished and which messages may stand in it.
    """
    made.mkdir(exist_ok=True)
    names = [path.relative_to(made).as_posix() for path in sorted(made.rglob("*.xml"))]
    earlier = _messages(folder)
    listed = [{"name": name} for name in sorted({*earlier, *names})]
    (made / FIGURES).write_text(json.dumps({"unfinished": True, "messages": listed}), encoding="utf-8")
    (made / FIGURES).replace(folder / FIGURES)
    for name in earlier:
        (folder / name).unlink(missing_ok=True)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).rename(folder / name)


def _messages(folder: Path) -> list[str]:
    """The names of the messages of an earlier conversion, and of what a rehearsal planted in it."""
    if not (folder / FIGURES).is_file():
        return []
    earlier = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
    return [*(one["name"] for one in earlier["messages"]), *earlier.get("planted", {}).get("files", [])]
