"""kill -9 of the program, at any moment: its workers, of hundreds of megabytes each, end with it."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.product.running import run

KETEN = Path(sys.executable).with_name("keten")
WITHIN = 5.0
"""Seconds in which all has ended."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A population that takes some seconds to convert."""
    folder = tmp_path_factory.mktemp("killed") / "population"
    assert run("population", "--clients", "3000", "--out", folder, "--jobs", "2") == 0
    return folder


def family(program: subprocess.Popen[bytes], most: int) -> list[psutil.Process]:
    """What a program has started, as soon as it is so many processes."""
    until = time.monotonic() + 60
    while time.monotonic() < until and program.poll() is None:
        found: list[psutil.Process] = psutil.Process(program.pid).children(recursive=True)
        if len(found) >= most:
            return found
        time.sleep(0.005)
    pytest.fail(f"it never had {most} processes")


@pytest.mark.slow
@pytest.mark.parametrize(("started", "seconds"), [(1, 0.0), (2, 0.0), (3, 0.0), (3, 0.3), (3, 1.5)])
def test_workers_end_with_the_program(source: Path, tmp_path: Path, started: int, seconds: float) -> None:
    """While they start (`started` of them, and what counts their semaphores), and while they work."""
    command: list[str | Path] = [KETEN, "convert", source, "--out", tmp_path / "out", "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        found = family(program, started)
        time.sleep(seconds)
        found = sorted({*found, *psutil.Process(program.pid).children(recursive=True)}, key=lambda one: one.pid)
        program.kill()
    _, alive = psutil.wait_procs(found, timeout=WITHIN)
    assert alive == []
