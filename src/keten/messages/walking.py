"""Goes through a folder: all files below it, links included, each folder once."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from keten.core import UsageError, reason_of
from keten.core.marks import WORK

NO_FILE = "It is no file, but a pipe, a socket or a device."
UNFINISHED = "A command of keten keeps there what it has not finished."
AGAIN = "It is a link to what is read anyway, or to a folder around this one."

Real = tuple[int, int]
"""By which a file or folder is known, whatever its names: its device and its number there."""


class UnreadablePath(UsageError):
    """A path that does not exist or may not be read."""

    hint = "Check the path and your rights to read it."


@dataclass(slots=True)
class Walk:
    """What was found below a folder: `files`, and what is none, with the reason (`aside`).

    `seen` are the folders and files that were reached, and the folders around: a link is followed, but nothing is read
    twice because of one.
    """

    seen: set[Real]
    files: list[Path] = field(default_factory=list)
    aside: dict[Path, str] = field(default_factory=dict)

    def into(self, folder: Path) -> Iterator[Path]:
        """Go through a folder and those below it; the links in them are handed back, not followed. Raises UnreadablePath."""
        folders = [folder]
        while folders:
            here = folders.pop()
            for entry in _entries(here):
                path = here / entry.name
                if entry.name == WORK:
                    self.aside[path] = UNFINISHED
                elif entry.is_symlink():
                    yield path
                else:
                    folders += self._take(path, path.stat())

    def follow(self, link: Path) -> Iterator[Path]:
        """Go where a link leads to; further links are handed back. Raises UnreadablePath when it leads nowhere."""
        try:
            real = link.stat()
        except OSError as error:
            hint = "Remove the link, or put there what it should lead to."
            raise UnreadablePath(
                f"{shown(link)} is a link that leads nowhere: {reason_of(error)}.", hint=hint
            ) from None
        if (real.st_dev, real.st_ino) in self.seen:
            self.aside[link] = AGAIN
            return
        for folder in self._take(link, real):
            yield from self.into(folder)

    def _take(self, path: Path, real: os.stat_result) -> list[Path]:
        """Note a file or what is none; a folder is handed back."""
        known = (real.st_dev, real.st_ino)
        if stat.S_ISDIR(real.st_mode):
            again = known in self.seen
            self.seen.add(known)
            return [] if again else [path]
        if stat.S_ISREG(real.st_mode):
            self.seen.add(known)
            self.files.append(path)
        else:
            self.aside[path] = NO_FILE
        return []


def walk(folder: Path) -> Walk:
    """All that is below a folder, in the order of its names. Raises UnreadablePath, or some would be left out."""
    found = Walk({_real(one) for one in (folder.resolve(), *folder.resolve().parents)})
    links = sorted(found.into(folder))
    while links:
        links = sorted(further for link in links for further in found.follow(link))
    found.files.sort()
    return found


def shown(path: Path | str) -> str:
    r"""A path for people: bytes of its name that are no text are spelled out, as \xff."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _real(path: Path) -> Real:
    try:
        real = path.stat()
    except OSError as error:
        raise unreadable(path, error) from None
    return real.st_dev, real.st_ino


def unreadable(path: Path | str, error: Exception) -> UnreadablePath:
    """What to raise when a file or folder cannot be read."""
    return UnreadablePath(f"{shown(path)} cannot be read: {reason_of(error)}.")


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise unreadable(folder, error) from None
