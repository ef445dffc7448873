"""The machine on which something was measured: figures mean little without it."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

PARTS = ("keten", "lxml", "numba", "numpy", "polars", "pyarrow")


def describe() -> dict[str, object]:
    """Processor, cores, memory, operating system, Python and the parts that do the work."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory": _first("/proc/meminfo", "MemTotal"),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "parts": {part: version(part) for part in PARTS},
        "load": round(os.getloadavg()[0], 2),
    }


def _first(path: str, field: str) -> str | None:
    """The first value of a field in a file of lines `field : value`, if there is one."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(field)), None)
