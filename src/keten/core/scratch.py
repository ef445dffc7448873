"""Places for what is needed only while a command runs: nobody else may look into them, and what was left is cleared."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from keten.core.locks import is_locked, locked

NAME = "keten-{}"
"""The folder of a user among the temporary files (TMPDIR)."""

RUN, BEGUN = "run-", "begun-"
"""A folder bears the first name only when it is locked, so that no other run clears it."""


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for temporary files of this run; it is gone afterwards, and so is what killed runs of this user left."""
    home = _home()
    for left in home.glob(f"{RUN}*"):
        _clear(left)
    begun = Path(tempfile.mkdtemp(prefix=BEGUN, dir=home))
    with locked(begun):
        own = begun.rename(begun.with_name(begun.name.replace(BEGUN, RUN)))
        try:
            yield own
        finally:
            shutil.rmtree(own, ignore_errors=True)


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
        shutil.rmtree(left, ignore_errors=True)
