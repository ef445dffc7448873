"""Workers that are processes of this machine."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from multiprocessing.context import SpawnContext, SpawnProcess

from keten.bootstrap.ending import end_with
from keten.core import KetenError
from keten.core.tasks import Pool

OF_WORKERS: Mapping[str, str] = {
    "POLARS_MAX_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(128 << 10),
}
"""What workers find in their environment: one core each, and an allocator (glibc's) that gives large blocks back at once.
Without the latter a worker that reads many messages keeps three times what it needs."""


class WorkerLost(KetenError):
    """A process that worked on a task was killed, mostly by a machine that ran out of memory."""

    hint = "Run it with fewer --jobs, or on a machine with more memory."


class _Worker(SpawnProcess):
    """A process that ends when whoever started it does, and that does not hear Ctrl-C: they do, and end it."""

    def start(self) -> None:
        self.parent = os.getpid()
        self.by_main = threading.current_thread() is threading.main_thread()
        with _environment(), _deaf() if self.by_main else nullcontext():
            super().start()

    def run(self) -> None:
        """In the process itself: all that it does."""
        end_with(self.parent, at_once=self.by_main)
        super().run()


@contextmanager
def _environment() -> Iterator[None]:
    """What workers find in theirs: a process takes it over as it starts, there is no other way to hand it some."""
    before = {name: os.environ.get(name) for name in OF_WORKERS}
    os.environ.update(OF_WORKERS)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def _deaf() -> Iterator[None]:
    """A process that starts now does not hear Ctrl-C. Only the main thread may say what becomes of a signal."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


class _Workers(SpawnContext):
    """Starts them."""

    Process = _Worker


@contextmanager
def processes(jobs: int) -> Iterator[Pool]:
    """So many, each on one core. If the work is given up they end at once. Raises WorkerLost."""
    try:
        with ProcessPoolExecutor(jobs, mp_context=_Workers()) as pool, _ended(pool):
            yield Pool(pool, jobs)
    except BrokenProcessPool:
        raise WorkerLost("A process that worked on this was killed; memory may have run out.") from None


@contextmanager
def _ended(pool: ProcessPoolExecutor) -> Iterator[None]:
    """Ends the workers when the work is given up: nobody waits for what they have in hand."""
    try:
        yield
    except BaseException:
        for worker in multiprocessing.active_children():
            if isinstance(worker, _Worker):
                worker.terminate()
        # what still waits to be sent has no reader any more, and this process would wait for one at its end
        pool._call_queue.cancel_join_thread()  # type: ignore[attr-defined]
        raise
