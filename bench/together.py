"""The memory that processes hold together, a page that several use counted once. Only Linux tells; elsewhere it is 0."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
KIB_IN_MIB = 1024
INTERVAL = 0.1
"""Seconds between two looks."""


class Memory:
    """The most MiB that all processes this one started held at one moment, as far as the looks show."""

    def __init__(self) -> None:
        self.mebibytes = 0.0

    def watch(self, ended: Event) -> None:
        """Look until it has ended."""
        while not ended.wait(INTERVAL):
            self.mebibytes = max(self.mebibytes, sum(map(_held, _started_by(os.getpid()))) / KIB_IN_MIB)


@contextmanager
def watched() -> Iterator[Memory]:
    """Watches the memory of what is started within."""
    memory, ended = Memory(), Event()
    watcher = Thread(target=memory.watch, args=(ended,))
    watcher.start()
    try:
        yield memory
    finally:
        ended.set()
        watcher.join()


def _started_by(root: int) -> list[int]:
    """All processes that came from this one."""
    children = defaultdict(list)
    for place in PROC.glob("[0-9]*"):
        parent = _parent(place)
        if parent is not None:
            children[parent].append(int(place.name))
    family = [*children[root]]
    for process in family:
        family += children[process]
    return family


def _parent(place: Path) -> int | None:
    """The parent of a process; None when it ended meanwhile."""
    try:
        stat = (place / "stat").read_text(encoding="utf-8")
    except OSError:
        return None
    return int(stat.rpartition(")")[2].split()[1])  # the name, in brackets, may hold anything


def _held(process: int) -> int:
    """KiB of a process, a page that others use too in part; 0 when it ended meanwhile."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
