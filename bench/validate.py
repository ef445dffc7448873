"""keten validate with all rules, against xmllint on structure alone: the same message, the same machine, in turns."""

import json
import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

from bench.cases import MESSAGE, RELEASE, WRONG, write_clean
from bench.costs import Cost, cost_of
from bench.messages import MEGABYTE, Written
from keten.standard import load
from keten.standard.xsd import write_schemas

KETEN = Path(sys.executable).with_name("keten")
JOBS = 2
SIZES, ROUNDS = (100, 1000), 3
"""Megabytes, and how often each is measured; the median counts."""


def run(folder: Path) -> dict[str, Any]:
    """Time and memory on messages that keep all rules, of two sizes, and on messages in which every client breaks some."""
    write_schemas(load(RELEASE), folder / "xsd")
    figures: dict[str, Any] = {}
    for size in SIZES:
        figures[f"{size} MB"] = _compared(write_clean(folder / f"{size}.xml", size), folder / "xsd")
    for name, spoil in WRONG.items():
        wrong = write_clean(folder / "wrong.xml", SIZES[0], spoil)
        figures[name] = _figures(name, [_validated(wrong, valid=False) for _ in range(ROUNDS)], wrong)
    return {"figures": figures, "bars": _bars(figures)}


def _compared(message: Written, schemas: Path) -> dict[str, Any]:
    """Both programs on one message, in turns."""
    xmllint = shutil.which("xmllint")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_validated(message, valid=True))
        if xmllint:
            command: list[str | Path] = [
                xmllint,
                "--stream",
                "--noout",
                "--schema",
                schemas / f"{MESSAGE}.xsd",
                message.path,
            ]
            theirs.append(cost_of(command))
            assert theirs[-1].code == 0
    size = f"{message.bytes // MEGABYTE} MB"
    keten = _figures(f"{size}, keten", ours, message)
    other = _figures(f"{size}, xmllint", theirs, message) if theirs else None
    ratio = round(keten["seconds"] / other["seconds"], 3) if other else None
    return {"keten": keten, "xmllint": other, "ratio": ratio}


def _validated(message: Written, *, valid: bool) -> Cost:
    """Judge a message, and make sure that all of it was judged and nothing but rules was broken."""
    cost = cost_of([KETEN, "validate", message.path, "--format", "json", "--jobs", str(JOBS)])
    report = json.loads(cost.out)
    assert cost.code == (0 if valid else 1)
    assert report["counts"]["clients"] == message.clients
    assert "XSD" not in report["counts"]["byCode"]
    return cost


def _figures(name: str, costs: list[Cost], message: Written) -> dict[str, Any]:
    """The medians of what was measured, and what was measured."""
    seconds = statistics.median(cost.seconds for cost in costs)
    found = {
        "seconds": round(seconds, 3),
        "processor seconds": round(statistics.median(cost.processor for cost in costs), 3),
        "MiB at most": round(max(cost.mebibytes for cost in costs), 1),
        "MB per second": round(message.bytes / MEGABYTE / seconds, 1),
        "clients": message.clients,
        "bytes": message.bytes,
        "all seconds": [round(cost.seconds, 3) for cost in costs],
    }
    print(f"  {name}: {found['seconds']} s, {found['MB per second']} MB/s, {found['MiB at most']} MiB", flush=True)
    return found


def _bars(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What was promised, what came out, and whether that will do (None: not measured)."""
    small, large = (figures[f"{size} MB"]["keten"] for size in SIZES)
    slower, larger = large["seconds"] / small["seconds"], large["bytes"] / small["bytes"]
    wrong = [figures[name] for name in WRONG]
    found = {
        "time with all rules against xmllint on structure": (figures[f"{SIZES[-1]} MB"]["ratio"], 0.85),
        "MiB at most": (max(one["MiB at most"] for one in (small, large, *wrong)), 500.0),
        "time at ten times the size, per tenfold": (round(slower / larger * 10, 2), 11.0),
        "time when every client breaks rules, against none": (
            round(max(one["seconds"] for one in wrong) / small["seconds"], 2),
            1.5,
        ),
    }
    return {
        name: {"value": value, "bar": bar, "met": None if value is None else value <= bar}
        for name, (value, bar) in found.items()
    }
