"""Where tasks run: in processes on this machine."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

POLARS_THREADS = "POLARS_MAX_THREADS"


@contextmanager
def executor(jobs: int) -> Iterator[Executor]:
    """Processes that run tasks side by side, each on one core."""
    before = os.environ.get(POLARS_THREADS)
    os.environ[POLARS_THREADS] = "1"  # the processes take it over when they start
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool
    finally:
        os.environ.pop(POLARS_THREADS) if before is None else os.environ.update({POLARS_THREADS: before})
