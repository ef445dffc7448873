"""Where tasks run: in processes on this machine, or on the machines of a cluster."""

import multiprocessing
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from keten.core import UsageError
from keten.core.tasks import Pool

OF_WORKERS: Mapping[str, str] = {
    "POLARS_MAX_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(128 << 10),
}
"""What workers find in their environment: one core each, and an allocator (glibc's) that gives large blocks back at once.
Without the latter a worker that reads many messages keeps three times what it needs."""

TIMEOUT = 10
"""Seconds that a cluster may take to answer."""


class NoCluster(UsageError):
    """No cluster answers at an address, or it has no workers."""

    hint = "Start one with `dask scheduler` and, on each machine, `dask worker`; see docs/clusters.md."


@contextmanager
def executor(jobs: int, cluster: str | None = None) -> Iterator[Pool]:
    """Processes that run tasks side by side, each on one core; those of a cluster, if its address is given.

    Raises NoCluster.
    """
    with _cluster(cluster) if cluster else _processes(jobs) as pool:
        yield pool


@contextmanager
def _processes(jobs: int) -> Iterator[Pool]:
    """Processes of this machine."""
    before = {name: os.environ.get(name) for name in OF_WORKERS}
    os.environ.update(OF_WORKERS)  # the processes take it over when they start
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as processes:
            yield Pool(processes, jobs)
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def _cluster(address: str) -> Iterator[Pool]:
    """The workers of a cluster that is running. Raises NoCluster."""
    # loaded here, for it takes half a second, which only those with a cluster should wait
    from distributed import Client  # noqa: PLC0415
    from distributed.comm.addressing import resolve_address  # noqa: PLC0415

    try:
        resolve_address(address)  # a client of an address that is none would take long to end
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(f"No cluster answers at {address!r}: {error}.") from error
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise NoCluster(f"The cluster at {address!r} has no workers.")
        yield Pool(client.get_executor(), workers)
