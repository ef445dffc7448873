"""Folders to fill: the new is made beside the old and takes its place as a whole, at the end; nothing of others is touched.

A folder bears a mark (`.keten.json`) that says what it holds and lists keten's files in it. While a command is at work, its
lock and all that is unfinished lie in `.keten-work`, which only the owner may look into. When all is made, a list of what
goes and what comes is written there, and only then the files change places: a run that is killed before it leaves the old
as it was, and what a run that is killed after it left is finished by the next one.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keten.core.errors import reason_of
from keten.core.files import PRIVATE_FILE, PRIVATE_FOLDER
from keten.core.locks import LOCK, Locked, locked
from keten.core.marks import MARK, WORK, FolderInUse, Mark, read_mark, write_mark

NEW, SCRATCH, EXCHANGE, GONE = "new", "scratch", "exchange.json", "gone-"


@dataclass(frozen=True, slots=True)
class Draft:
    """A folder that is being filled: what is written below `new` will stand in `folder`; `scratch` is gone afterwards.

    `earlier` is what stands there now: the mark of a former run, if there was one. Paths are absolute.
    """

    folder: Path
    new: Path
    scratch: Path
    earlier: Mark | None


@contextmanager
def filling(
    folder: Path,
    kind: str,
    inputs: Iterable[Path] = (),
    *,
    beside_others: bool = False,
    adding: bool = False,
    private: bool = True,
) -> Iterator[Draft]:
    """Fill a folder with a result of this kind, a word such as conversion. If the work is given up, nothing changes there.

    The folder must be empty, or hold a result of the same kind; files of others beside that stay. `beside_others`: it may
    hold anything, for the files in it were asked for by name. `adding`: what a former run put there stays, but for what is
    made anew. `inputs` are the files that are read meanwhile: none of them may be one that is replaced. Files and folders
    are for the owner alone; if they are not `private`, as the umask has it.

    Raises FolderInUse: it cannot be written to, holds something else, or another run is at work in it.
    """
    place = folder.absolute()
    made = _make(place)
    try:
        with _workplace(place) as work:
            earlier = _earlier(place, kind, beside_others=beside_others)
            _spare(place, earlier, inputs)
            draft = Draft(place, work / NEW, work / SCRATCH, earlier)
            for one in (draft.new, draft.scratch):
                one.mkdir(PRIVATE_FOLDER)
            yield draft
            _publish(draft, kind, work, adding=adding, private=private)
    finally:
        if made:
            with suppress(OSError):  # it holds what was made
                place.rmdir()


def within(folder: Path, name: str) -> Path:
    """The path of a file to write in a folder that is being filled; the folders between are made.

    Raises FileNotFoundError when the folder itself is gone: the work was given up, and nobody wants the file any more.
    """
    path = folder / name
    for above in reversed(path.parents):
        if folder in above.parents:
            above.mkdir(exist_ok=True)
    return path


def finished(folder: Path) -> None:
    """Raises FolderInUse when a run was killed while the files of a folder changed places: it may hold neither result."""
    if (folder / WORK / EXCHANGE).exists():
        raise FolderInUse(
            f"A command was stopped while it put its results into {folder}.",
            hint="Run that command again: it finishes them first.",
        )


def clear(folder: Path, kind: str) -> None:
    """Remove a result of this kind from a folder, and the folder if nothing else is in it; no result, nothing happens.

    Raises FolderInUse.
    """
    if read_mark(folder) is None:
        return
    with filling(folder, kind):
        pass
    (folder / MARK).unlink()
    with suppress(OSError):  # it holds something of others
        folder.rmdir()


def _make(place: Path) -> bool:
    """See to it that the folder is there; whether it had to be made."""
    try:
        if place.is_dir():
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir(PRIVATE_FOLDER)
    except (OSError, ValueError) as error:
        raise FolderInUse(
            f"The folder {place} cannot be made: {reason_of(error)}.", hint="Give another --out."
        ) from None
    return True


@contextmanager
def _workplace(place: Path) -> Iterator[Path]:
    """The locked place in the folder for what is not finished; what a former run left is finished or removed before."""
    work = place / WORK
    with ExitStack() as held:
        _enter(work, held)
        try:
            _recover(place, work)
            yield work
        finally:
            _recover(place, work)
            (work / LOCK).unlink()
            with suppress(OSError):  # another run has just begun there
                work.rmdir()


def _enter(work: Path, held: ExitStack) -> None:
    """Make the workplace and take its lock. Raises FolderInUse."""
    try:
        work.mkdir(PRIVATE_FOLDER, exist_ok=True)
        if work.is_symlink():
            raise FolderInUse(f"{work} is a link, where keten keeps what is not finished.")
        held.enter_context(locked(work))
    except Locked as other:
        raise FolderInUse(
            f"Another run of keten is at work in {work.parent}: {other}.", hint="Wait for it, or give another --out."
        ) from None
    except OSError as error:
        raise FolderInUse(f"The folder {work.parent} cannot be written to: {reason_of(error)}.") from None


def _earlier(place: Path, kind: str, *, beside_others: bool) -> Mark | None:
    """The mark of a former result. Raises FolderInUse when the folder holds something else."""
    mark = read_mark(place)
    if mark is None and not beside_others and any(one.name != WORK for one in place.iterdir()):
        raise FolderInUse(f"The folder {place} holds something that is no {kind} of keten.")
    if mark is not None and mark.kind != kind:
        raise FolderInUse(f"The folder {place} holds something else: a {mark.kind}, not a {kind}.")
    return mark


def _spare(place: Path, earlier: Mark | None, inputs: Iterable[Path]) -> None:
    """Raises FolderInUse when a file to read is one that will be replaced."""
    if earlier is None:
        return
    folders: dict[Path, Path] = {}
    base = place.resolve()
    for one in inputs:
        real = folders.setdefault(one.parent, one.parent.resolve()) / one.name
        if real.is_relative_to(base) and real.relative_to(base).as_posix() in earlier.files:
            raise FolderInUse(
                f"{one} is to be read, and would be replaced: it stands in {place}.", hint="Give another --out."
            )


def _publish(draft: Draft, kind: str, work: Path, *, adding: bool, private: bool) -> None:
    """Let the new take the place of the old. Raises FolderInUse when something of others stands in its way."""
    new = frozenset(one.relative_to(draft.new).as_posix() for one in draft.new.rglob("*") if not one.is_dir())
    old = draft.earlier.files if draft.earlier else frozenset()
    _room(draft.folder, old, new)
    new |= old if adding else frozenset()
    exchange = {"kind": kind, "private": private, "old": sorted(old), "new": sorted(new)}
    planned = work / f"{EXCHANGE}.part"
    planned.write_text(json.dumps(exchange), encoding="utf-8", errors="surrogateescape")
    planned.replace(work / EXCHANGE)
    _exchange(draft.folder, work, exchange)


def _room(folder: Path, old: frozenset[str], new: frozenset[str]) -> None:
    """Raises FolderInUse for a file of others, a link or a folder where a file of ours is to come or go."""
    for name in old | new:
        path = folder / name
        above = [one for one in path.parents if folder in one.parents]
        if any(one.is_symlink() for one in above):
            raise FolderInUse(f"{path} lies behind a link, which keten does not follow.")
        if (path.is_dir() and not path.is_symlink()) or (name not in old and os.path.lexists(path)):
            raise FolderInUse(f"{path} is in the way: it is not of keten.", hint="Move it, or give another --out.")


def _recover(place: Path, work: Path) -> None:
    """Finish an exchange that a former run began, and remove all that it left."""
    if (work / EXCHANGE).is_file():
        _exchange(place, work, json.loads((work / EXCHANGE).read_text(encoding="utf-8", errors="surrogateescape")))
    for one in work.iterdir():
        if one.is_dir() and not one.is_symlink():
            # renamed, so that a worker that still writes finds its folder no more
            shutil.rmtree(one.rename(work / f"{GONE}{secrets.token_hex(8)}"))
        elif one.name != LOCK:
            one.unlink()


def _exchange(folder: Path, work: Path, exchange: Mapping[str, Any]) -> None:
    """Take away what is old, put the new in place, and mark it: as much as is still to be done."""
    kind, old, new = str(exchange["kind"]), frozenset(exchange["old"]), frozenset(exchange["new"])
    for name in old - new:
        (folder / name).unlink(missing_ok=True)
        _prune(folder / name, folder)
    for name in sorted(new):
        if (work / NEW / name).exists():  # else it was moved before the run was stopped
            _move(work / NEW / name, folder / name, folder, private=exchange["private"])
    write_mark(Mark(folder, kind, new), work / MARK)
    if exchange["private"]:
        (work / MARK).chmod(PRIVATE_FILE)
    (work / MARK).replace(folder / MARK)
    (work / EXCHANGE).unlink()


def _prune(path: Path, folder: Path) -> None:
    """Remove the folders above a file that was taken away, as far as they are empty."""
    for one in path.parents:
        if one == folder:
            return
        try:
            one.rmdir()
        except OSError:
            return


def _move(made: Path, target: Path, folder: Path, *, private: bool) -> None:
    above = [one for one in target.parents if folder in one.parents]
    for one in reversed(above):
        one.mkdir(PRIVATE_FOLDER if private else 0o777, exist_ok=True)
    if private:
        made.chmod(PRIVATE_FILE)
    made.replace(target)
