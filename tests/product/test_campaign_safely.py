"""keten campaign in unsafe surroundings: names that act, folders of others, seals of others, another run, and kills."""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from keten.campaign import verify
from keten.core.locks import locked
from keten.core.marks import MARK, WORK
from tests.product.running import Keten
from tests.unit.campaign.small_round import hand_in, quiet
from tests.unit.threads import threads

KILLS = int(os.environ.get("KETEN_KILLS", "12"))
"""At how many moments a judge is killed."""

PROGRAM = "import sys; from keten.cli import main; sys.exit(main())"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A round that was handed in."""
    return hand_in(tmp_path / "place").parent


def judge(keten: Keten, place: Path, out: Path) -> str:
    """Judge the round; its seal."""
    ran = keten("campaign", "judge", place / "round.toml", "--out", out, "--jobs", "1")
    assert ran.code == 1
    found = re.search(r"Seal of the evidence: ([0-9a-f]{64})", ran.out)
    assert found
    return found[1]


def test_a_seal_that_was_kept(keten: Keten, place: Path) -> None:
    """The seal that was printed is that of the evidence; another is told, exit code 1; what is none, exit code 2."""
    seal = judge(keten, place, place / "out")
    verify = ("campaign", "verify", place / "out", "--jobs", "1", "--seal")
    assert keten(*verify, seal).code == 0
    assert keten(*verify, f" {seal[:32].upper()} {seal[32:]}").code == 0
    other = keten(*verify, "0" * 64)
    assert other.code == 1
    assert "is not the seal that was given" in other.out
    assert keten(*verify, seal[:-1]).code == 2


def test_names_are_never_markup(keten: Keten, place: Path) -> None:
    """Brackets in a path stand on screen as they are; escape codes are spelled out."""
    out = place / "[" / "b]" / "[red]\x1b[31m"
    judge(keten, place, out)
    (out / "repair-5501.csv").unlink()
    (place / "in/5501/[").mkdir()
    (place / "in/5501/[/b]\x1b[31m.txt").write_text("x", encoding="utf-8")
    ran = keten("campaign", "verify", out, "--jobs", "1")
    assert ran.code == 1
    assert "[/b]\\x1b[31m.txt" in ran.out
    assert "\x1b[31m" not in ran.out
    assert "[red]" in keten("campaign", "judge", place / "round.toml", "--out", out, "--jobs", "1").out


def test_folders_of_others(keten: Keten, place: Path) -> None:
    """A folder that holds some manifest.json is no record of keten's: it stays as it is."""
    (place / "www/assets").mkdir(parents=True)
    for name in ("manifest.json", "index.html", "assets/app.js"):
        (place / "www" / name).write_text("{}", encoding="utf-8")
    ran = keten("campaign", "judge", place / "round.toml", "--out", place / "www", "--jobs", "1")
    assert ran.code == 2
    assert sorted(path.name for path in (place / "www").rglob("*")) == [
        "app.js",
        "assets",
        "index.html",
        "manifest.json",
    ]


def test_two_at_once(keten: Keten, place: Path) -> None:
    """Who comes second is told who is at work."""
    (place / "out" / WORK).mkdir(parents=True)
    with locked(place / "out" / WORK):
        ran = keten("campaign", "judge", place / "round.toml", "--out", place / "out", "--jobs", "1")
    assert ran.code == 2
    assert f"Another run of keten is at work in {place / 'out'}" in " ".join(ran.err.split())
    judge(keten, place, place / "out")


@pytest.mark.slow
def test_killed_at_any_moment(place: Path) -> None:
    """The record of before is whole or the new one is; the same command succeeds; nothing of the killed run is left."""
    command = [sys.executable, "-c", PROGRAM, "campaign", "judge", "--jobs", "1", "--out", str(place / "out")]
    rounds = []
    for number in (1, 2):
        path = shutil.copyfile(place / "round.toml", place / f"round-{number}.toml")
        path.write_text(path.read_text(encoding="utf-8").replace("trial = 1", f"trial = {number}"), encoding="utf-8")
        rounds.append(path)
    started = time.monotonic()
    assert subprocess.run([*command, str(rounds[1])], capture_output=True, check=False).returncode == 1
    lasts = time.monotonic() - started
    chance = random.Random(9)
    for kill in range(KILLS):
        killed([*command, str(rounds[kill % 2])], chance.uniform(0, lasts))
        interrupted = (place / "out" / WORK / "exchange.json").exists()
        assert interrupted or stands(place / "out")
        left = place / "out" / WORK
        assert not left.exists() or left.stat().st_mode & 0o777 == 0o700
        assert subprocess.run([*command, str(rounds[kill % 2])], capture_output=True, check=False).returncode == 1
        assert stands(place / "out")
        assert {path.name for path in (place / "out").iterdir()} == {
            *(
                "campaign.json",
                "criteria.yaml",
                "index.html",
                "manifest.json",
                "repair-5501.csv",
                "repair-5502.csv",
                MARK,
            )
        }


def stands(record: Path) -> bool:
    """Whether a record is whole, and follows from what was handed in."""
    with threads(1) as pool:
        return not verify(record, pool, quiet).differences


def killed(command: list[str], seconds: float) -> None:
    """Start a program, and kill it after a while; its workers end with it."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        time.sleep(seconds)
        found = psutil.Process(program.pid).children(recursive=True) if program.poll() is None else []
        program.kill()
    assert psutil.wait_procs(found, timeout=5)[1] == []
