"""The program's output when its reader leaves early (`keten ... | head -1`): the work goes on, the rest is read by nobody.

What a command does, and the exit code that says how it ended, must not depend on how much of its output was read.
"""

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Patient(io.FileIO):
    """An open file that takes what nobody reads any more; that it is full, it says once."""

    gone = False

    def write(self, data: "ReadableBuffer", /) -> int:
        """As any file; from the first failure on, as if all of it were written."""
        try:
            if not self.gone:
                return super().write(data)
        except OSError as error:
            self.gone = True
            if not isinstance(error, BrokenPipeError):
                raise
        return memoryview(data).nbytes


def let_readers_leave() -> None:
    """See to it that neither output nor errors of this process stop the work when their reader is gone, or never was."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by who started the program
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 it stays open to the end
        elif stream is getattr(sys, f"__{name}__"):  # and not what a test put there
            stream.flush()
            setattr(sys, name, _patient(stream))


def keep_input_taken() -> None:
    """See to it that no file of the work gets the number of a standard input that was closed: others would read it."""
    if sys.stdin is None:
        with suppress(OSError):  # it is somebody's already
            os.fstat(0)
            return
        os.open(os.devnull, os.O_RDONLY)


def _patient(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """A stream to the same place that is written to in the same way."""
    return io.TextIOWrapper(
        io.BufferedWriter(_Patient(stream.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering or stream.write_through,
    )
