"""Where tasks run: in processes on this machine, or on the machines of a cluster."""

from contextlib import AbstractContextManager
from pathlib import Path

from keten.bootstrap.processes import processes
from keten.core.tasks import Pool


def executor(jobs: int, cluster: str | None = None, certificates: Path | None = None) -> AbstractContextManager[Pool]:
    """Workers, to be used within: so many processes, or those of the cluster whose address is given.

    `certificates`: the folder with those by which the cluster and its user know each other. Raises WorkerLost, NoCluster,
    UnsafeCluster.
    """
    if cluster is None:
        return processes(jobs)
    from keten.bootstrap.cluster import workers  # noqa: PLC0415 - it takes half a second, which only clusters are worth

    return workers(cluster, certificates)
