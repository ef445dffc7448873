"""The mark of a folder that keten filled: what it is, and which files in it are keten's to replace."""

import json
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from keten.core.errors import UsageError

MARK = ".keten.json"
WORK = ".keten-work"
"""Holds what is not finished, while a command is at work."""

MOST_BYTES = 64 << 20


class FolderInUse(UsageError):
    """The folder to write to holds something that is not ours to replace, or cannot be written to."""

    hint = "Give an empty folder, or one that an earlier run of the same command filled."


@dataclass(frozen=True, slots=True)
class Mark:
    """What a folder holds, in a word, and the names of the files in it that are keten's, from the folder on."""

    folder: Path
    kind: str
    files: frozenset[str]


def read_mark(folder: Path) -> Mark | None:
    """The mark of a folder; None if it has none. Raises FolderInUse when there is something else of that name."""
    path = folder / MARK
    if not os.path.lexists(path):
        return None
    told = _told(path)
    kind, names = told.get("keten"), told.get("files")
    if not isinstance(kind, str) or not isinstance(names, list) or not all(map(_within, names)):
        raise _no_mark(path)
    return Mark(folder, kind, frozenset(names))


def write_mark(mark: Mark, path: Path) -> None:
    """Write a mark to a file, the same for the same result."""
    told = {"keten": mark.kind, "files": sorted(mark.files)}
    path.write_text(json.dumps(told, indent=0, ensure_ascii=False) + "\n", encoding="utf-8", errors="surrogateescape")


def belongs_to(file: Path) -> Mark | None:
    """The mark of the nearest folder above a file that is marked and lists it."""
    absolute = file.parent.resolve() / file.name
    for folder in absolute.parents:
        if (folder / MARK).is_file():
            mark = read_mark(folder)
            return mark if mark and absolute.relative_to(folder).as_posix() in mark.files else None
    return None


def _told(path: Path) -> dict[str, object]:
    """What stands in a mark; a link, something huge or no JSON is none."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise _no_mark(path)
        told = json.loads(path.read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, ValueError, RecursionError):
        raise _no_mark(path) from None
    return told if isinstance(told, dict) else {}


def _within(name: object) -> bool:
    """Whether a name leads to a place within the folder, and not to what keten needs there itself."""
    if not isinstance(name, str) or "\0" in name:
        return False
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and parts[0] not in (MARK, WORK)


def _no_mark(path: Path) -> FolderInUse:
    return FolderInUse(f"{path} is not the list of files that keten keeps there, so nothing in its folder is replaced.")
