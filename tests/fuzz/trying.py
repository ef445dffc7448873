"""Tries a command on spoiled files, in a process and a folder of its own, and looks at how it ended."""

import hashlib
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NoReturn

from keten.cli.app import run
from tests.fuzz.mutating import renamed, spoiled
from tests.fuzz.seeds import CASES

MOST_SECONDS, MOST_BYTES = 10, 1 << 30
"""What an input may cost: time of the processor, and memory."""

PATIENCE = 60
"""Seconds by the clock after which a command counts as endless, however busy the machine."""

NEVER = ("Traceback (most recent call last)", "internal fault", "panicked at", "Segmentation fault")
"""What nobody may read whose input is wrong."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code (negative: the signal that ended it), what it cost, and what it said."""

    code: int
    seconds: float
    bytes: int
    said: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an input was taken, and what is wrong with that: nothing, if all is well."""

    number: int
    arguments: tuple[str, ...]
    ended: Ended
    wrong: tuple[str, ...]


def attempt(number: int, seed: int, seeds: Path, box: Path) -> Outcome:
    """Try the input of a number: the same number and seed give the same input."""
    random = Random(f"{seed}:{number}")
    case = random.choices(CASES, [case.weight for case in CASES])[0]
    shutil.rmtree(box, ignore_errors=True)
    for name in ("out", "tmp", "home", "victim"):
        (box / name).mkdir(parents=True)
    (box / "victim" / "theirs").write_text("theirs", encoding="utf-8")
    _lay(seeds / case.files, box / "in", random)
    arguments = tuple(one.replace("OUT", str(box / "out" / "result")) for one in case.command.split())
    before = _state(box)
    ended = _run(arguments, box)
    return Outcome(number, arguments, ended, tuple(_wrong(ended, before, box)))


def _lay(seeds: Path, place: Path, random: Random) -> None:
    """Lay the files of a case, one to three of them spoiled; of messages only one is there at all."""
    files = sorted(one for one in seeds.rglob("*") if one.is_file())
    if seeds.name == "message":
        files = [random.choice(files)]
    hit = set(random.sample(files, min(len(files), random.choice((1, 1, 1, 2, 3)))))
    for one in files:
        name = str(one.relative_to(seeds))
        content = spoiled(name, one.read_bytes(), random) if one in hit else one.read_bytes()
        path = place / (renamed(name, random) if one in hit and seeds.name in ("message", "conversion") else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _run(arguments: tuple[str, ...], box: Path) -> Ended:
    """Run the command."""
    told = box / "said"
    told.touch()
    child = os.fork()
    if not child:
        _command(arguments, box)
    ends = time.monotonic() + PATIENCE
    while True:
        done, status, cost = os.wait4(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > ends:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.005)
    said = told.read_text(encoding="utf-8", errors="replace")
    return Ended(os.waitstatus_to_exitcode(status), cost.ru_utime + cost.ru_stime, cost.ru_maxrss << 10, said)


def _command(arguments: tuple[str, ...], box: Path) -> NoReturn:
    """What the process of a command does; it never comes back."""
    code = 70  # what no command of keten ends with
    try:
        os.setsid()
        for stream in (1, 2):
            os.dup2(os.open(box / "said", os.O_WRONLY | os.O_APPEND), stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(box / "in")
        os.environ.update(TMPDIR=str(box / "tmp"), HOME=str(box / "home"))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        code = run(list(arguments))
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 whatever it was, it is to be seen, and this process goes no further
        traceback.print_exc()
    finally:
        os._exit(code)


def _state(box: Path) -> dict[str, str]:
    """All files but those that the command may write, and what is in them."""
    found = (one for place in ("in", "victim", "home") for one in (box / place).rglob("*"))
    return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() if one.is_file() else "" for one in found}


def _wrong(ended: Ended, before: dict[str, str], box: Path) -> Iterator[str]:
    """What an input may not do."""
    if ended.code not in range(4):
        yield f"exit code {ended.code}"
    yield from (f"it said: {never}" for never in NEVER if never in ended.said)
    if ended.seconds > MOST_SECONDS:
        yield f"{ended.seconds:.1f} s"
    if ended.bytes > MOST_BYTES:
        yield f"{ended.bytes >> 20} MiB"
    if _state(box) != before:
        yield "files outside --out changed"
    left = [one for one in (box / "tmp").rglob("*") if one.is_file()]
    if left:
        yield f"left behind: {left[0].name}"
    if "\x1b" in ended.said:  # to a file keten writes no colours
        yield "an escape code reached the screen"
