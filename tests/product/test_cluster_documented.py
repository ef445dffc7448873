"""A cluster made by the commands of docs/clusters.md, as they are printed but for the addresses."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.product.running import Keten

PAGE = Path(__file__).parents[2] / "docs" / "clusters.md"
MADE, SCHEDULER, WORKER, CALL = re.findall(
    r"^```\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)
"""The commands: those that make certificates, start a scheduler, start workers, and use them."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here to make certificates with"),
]


def here(command: str, port: int) -> str:
    """A command with the addresses of this machine."""
    return re.sub(r"10\.0\.0\.\d", "127.0.0.1", command).replace("8786", str(port))


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(command: str, folder: Path) -> Iterator[psutil.Process]:
    """A command that runs on in a folder; it ends with all that it started."""
    way = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with subprocess.Popen(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": way},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as program:
        try:
            yield psutil.Process(program.pid)
        finally:
            os.killpg(program.pid, signal.SIGKILL)


def listening(process: psutil.Process) -> set[str]:
    """The addresses that a process, or one that it started, can be reached at."""
    family = [process, *process.children(recursive=True)]
    found = [one for each in family for one in each.net_connections("inet") if one.status == psutil.CONN_LISTEN]
    return {one.laddr.ip for one in found}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three folders of certificates, and those of a stranger."""
    folder = tmp_path_factory.mktemp("cluster")
    for below in (folder, folder / "stranger"):
        below.mkdir(exist_ok=True)
        subprocess.run(["sh", "-euc", MADE], cwd=below, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def port(place: Path) -> Iterator[int]:
    """Where the scheduler of a cluster listens that has its workers."""
    port = free_port()
    with (
        started(here(SCHEDULER, port), place / "scheduler") as scheduler,
        started(here(WORKER, port), place / "worker") as worker,
    ):
        until = time.monotonic() + 60
        while not any((place / "worker").glob("scratch/*/worker-*")) and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(2)  # it has a folder before it listens
        assert (listening(scheduler), listening(worker)) == ({"127.0.0.1"}, {"127.0.0.1"})
        yield port


def test_who_has_a_certificate_of_the_cluster_can_use_it(
    keten: Keten, place: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the printed command; nothing that was written for it can be read by others."""
    monkeypatch.chdir(place)
    assert keten("population", "--clients", "60", "--out", "before", "--jobs", "1").code == 0
    words = [word.replace("/shared/", "") for word in shlex.split(here(CALL, port))]
    ran = keten(*words[1:])
    assert ran.code in {0, 1}, ran.err
    assert (place / "after" / "conversion.json").is_file()
    private = [*place.rglob("key.pem"), place / "worker" / "scratch"]
    assert not any(path.stat().st_mode & 0o077 for path in private)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--cluster tls://{}", "the folder with ca.pem, cert.pem and key.pem is needed"),
        (
            "--cluster tls://{} --cluster-certificates stranger/client",
            "lets nobody in without its certificates",
        ),
        ("--cluster tls://{} --cluster-certificates mixed", "lets nobody in without its certificates"),
        ("--cluster tls://{} --cluster-certificates scheduler/scratch", "cannot be read"),
        ("--cluster tcp://{} --cluster-certificates client", "is neither encrypted nor kept from others"),
        ("--cluster tcp://{}", "lets nobody in without its certificates"),
    ],
)
def test_who_has_none_is_refused_in_words(keten: Keten, place: Path, port: int, options: str, said: str) -> None:
    """Exit code 2, soon, before anything is written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setattr("keten.bootstrap.cluster.TIMEOUT", 1)
        shutil.copytree("stranger/client", "mixed", dirs_exist_ok=True)
        shutil.copy("ca.pem", "mixed")
        ran = keten("rehearse", "--out", "none", *options.format(f"127.0.0.1:{port}").split())
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not (place / "none").exists()


@pytest.mark.parametrize(
    "address", ["tcp://192.0.2.1:8786", "192.0.2.1:8786", "ws://127.0.0.1:8786", "tcp://0.0.0.0:8786"]
)
def test_a_cluster_that_others_could_reach_is_refused(keten: Keten, tmp_path: Path, address: str) -> None:
    """Without a look whether it is there."""
    ran = keten("rehearse", "--out", tmp_path / "none", "--cluster", address)
    assert (ran.code, "is neither encrypted nor kept from others" in ran.err) == (2, True)
    assert "docs/clusters.md" in ran.err
