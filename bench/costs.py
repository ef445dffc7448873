"""What a command costs: wall time, processor time, and the most memory that it and its children held."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

KIBIBYTES = 1024 if sys.platform != "darwin" else 1 << 20
"""How many of the units in which the system counts memory make a MiB."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of the processors, MiB at most, and how the command ended."""

    seconds: float
    processor: float
    mebibytes: float
    code: int
    out: str


def cost_of(command: Sequence[str | Path]) -> Cost:
    """Run a command to its end.

    It is started by a small process of its own: what a process held before it became the command would count as well.
    """
    starter = [sys.executable, "-I", "-S", __file__, *map(str, command)]
    done = subprocess.run(starter, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    out, _, figures = done.stdout.rpartition("\n")
    return Cost(**json.loads(figures), out=out)


def _start(command: Sequence[str]) -> dict[str, float]:
    """Run a command and say what it cost."""
    began = time.perf_counter()
    child = os.posix_spawnp(command[0], list(command), os.environ)
    _, status, usage = os.wait4(child, 0)
    return {
        "seconds": time.perf_counter() - began,
        "processor": usage.ru_utime + usage.ru_stime,
        "mebibytes": usage.ru_maxrss / KIBIBYTES,
        "code": os.waitstatus_to_exitcode(status),
    }


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(_start(sys.argv[1:])))
