"""keten validate against xmllint: the same message, the same schema, the same machine, in turns."""

import json
import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

from bench.costs import Cost, cost_of
from bench.messages import (
    MEGABYTE,
    MESSAGE,
    RELEASE,
    SPOILED,
    WRONG,
    Written,
    parts,
    write_large,
    write_small,
    write_wrong,
)
from keten.standard import load
from keten.standard.xsd import write_schemas
from keten.validation import MOST_FINDINGS

KETEN = Path(sys.executable).with_name("keten")
JOBS = 2
SIZES, ROUNDS = (100, 1000), 3
"""Megabytes, and how often each is measured; the median counts."""

SMALL_FILES, SMALL_CLIENTS = 1000, 5


def run(folder: Path) -> dict[str, Any]:
    """Time and memory on good messages of two sizes, on bad ones, on many small ones, and on nearly nothing."""
    whole = parts()
    write_schemas(load(RELEASE), folder / "xsd")
    good = {size: write_large(folder / f"{size}.xml", whole, size) for size in SIZES}
    figures: dict[str, Any] = {f"{size} MB": _compared(good[size], folder / "xsd") for size in SIZES}
    small = write_large(folder / "one.xml", parts(1), 0)
    figures["one client"] = _figures([_validated(small) for _ in range(ROUNDS)], small)
    _tell("one client", figures["one client"])
    reference = figures[f"{SIZES[0]} MB"]["xmllint"]
    for name, spoil in SPOILED.items():
        text = good[SIZES[0]].path.read_bytes()
        (folder / f"{name}.xml").write_bytes(spoil(text))
        spoiled = Written(folder / f"{name}.xml", good[SIZES[0]].clients, (folder / f"{name}.xml").stat().st_size)
        figures[name] = _figures([_validated(spoiled, valid=name == "comment")], spoiled)
        figures[name]["ratio to xmllint on the good message"] = _ratio(figures[name], reference)
        _tell(name, figures[name])
    for name, path in write_wrong(folder, whole, SIZES[0]).items():
        figures[name] = _against(path, folder / "xsd")
        _tell(name, figures[name]["keten"])
    many = write_small(folder / "small", SMALL_FILES, SMALL_CLIENTS)
    figures[f"{SMALL_FILES} files of {SMALL_CLIENTS} clients"] = _figures([_validated(many)], many)
    _tell("many small files", figures[f"{SMALL_FILES} files of {SMALL_CLIENTS} clients"])
    return {"figures": figures, "bars": _bars(figures)}


def _compared(message: Written, schemas: Path) -> dict[str, Any]:
    """Both programs on one message, in turns."""
    xmllint = shutil.which("xmllint")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_validated(message))
        if xmllint:
            theirs.append(
                cost_of([xmllint, "--stream", "--noout", "--schema", schemas / f"{MESSAGE}.xsd", message.path])
            )
            assert theirs[-1].code == 0
    keten, other = _figures(ours, message), _figures(theirs, message) if theirs else None
    _tell(f"{message.bytes // MEGABYTE} MB, keten", keten)
    _tell(f"{message.bytes // MEGABYTE} MB, xmllint", other)
    return {"keten": keten, "xmllint": other, "ratio": _ratio(keten, other)}


def _against(message: Written, schemas: Path) -> dict[str, Any]:
    """Both programs on one message that is wrong, in turns; ours lists as many findings as it does by itself."""
    xmllint = shutil.which("xmllint")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_validated(message, valid=False, most=MOST_FINDINGS))
        if xmllint:
            theirs.append(
                cost_of([xmllint, "--stream", "--noout", "--schema", schemas / f"{MESSAGE}.xsd", message.path])
            )
    keten, other = _figures(ours, message), _figures(theirs, message) if theirs else None
    return {"keten": keten, "xmllint": other, "ratio": _ratio(keten, other)}


def _validated(message: Written, *, valid: bool = True, most: int = 1) -> Cost:
    """Judge a message, and make sure that all of it was judged."""
    options = ["--no-rules", "--format", "json", "--max-findings", str(most), "--jobs", str(JOBS)]
    cost = cost_of([KETEN, "validate", message.path, *options])
    reports = json.loads(cost.out)
    counted = reports if isinstance(reports, list) else [reports]
    assert cost.code == (0 if valid else 1)
    assert sum(report["counts"]["clients"] for report in counted) == message.clients
    assert sum(report["input"]["bytes"] for report in counted) == message.bytes
    return cost


def _figures(costs: list[Cost], message: Written) -> dict[str, Any]:
    """The medians of what was measured, and what was measured."""
    seconds = statistics.median(cost.seconds for cost in costs)
    return {
        "seconds": round(seconds, 3),
        "processor seconds": round(statistics.median(cost.processor for cost in costs), 3),
        "MiB at most": round(max(cost.mebibytes for cost in costs), 1),
        "MB per second": round(message.bytes / MEGABYTE / seconds, 1),
        "clients": message.clients,
        "bytes": message.bytes,
        "all seconds": [round(cost.seconds, 3) for cost in costs],
    }


def _ratio(ours: dict[str, Any], theirs: dict[str, Any] | None) -> float | None:
    """Our time against theirs; None when theirs was not measured."""
    return round(ours["seconds"] / theirs["seconds"], 3) if theirs else None


def _bars(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What was promised, what came out, and whether that will do (None: not measured)."""
    small, large = (figures[f"{size} MB"] for size in SIZES)
    memory = large["keten"]["MiB at most"]
    growth = abs(memory / small["keten"]["MiB at most"] - 1)
    slower = large["keten"]["seconds"] / small["keten"]["seconds"]
    larger = large["keten"]["bytes"] / small["keten"]["bytes"]
    wrong = {f"time against xmllint, {name}": (figures[name]["ratio"], 2.0) for name in WRONG}
    found = {
        **wrong,
        "time at 1 GB against xmllint": (large["ratio"], 0.6),
        "MiB at most": (memory, 300.0),
        "growth of memory from 100 MB to 1 GB": (round(growth, 3), 0.1),
        "time at ten times the size, per tenfold": (round(slower / larger * 10, 2), 11.0),
    }
    return {
        name: {"value": value, "bar": bar, "met": None if value is None else value <= bar}
        for name, (value, bar) in found.items()
    }


def _tell(name: str, figures: dict[str, Any] | None) -> None:
    if figures is None:
        print(f"  {name}: not measured, the program is missing", flush=True)
    else:
        print(
            f"  {name}: {figures['seconds']} s, {figures['MB per second']} MB/s, {figures['MiB at most']} MiB",
            flush=True,
        )
