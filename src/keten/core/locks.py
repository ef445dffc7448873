"""A lock on a folder: one run at a time works in it, and who comes second is told. It ends with its process."""

import fcntl
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "lock"


class Locked(Exception):  # never shown: whoever meets it knows what the folder is, and says so
    """Another run is at work in the folder: its message says which."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder that is there. Raises Locked, OSError."""
    descriptor = _take(folder / LOCK)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()} on {platform.node()}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def is_locked(folder: Path) -> bool:
    """Whether a run is at work in a folder."""
    try:
        os.close(_take(folder / LOCK))
    except Locked:
        return True
    except OSError:
        return False
    return False


def _take(path: Path) -> int:
    """The open lock, which is ours. One that was removed while we waited for it is no lock any more."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 200, 0).decode(errors="replace")
            os.close(descriptor)
            raise Locked(holder or "another process") from None
        except OSError:
            os.close(descriptor)
            raise
        if path.exists() and os.fstat(descriptor).st_ino == path.stat().st_ino:
            return descriptor
        os.close(descriptor)
