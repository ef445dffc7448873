"""Workers that are those of a Dask cluster, on other machines (docs/clusters.md)."""

from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client
from distributed.comm.addressing import resolve_address
from distributed.scheduler import KilledWorker

from keten.bootstrap.processes import WorkerLost
from keten.core import UsageError
from keten.core.tasks import Pool

TIMEOUT = 10
"""Seconds that a cluster may take to answer."""


class NoCluster(UsageError):
    """No cluster answers at an address, or it has no workers."""

    hint = "Start one with `dask scheduler` and, on each machine, `dask worker`; see docs/clusters.md."


@contextmanager
def workers(address: str) -> Iterator[Pool]:
    """The workers of a cluster that is running. Raises NoCluster, WorkerLost."""
    with _client(address) as client:
        count = sum(client.nthreads().values())
        if not count:
            raise NoCluster(f"The cluster at {address!r} has no workers.")
        try:
            yield Pool(client.get_executor(), count)
        except KilledWorker:
            raise WorkerLost(
                "A task ended every worker of the cluster that took it; memory may have run out."
            ) from None


def _client(address: str) -> Client:
    """Who speaks to the cluster. Raises NoCluster."""
    try:
        resolve_address(address)  # a client of an address that is none would take long to end
        return Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(f"No cluster answers at {address!r}: {error}.") from error
