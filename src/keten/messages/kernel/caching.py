"""Where what numba compiled is kept: only where nobody else can put anything, for whoever writes there runs code here."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

BESIDE_THE_CODE = Path(__file__).parent / "__pycache__"
OF_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def _digest() -> str:
    """Stands for all that is compiled here: by itself numba sees no change in a file that a function calls into."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


def cache_folder(named: str) -> Path | None:
    """A folder to keep it in; None where none is safe and can be written to: then every run compiles anew.

    The best is that of NUMBA_CACHE_DIR, if it names one, then beside the code, at home, and among temporary files.
    """
    return next((folder for parent in _places(named) if (folder := _usable(parent))), None)


def _places(named: str) -> Iterator[Path]:
    """The folders that it could be kept below, the best first."""
    if named:
        yield Path(named)
    yield BESIDE_THE_CODE
    with suppress(RuntimeError):  # nobody knows where home is
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "keten"
    with suppress(OSError):  # no folder for temporary files can be written to
        yield Path(tempfile.gettempdir()) / f"keten-{os.geteuid()}"


def _usable(parent: Path) -> Path | None:
    """The folder below this one, made if need be; None if it cannot be written to, or others could put something in it."""
    try:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = parent.resolve() / f"kernel-{_digest()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if not (_is_private(folder) and all(_is_held(above) for above in folder.parents)):
            return None
        tempfile.TemporaryFile(dir=folder).close()
    except (OSError, RuntimeError):  # the latter for links that go round
        return None
    return folder


def _is_private(folder: Path) -> bool:
    """Whether it is a folder, no link, that belongs to this user and that no other may write to."""
    state = folder.lstat()
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.geteuid() and not state.st_mode & OF_OTHERS


def _is_held(folder: Path) -> bool:
    """Whether no other user may put something else in the place of what this one has in it."""
    state = folder.lstat()
    return state.st_uid in (0, os.geteuid()) and (not state.st_mode & OF_OTHERS or bool(state.st_mode & stat.S_ISVTX))
