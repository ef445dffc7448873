"""How long a million declarations take against the assignments of a region: `python -m bench coupling`."""

import resource
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from keten.bootstrap import executor
from keten.calculation import coupling
from keten.population import populate

CLIENTS, DECLARATIONS = 5_000, 1_000_000
MOST_SECONDS, MOST_MEGABYTES = 10, 1_500
TABLE = "example-2018-1.csv"


def run(folder: Path) -> dict[str, Any]:
    """Make a region, declare on what is assigned in it in April, and judge that."""
    with executor(1) as pool:
        populate(folder / "messages", CLIENTS, pool, lambda *_: None)
    started = time.perf_counter()
    assigned = coupling.read_assignments(str(folder / "messages"))
    reading = time.perf_counter() - started
    _declare(assigned.periods, folder / "claims.csv")
    table = coupling.load_table(Path(str(files("keten.calculation.coupling") / "tables" / TABLE)))
    started = time.perf_counter()
    figures = coupling.judgement(coupling.read_claims(folder / "claims.csv"), coupling.Grounds(table, assigned))
    seconds = time.perf_counter() - started
    account = figures["account"]
    assert account["read"]["number"] == DECLARATIONS
    assert account["accepted"]["number"] + account["refused"]["number"] == DECLARATIONS
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "declarations": DECLARATIONS,
        "assignments": assigned.count,
        "seconds_assignments": round(reading, 1),
        "seconds": round(seconds, 1),
        "peak_megabytes": peak,
        "accepted": account["accepted"]["number"],
        "reasons": {name: total["number"] for name, total in figures["reasons"].items()},
        "bars": {
            f"1 million declarations within {MOST_SECONDS} s": {
                "figure": round(seconds, 1),
                "met": seconds <= MOST_SECONDS,
            },
            f"within {MOST_MEGABYTES} MB": {"figure": peak, "met": peak <= MOST_MEGABYTES},
        },
    }


def _declare(periods: pl.DataFrame, path: Path) -> None:
    """Declarations of a day in April on some assignments, of which a part must be refused."""
    prestaties = pl.Series(["FX910", "FX310", "FX410", "FX810", "FX610", "FX999"])
    picked = periods.sample(DECLARATIONS, with_replacement=True, seed=1).with_row_index("number")
    day = pl.format("2018-04-{}", (1 + pl.col("number") % 30).cast(pl.String).str.zfill(2))
    picked.select(
        "bsn",
        "instelling",
        zzp=pl.col("care").str.strip_prefix("ZZP ").str.replace("functie.*", ""),
        functie=pl.col("care").str.strip_prefix("functie ").str.replace("ZZP.*", ""),
        prestatie=prestaties.gather(picked["number"] % len(prestaties)),
        begindatum=day,
        einddatum=day,
        bedrag=pl.format("{}.50", 10 + pl.col("number") % 90),
    ).write_csv(path)
