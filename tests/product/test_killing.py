"""Killed at any moment: the earlier result or the new one is whole, and the same command goes on.

KETEN_KILLS=100 kills more often; KETEN_SEED has it done at other moments.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.product.running import run

KILLS = int(os.environ.get("KETEN_KILLS", "15"))
PROGRAM = [sys.executable, "-c", "from keten.cli import main; main()"]
WORK, EXCHANGE = ".keten-work", "exchange.json"


@pytest.fixture(scope="module")
def regions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The messages of two small populations."""
    folder = tmp_path_factory.mktemp("regions")
    for seed in ("1", "2"):
        made = ("--clients", "40", "--seed", seed, "--no-exceptions", "--jobs", "1", "--out", folder / seed)
        assert run("population", *made) == 0
    return folder / "1", folder / "2"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, of the program too."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def content(folder: Path) -> Mapping[str, bytes]:
    """What stands in a folder, without what is not finished."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and WORK not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def moments(longest: float) -> Iterator[float]:
    """Seconds after which to kill: any, and more often near the end, when results are put in their place."""
    chance = random.Random(int(os.environ.get("KETEN_SEED", "1")))
    return (longest * chance.uniform(0.6 if number % 2 else 0.0, 1.05) for number in range(KILLS))


def killed(after: float, *arguments: str | Path) -> None:
    """Run the program, and kill it with all its workers, as a machine does that stops."""
    command = [*PROGRAM, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as one:
        time.sleep(after)
        os.killpg(one.pid, signal.SIGKILL)


def timed(*arguments: str | Path) -> float:
    """Run the program to its end; the seconds that it took."""
    start = time.monotonic()
    subprocess.run([*PROGRAM, *map(str, arguments)], check=True, capture_output=True)
    return time.monotonic() - start


def private(folder: Path) -> bool:
    """Whether nobody but the owner can look into a folder, if it is there."""
    return not folder.exists() or folder.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_convert(regions: tuple[Path, Path], temporary: Path, tmp_path: Path) -> None:
    """Either whole; what is not finished lies where nobody else can look; afterwards nothing of it is left."""
    out = tmp_path / "out"
    commands = [("convert", region, "--out", out, "--jobs", "1") for region in regions]
    longest = max(timed(*command) for command in commands)
    whole = []
    for command in commands:
        assert run(*command) == 0
        whole.append(content(out))
    for number, moment in enumerate(moments(longest)):
        killed(moment, *commands[number % 2])
        assert content(out) in whole or (out / WORK / EXCHANGE).exists()
        assert private(out / WORK)
        assert run(*commands[number % 2]) == 0
        assert content(out) == whole[number % 2]
        assert not (out / WORK).exists()
    assert all(private(path) for path in temporary.iterdir())


@pytest.mark.slow
def test_accept(regions: tuple[Path, Path], temporary: Path, tmp_path: Path) -> None:
    """The earlier report or the new one; what was read lies where nobody else can look, and the next run clears it."""
    after, report = tmp_path / "after", tmp_path / "report.json"
    assert run("convert", regions[0], "--out", after, "--jobs", "1") == 0
    command = ("accept", "--before", regions[0], "--after", after, "--format", "json", "--out", report, "--jobs", "1")
    longest = timed(*command)
    for moment in moments(longest):
        killed(moment, *command)
        assert json.loads(report.read_bytes())["verdict"] == "valid"
        assert all(private(path) for path in temporary.iterdir())
        timed(*command)  # in a process of its own: this one knows another folder for temporary files
        assert not [path for home in temporary.glob("keten-*") for path in home.glob("run-*")]


@pytest.mark.slow
def test_two_at_once(regions: tuple[Path, Path], tmp_path: Path) -> None:
    """Who comes second is told so, and the first goes on."""
    out = tmp_path / "out"
    command = [*PROGRAM, "convert", str(regions[0]), "--out", str(out), "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as first:
        while not (out / WORK / "new").exists():
            time.sleep(0.02)
        first.send_signal(signal.SIGSTOP)
        second = subprocess.run(command, capture_output=True, text=True, check=False)
        first.send_signal(signal.SIGCONT)
        first.communicate(timeout=120)
    assert (first.returncode, second.returncode) == (0, 2)
    assert "Another run of keten is at work in" in second.stderr


@pytest.mark.slow
@pytest.mark.parametrize("umask", ["000", "077"])
def test_for_the_owner_alone(regions: tuple[Path, Path], tmp_path: Path, umask: str) -> None:
    """Files 0600, folders 0700, whatever the umask."""
    out, report = tmp_path / "out", tmp_path / "report.json"
    convert = ("convert", regions[0], "--out", out, "--jobs", "1")
    population = ("population", "--clients", "20", "--out", tmp_path / "people", "--jobs", "1")
    accept = ("accept", "--before", regions[0], "--after", out, "--out", report, "--jobs", "1")
    before = os.umask(int(umask, 8))
    try:
        assert [run(*command) for command in (convert, population, accept)] == [0, 0, 0]
    finally:
        os.umask(before)
    made = [out, report, tmp_path / "people", *out.rglob("*"), *(tmp_path / "people").rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}
