"""keten convert on synthetic zorgkantoren: time, growth of time, and the memory of all its processes together."""

import json
import sys
from pathlib import Path
from typing import Any

from bench.costs import Cost, cost_of
from bench.messages import MEGABYTE
from bench.together import watched

KETEN = Path(sys.executable).with_name("keten")
JOBS = 2
SIZES = {25_000: 4, 250_000: 32}
"""Clients, and over how many regions they are spread."""


def run(folder: Path) -> dict[str, Any]:
    """Populations are made first, and are no part of the time."""
    figures = {clients: _measured(folder, clients, regions) for clients, regions in SIZES.items()}
    return {"figures": {f"{clients} clients": one for clients, one in figures.items()}, "bars": _bars(figures)}


def _measured(folder: Path, clients: int, regions: int) -> dict[str, Any]:
    """Convert a population; all that was read must have been accounted for."""
    source, out = folder / f"{clients}", folder / f"{clients}-out"
    spread = ["--clients", str(clients), "--regions", str(regions), "--jobs", str(JOBS)]
    made = cost_of([KETEN, "population", "--out", source, *spread])
    assert made.code == 0
    with watched() as memory:
        cost = cost_of([KETEN, "convert", source, "--out", out, "--jobs", str(JOBS)])
    assert cost.code in (0, 1), "exceptions are in the population"
    told = json.loads((out / "conversion.json").read_text(encoding="utf-8"))
    expected = json.loads((source / "population.json").read_text(encoding="utf-8"))
    assert told["input"]["refused"] == 0
    assert told["input"]["clientRecords"] == sum(one["records"] for one in expected["messages"].values())
    figures = _figures(cost, memory.mebibytes, clients, source, told)
    print(f"  {clients:,} clients: {figures['seconds']} s, {figures['MiB together']} MiB", flush=True)
    return figures


def _figures(cost: Cost, together: float, clients: int, source: Path, told: dict[str, Any]) -> dict[str, Any]:
    total = told["account"]["total"]
    return {
        "seconds": round(cost.seconds, 1),
        "processor seconds": round(cost.processor, 1),
        "MiB together": round(together),
        "MiB of the largest process": round(cost.mebibytes),
        "clients per second": round(clients / cost.seconds),
        "clients": clients,
        "input": {"messages": told["input"]["files"], "MB": round(_megabytes(source))},
        "output": {
            "messages": len(told["messages"]),
            "MB": round(sum(m["bytes"] for m in told["messages"]) / MEGABYTE),
        },
        "assignments": {"read": total["read"], "items": total["items"], "sent": total["sent"]},
        "exceptions": sum(total["exceptions"].values()),
    }


def _megabytes(source: Path) -> float:
    return sum(path.stat().st_size for path in source.rglob("*.xml")) / MEGABYTE


def _bars(figures: dict[int, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What was promised, what came out, and whether that will do."""
    small, large = figures[min(SIZES)], figures[max(SIZES)]
    found = {
        f"seconds for {min(SIZES):,} clients": (small["seconds"], 40.0),
        f"time for {max(SIZES):,} against {min(SIZES):,}": (round(large["seconds"] / small["seconds"], 2), 10.5),
        "MiB of all processes together": (max(small["MiB together"], large["MiB together"]), 1536.0),
    }
    return {name: {"value": value, "bar": bar, "met": value <= bar} for name, (value, bar) in found.items()}
