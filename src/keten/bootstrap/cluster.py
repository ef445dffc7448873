"""Workers that are those of a Dask cluster, on other machines (docs/clusters.md)."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from ssl import SSLError

from distributed import Client
from distributed.comm.addressing import get_address_host, parse_address, resolve_address
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from distributed.security import Security

from keten.bootstrap.processes import WorkerLost
from keten.core import UsageError
from keten.core.tasks import Pool

TIMEOUT = 10
"""Seconds that a cluster may take to answer."""

CA, CERTIFICATE, KEY = "ca.pem", "cert.pem", "key.pem"
"""What a folder of certificates holds."""


class NoCluster(UsageError):
    """No cluster answers at an address, or it has no workers."""

    hint = "Start one with `dask scheduler` and, on each machine, `dask worker`; see docs/clusters.md."


class UnsafeCluster(UsageError):
    """A cluster that anybody on the network could read along with, or run programs on."""

    hint = "Start it with certificates, and give --cluster tls://... --cluster-certificates DIR; see docs/clusters.md."


@contextmanager
def workers(address: str, certificates: Path | None) -> Iterator[Pool]:
    """The workers of a cluster that is running. Raises NoCluster, UnsafeCluster, WorkerLost."""
    with _client(address, certificates) as client:
        count = sum(client.nthreads().values())
        if not count:
            raise NoCluster(f"The cluster at {address!r} has no workers.")
        try:
            yield Pool(client.get_executor(), count)
        except KilledWorker:
            raise WorkerLost(
                "A task ended every worker of the cluster that took it; memory may have run out."
            ) from None


def _client(address: str, certificates: Path | None) -> Client:
    """Who speaks to the cluster. Raises NoCluster, UnsafeCluster."""
    try:
        resolve_address(address)  # a client of an address that is none would take long to end
        security = _security(address, certificates)
        return Client(address, timeout=TIMEOUT, set_as_default=False, security=security)
    except CommClosedError as error:
        raise UnsafeCluster(
            f"The cluster at {address!r} lets nobody in without its certificates, or these are of another one: {error}."
        ) from error
    except (OSError, ValueError) as error:
        raise NoCluster(f"No cluster answers at {address!r}: {error}.") from error


def _security(address: str, certificates: Path | None) -> Security:
    """By what both sides know each other; nothing, where no other machine can reach the cluster. Raises UnsafeCluster."""
    scheme = parse_address(address)[0]
    if scheme == "tcp" and certificates is None and _stays_here(get_address_host(address)):
        return Security(require_encryption=False)
    if scheme != "tls":
        raise UnsafeCluster(
            f"What is sent to {address!r} is neither encrypted nor kept from others: it must be a tls:// address, or with "
            "tcp:// and without certificates one of this machine, such as tcp://127.0.0.1:8786."
        )
    if certificates is None:
        raise UnsafeCluster(f"For {address!r} the folder with {CA}, {CERTIFICATE} and {KEY} is needed.")
    return _of_folder(certificates)


def _of_folder(folder: Path) -> Security:
    """The certificates in a folder. Raises UnsafeCluster where they cannot be used."""
    files = [str(folder.absolute() / name) for name in (CA, CERTIFICATE, KEY)]
    named = dict(zip(("tls_ca_file", "tls_client_cert", "tls_client_key"), files, strict=True))
    security = Security(require_encryption=True, **named)
    try:
        for file in files:
            Path(file).read_bytes()
        security.get_connection_args("client")  # reads them
    except (SSLError, ValueError) as error:
        raise UnsafeCluster(f"The certificates in {folder} cannot be used: {error}.") from None
    except OSError as error:
        raise UnsafeCluster(f"{error.filename} cannot be read: {error.strerror}.") from None
    return security


def _stays_here(host: str) -> bool:
    """Whether all addresses of a host are of this machine alone."""
    found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    return all(ip_address(str(one).partition("%")[0]).is_loopback for one in found)
