"""keten compare, killed or out of room: the earlier result is whole or the new one is, and the same command goes on."""

import os
import random
import resource
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLS = int(os.environ.get("KETEN_KILLS", "10"))
PROGRAM = "import sys; from keten.cli import main; sys.exit(main())"
HEADING = "bsn,instelling,zorgeenheid,leveringsvorm,ingangsdatum\n"
MARKS = {".keten.json", ".keten-work"}


def book(path: Path, start: int) -> Path:
    """A book of some thousands of clients."""
    lines = (f"{number:09},41424344,754,4,2018-04-01\n" for number in range(start, start + 3_000))
    path.write_text(HEADING + "".join(lines), encoding="utf-8")
    return path


def begin(*arguments: Path, limit: int | None = None) -> subprocess.Popen[bytes]:
    """The program, begun in a process of its own; with a limit, no file may become larger."""
    before = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "compare", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=before,  # noqa: PLW1509 nothing else runs in this process
    )


def contents(folder: Path) -> dict[str, bytes]:
    """The results in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in MARKS}


@pytest.mark.slow
def test_a_comparison_that_is_killed_leaves_the_earlier_result_or_the_new_one(tmp_path: Path) -> None:
    """At random moments (KETEN_KILLS of them); what was put in place in part is finished by the same command."""
    one, other, third = (book(tmp_path / f"{start}.csv", start) for start in (1, 100, 200))
    out = tmp_path / "out"
    results: list[dict[str, bytes]] = []
    seconds = 0.0
    for right in (other, third):
        started = time.monotonic()
        assert begin(one, right, Path("--out"), out).wait(120) == 1
        seconds = time.monotonic() - started
        results.append(contents(out))
    chance = random.Random(1)
    for turn in range(KILLS):
        right = (other, third)[turn % 2]
        with begin(one, right, Path("--out"), out) as program:
            time.sleep(chance.uniform(0.3, 1.0) * seconds)
            program.kill()
        exchanging = (out / ".keten-work" / "exchange.json").exists()
        assert contents(out) in results or exchanging
        if turn % 5 == 4 or exchanging:
            assert begin(one, right, Path("--out"), out).wait(120) == 1
            assert contents(out) == results[turn % 2]
            assert not (out / ".keten-work").exists()


@pytest.mark.slow
def test_after_a_full_disk_the_same_command_goes_on(tmp_path: Path) -> None:
    """The earlier result stays until the new one is whole; files of others stay for ever; all is for the owner alone."""
    one, other, third = (book(tmp_path / f"{start}.csv", start) for start in (1, 100, 2_000))
    out = tmp_path / "out"
    assert begin(one, other, Path("--out"), out).wait(120) == 1
    (out / "worklist-mine.csv").write_text("my own\n", encoding="utf-8")
    earlier = contents(out)
    assert begin(one, third, Path("--out"), out, limit=50_000).wait(120) != 1
    assert contents(out) == earlier
    assert begin(one, third, Path("--out"), out).wait(120) == 1
    assert contents(out) != earlier
    assert (out / "worklist-mine.csv").read_text(encoding="utf-8") == "my own\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE((out / name).stat().st_mode) for name in earlier if name != "worklist-mine.csv"} == {0o600}


def test_an_input_is_never_replaced(tmp_path: Path) -> None:
    """Neither a book that stands in the folder to fill, nor a folder of others."""
    one, other = book(tmp_path / "one.csv", 1), book(tmp_path / "other.csv", 100)
    assert begin(one, other, Path("--out"), tmp_path).wait(120) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"one.csv", "other.csv"}
