"""How long a population takes, and whether its memory stays bounded: `python -m bench.population [CLIENTS ...]`.

Each size runs in a process of its own; memory is the largest of any process that took part.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from keten.bootstrap import executor
from keten.population import populate

SIZES = (2_500, 25_000)
COUNTRY = 32
LARGE = 100_000
"""From so many clients on the whole country is made, below it one region."""


def measure(clients: int) -> dict[str, float | int]:
    """Make a population of so many clients; seconds, MB written, and the peak memory of a process in MB."""
    regions = COUNTRY if clients >= LARGE else 1
    jobs = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        with executor(jobs) as pool:
            made = populate(Path(folder), clients, pool, lambda *_: None, regions=regions)
        seconds = time.perf_counter() - started
        found = sum(1 for _ in Path(folder).rglob("*.xml"))
    assert made.clients == clients
    assert found == sum(filed.files for filed in made.messages.values())
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "clients": clients,
        "regions": regions,
        "jobs": jobs,
        "seconds": round(seconds, 1),
        "messages": found,
        "records": sum(filed.records for filed in made.messages.values()),
        "megabytes": round(sum(filed.bytes for filed in made.messages.values()) / 1e6),
        "peak_megabytes": round(peak / 1024),
    }


def main(arguments: list[str]) -> None:
    """Measure one size here, or each of several in a process of its own; a JSON line each."""
    sizes = [int(size) for size in arguments] or list(SIZES)
    if len(sizes) == 1:
        print(json.dumps(measure(sizes[0])))
        return
    for size in sizes:
        subprocess.run([sys.executable, "-m", "bench.population", str(size)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
