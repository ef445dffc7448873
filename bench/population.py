"""How long a population takes, and whether its memory stays bounded."""

import json
import sys
from pathlib import Path
from typing import Any

from bench.costs import cost_of
from bench.together import watched

KETEN = Path(sys.executable).with_name("keten")
JOBS = 2
SIZES = {2_500: 1, 25_000: 1, 100_000: 32}
"""Clients, and over how many regions they are spread."""


def run(folder: Path) -> dict[str, Any]:
    """Make populations of several sizes."""
    figures = {f"{clients} clients": _measured(folder / f"{clients}", clients, SIZES[clients]) for clients in SIZES}
    return {"figures": figures, "bars": {}}


def _measured(out: Path, clients: int, regions: int) -> dict[str, Any]:
    """Make a population; all its clients and messages must be there."""
    spread = ["--clients", str(clients), "--regions", str(regions), "--jobs", str(JOBS)]
    with watched() as memory:
        cost = cost_of([KETEN, "population", "--out", out, *spread])
    made = json.loads((out / "population.json").read_text(encoding="utf-8"))
    written = made["messages"].values()
    assert (cost.code, made["clients"]) == (0, clients)
    assert sum(1 for _ in out.rglob("*.xml")) == sum(one["files"] for one in written)
    figures = {
        "seconds": round(cost.seconds, 1),
        "processor seconds": round(cost.processor, 1),
        "MiB together": round(memory.mebibytes),
        "MiB of the largest process": round(cost.mebibytes),
        "clients": clients,
        "regions": regions,
        "messages": sum(one["files"] for one in written),
        "records": sum(one["records"] for one in written),
        "MB": round(sum(one["bytes"] for one in written) / 1e6),
    }
    print(f"  {clients:,} clients: {figures['seconds']} s, {figures['MiB together']} MiB", flush=True)
    return figures
