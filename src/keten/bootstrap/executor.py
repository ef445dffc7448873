"""Where tasks run: in processes on this machine."""

import multiprocessing
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from keten.core.tasks import Pool

OF_WORKERS: Mapping[str, str] = {
    "POLARS_MAX_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(128 << 10),
}
"""What workers find in their environment: one core each, and an allocator (glibc's) that gives large blocks back at once.
Without the latter a worker that reads many messages keeps three times what it needs."""


@contextmanager
def executor(jobs: int) -> Iterator[Pool]:
    """Processes that run tasks side by side, each on one core."""
    before = {name: os.environ.get(name) for name in OF_WORKERS}
    os.environ.update(OF_WORKERS)  # the processes take it over when they start
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as processes:
            yield Pool(processes, jobs)
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
