"""The program as a user starts it: a small process waits for the one that works, and tells the truth however that ends.

A system that runs out of memory ends a process in ways that nothing within it can answer: Rust aborts, OpenBLAS leaves with
1 (which says invalid), Linux kills. Who only hears a verdict that was handed over cannot take any of these for one.
"""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from keten.cli.app import COULD_NOT_JUDGE, main
from keten.core.dying import die_with_parent

STOP = (signal.SIGINT, signal.SIGTERM)
ENDED = (
    "The work was ended from outside ({}); memory may have run out. There is no verdict.\n"
    "Run it with fewer --jobs, or on a machine with more memory.\n"
)


def supervised() -> NoReturn:
    """Run a command in a process of its own; end with its exit code, or with 3 where it could not hand one over."""
    if sys.platform != "linux":  # elsewhere a process cannot be sure to end with the one that started it
        main()
    reading, writing = os.pipe()
    watcher = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)  # until both know what to do then
    worker = os.fork()
    if not worker:
        os.close(reading)
        _work(watcher, writing)
    os.close(writing)
    sys.exit(_watch(worker, reading))


def _work(watcher: int, verdict: int) -> NoReturn:
    """What the process that works does: the command, and at its end the exit code to whoever watches."""
    die_with_parent()
    if os.getppid() != watcher:  # it has gone already
        os._exit(COULD_NOT_JUDGE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both: the watcher hands it on, once
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
    try:
        main()
    except SystemExit as ended:
        os.write(verdict, bytes([int(ended.code or 0)]))
        raise
    raise AssertionError("a command ends with an exit code")


def _watch(worker: int, verdict: int) -> int:
    """Wait for the end of the command, and hand on to it what this process is told; the exit code."""

    def hand_on(_number: int, _frame: FrameType | None) -> None:
        os.kill(worker, signal.SIGTERM)

    for one in STOP:
        signal.signal(one, hand_on)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
    _, status = os.waitpid(worker, 0)
    told = os.read(verdict, 1)
    if told:
        return told[0]
    code = os.waitstatus_to_exitcode(status)
    what = f"signal {signal.Signals(-code).name}" if code < 0 else f"it left with {code}"
    os.write(2, ENDED.format(what).encode())
    return COULD_NOT_JUDGE
