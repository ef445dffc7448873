"""keten accept on what keten converted: time, growth of time, and the memory of all its processes together."""

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

MOST_SECONDS, MOST_MEBIBYTES = 240.0, 2048.0
"""For the larger size: what the parties have for a trial conversion of the country."""


def run(folder: Path) -> dict[str, Any]:
    """Populations and their conversions are made first, and are no part of the time."""
    figures = {clients: measured(folder, clients, regions) for clients, regions in SIZES.items()}
    return {"figures": {f"{clients} clients": one for clients, one in figures.items()}, "bars": _bars(figures)}


def measured(folder: Path, clients: int, regions: int) -> dict[str, Any]:
    """Judge the conversion of a population; all of it must have been judged, and nothing is wrong with it."""
    before, after, report = (folder / f"{clients}{part}" for part in ("", "-out", ".json"))
    spread = ["--clients", str(clients), "--regions", str(regions), "--jobs", str(JOBS)]
    made = cost_of([KETEN, "population", "--out", before, *spread])
    converted = cost_of([KETEN, "convert", before, "--out", after, "--jobs", str(JOBS)])
    assert (made.code, converted.code) in ((0, 0), (0, 1)), "exceptions are in the population"
    both: list[str | Path] = ["--before", before, "--after", after, "--format", "json", "--out", report]
    with watched() as memory:
        cost = cost_of([KETEN, "accept", *both, "--jobs", str(JOBS)])
    told = json.loads(report.read_text(encoding="utf-8"))
    expected = json.loads((before / "population.json").read_text(encoding="utf-8"))
    assert cost.code == 0, told["counts"]
    assert told["figures"]["messages"]["before"]["clients"] == sum(m["records"] for m in expected["messages"].values())
    assert told["figures"]["clients"]["after"] == told["figures"]["clients"]["to send"]
    figures = _figures(cost, memory.mebibytes, clients, told["figures"])
    print(f"  {clients:,} clients: {figures['seconds']} s, {figures['MiB together']} MiB", flush=True)
    return figures


def _figures(cost: Cost, together: float, clients: int, told: dict[str, Any]) -> dict[str, Any]:
    sides = told["messages"]
    return {
        "seconds": round(cost.seconds, 1),
        "processor seconds": round(cost.processor, 1),
        "MiB together": round(together),
        "MiB of the largest process": round(cost.mebibytes),
        "clients per second": round(clients / cost.seconds),
        "clients": clients,
        "messages": {side: sides[side]["read"] for side in sides},
        "MB": {side: round(sides[side]["bytes"] / MEGABYTE) for side in sides},
        "findings": told["findings"],
    }


def _bars(figures: dict[int, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What was promised, what came out, and whether that will do."""
    small, large = figures[min(SIZES)], figures[max(SIZES)]
    found = {
        f"seconds for {max(SIZES):,} clients": (large["seconds"], MOST_SECONDS),
        f"time for {max(SIZES):,} against {min(SIZES):,}": (round(large["seconds"] / small["seconds"], 2), 10.5),
        "MiB of all processes together": (max(small["MiB together"], large["MiB together"]), MOST_MEBIBYTES),
    }
    return {name: {"value": value, "bar": bar, "met": value <= bar} for name, (value, bar) in found.items()}
