"""Places for what is needed only while a command runs: nobody else may look into them, and what was left is cleared."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from keten.core.locks import is_locked, locked

NAME = "keten-{}"
"""The folder of a user among the temporary files (TMPDIR)."""

RUN, BEGUN, GONE = "run-", "begun-", "gone-"
"""A folder bears the first name only when it is locked, so that no other run clears it; the last, while it is removed."""


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for temporary files of this run; it is gone afterwards, and so is what killed runs of this user left."""
    home = _home()
    for left in (*home.glob(f"{RUN}*"), *home.glob(f"{GONE}*")):
        _clear(left)
    begun = Path(tempfile.mkdtemp(prefix=BEGUN, dir=home))
    with locked(begun):
        own = begun.rename(begun.with_name(begun.name.replace(BEGUN, RUN)))
        try:
            yield own
        finally:
            _remove(own)


def _home() -> Path:
    """The folder of this user; a new one each time where somebody else made one of that name first."""
    home = Path(tempfile.gettempdir()).absolute() / NAME.format(os.getuid())
    with suppress(FileExistsError):
        home.mkdir(0o700)
    state = home.lstat()
    if home.is_symlink() or not home.is_dir() or state.st_uid != os.getuid() or state.st_mode & 0o077:
        return Path(tempfile.mkdtemp(prefix=NAME.format("")))
    return home


def _clear(left: Path) -> None:
    """Remove the folder of a run that is no more."""
    if left.is_dir() and not left.is_symlink() and not is_locked(left):
        _remove(left)


def _remove(folder: Path) -> None:
    """Remove a folder; a worker that has not yet ended with its run, and still writes, finds it no more."""
    with suppress(OSError):  # another run removes it as well
        shutil.rmtree(folder.rename(folder.with_name(f"{GONE}{token_hex(8)}")), ignore_errors=True)
