"""Opens pipes and devices, without waiting for ever for somebody who writes to them."""

import errno
import os
import select
import stat
from pathlib import Path
from typing import BinaryIO, cast

LONGEST_WAIT = 5_000
"""Milliseconds that a pipe may stand open with nobody who writes to it."""


def open_pipe(path: Path) -> BinaryIO:
    """A pipe or device, opened for reading. Raises OSError, also when nobody writes to it."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    stream = os.fdopen(descriptor, "rb", buffering=0)
    try:
        if stat.S_ISFIFO(os.fstat(descriptor).st_mode) and not _written_to(descriptor):
            raise TimeoutError(errno.ETIMEDOUT, "it is a pipe, and nobody writes to it")
        os.set_blocking(descriptor, True)
    except OSError:
        stream.close()
        raise
    return cast("BinaryIO", stream)


def _written_to(descriptor: int) -> bool:
    """Whether somebody writes to a pipe, or has written to it."""
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    if waiting.poll(LONGEST_WAIT):
        return True
    try:
        return bool(os.read(descriptor, 1))
    except BlockingIOError:
        return True
