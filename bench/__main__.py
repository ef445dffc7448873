"""Runs the benchmarks and keeps their figures: `python -m bench [NAME ...]`.

A benchmark is a module of this folder with `run(folder) -> figures`; the folder is for what it has to write. Figures go
to bench/results/NAME-DATE.json, with the machine they were measured on.
"""

import argparse
import json
import os
import pkgutil
import sys
import tempfile
from datetime import UTC
from importlib import import_module
from pathlib import Path
from typing import Any

import bench
from bench.machine import describe
from keten.core.clock import SystemClock

RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Run the benchmarks that are named, or all of them; 1 when a figure does not meet its bar."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(benchmarks())}; all by default")
    parser.add_argument("--folder", type=Path, help="where large files may be written (a temporary folder by default)")
    asked = parser.parse_args()
    missed = [bar for name in asked.names or benchmarks() for bar in measured(name, asked.folder)]
    print("All bars met." if not missed else "Not met: " + "; ".join(missed))
    return 1 if missed else 0


def benchmarks() -> list[str]:
    """The benchmarks there are."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__"]
    return [name for name in names if hasattr(import_module(f"bench.{name}"), "run")]


def measured(name: str, folder: Path | None) -> list[str]:
    """Run a benchmark, keep its figures, and return the bars that were not met."""
    print(f"{name}:", flush=True)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="keten-bench-", dir=folder) as place:
        figures: dict[str, Any] = import_module(f"bench.{name}").run(Path(place))
    now = SystemClock().now().astimezone(UTC)
    RESULTS.mkdir(exist_ok=True)
    kept = RESULTS / f"{name}-{now:%Y%m%dT%H%M%SZ}.json"
    result = {"benchmark": name, "date": now.isoformat(timespec="seconds"), "machine": describe(), **figures}
    kept.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"  kept in {os.path.relpath(kept)}")
    return [f"{name}: {bar}" for bar, outcome in figures.get("bars", {}).items() if outcome["met"] is False]


if __name__ == "__main__":
    sys.exit(main())
