"""keten compare and keten blind on two books with known differences: all must be found, and none made up."""

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

from bench.costs import Cost, cost_of
from bench.planting import Planted, plant

KETEN = Path(sys.executable).with_name("keten")
RECORDS = 250_000
MOST_SECONDS, MOST_MEBIBYTES = 60.0, 1536.0
LEFT, RIGHT = "zorgkantoor,zorgaanbieder", "zorgaanbieder,zorgkantoor"
COLUMNS = ["kind", "field", "bsn"]


def run(folder: Path, records: int = RECORDS) -> dict[str, Any]:
    """Time and memory of the open comparison, and of the dearest turn and the sum of all turns of the blind one."""
    planted = plant(folder, records)
    cost = cost_of([KETEN, "compare", planted.left, planted.right, "--out", folder / "open"])
    assert cost.code == 1
    found = listed(folder / "open")
    assert found.equals(planted.differences.sort(COLUMNS, nulls_last=True))
    print(f"  open: {found.height} differences, {cost.seconds:.1f} s, {cost.mebibytes:.0f} MiB", flush=True)
    turns = blind(planted, folder)
    both = pl.concat([listed(folder / "blind-left"), listed(folder / "blind-right")])
    assert both.unique().sort(COLUMNS, nulls_last=True).equals(found)
    assert kinds(folder / "open") == kinds(folder / "blind-left") == kinds(folder / "blind-right")
    seconds, memory = sum(one.seconds for one in turns), max(one.mebibytes for one in turns)
    print(f"  blind: {len(turns)} commands, {seconds:.1f} s in all, {memory:.0f} MiB", flush=True)
    sent = {path.stem: path.stat().st_size for path in sorted(folder.glob("turn-*.json"))}
    figures = {
        "records": records,
        "differences": found.height,
        "open": {
            "seconds": round(cost.seconds, 2),
            "processor seconds": round(cost.processor, 2),
            "MiB at most": round(cost.mebibytes, 1),
        },
        "blind": {
            "seconds of all commands": round(seconds, 2),
            "processor seconds of all commands": round(sum(one.processor for one in turns), 2),
            "seconds of the longest": round(max(one.seconds for one in turns), 2),
            "MiB at most": round(memory, 1),
            "bytes sent": sent,
        },
    }
    return {"figures": figures, "bars": _bars(cost, turns)}


def listed(folder: Path) -> pl.DataFrame:
    """The differences that were found, as they were planted: kind, field, bsn."""
    found = pl.read_csv(folder / "differences.csv", infer_schema=False, columns=COLUMNS)
    return found.select(COLUMNS).sort(COLUMNS, nulls_last=True)


def kinds(folder: Path) -> dict[str, int]:
    """How many differences of each kind were counted."""
    counted: dict[str, int] = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))["kinds"]
    return counted


def blind(planted: Planted, folder: Path) -> list[Cost]:
    """Both sides of a blind comparison, turn by turn, and their reports."""
    key, messages = folder / "key.json", [folder / f"turn-{turn}.json" for turn in range(1, 6)]
    sides = [(planted.left, LEFT), (planted.right, RIGHT)]
    costs = [cost_of([KETEN, "blind", "key", "--campaign", "bench", "--out", key])]
    for turn, message in enumerate(messages):
        book, parties = sides[turn % 2]
        told: list[str | Path] = ["answer", book, messages[turn - 1], "--most", "100"] if turn else ["offer", book]
        costs.append(cost_of([KETEN, "blind", *told, "--key", key, "--as", parties, "--out", message]))
    for (book, parties), message, side in zip(sides, messages[-2:], ("left", "right"), strict=True):
        out = folder / f"blind-{side}"
        costs.append(cost_of([KETEN, "blind", "report", book, message, "--key", key, "--as", parties, "--out", out]))
    assert [cost.code for cost in costs] == [0] * 6 + [1, 1]
    return costs


def _bars(cost: Cost, turns: list[Cost]) -> dict[str, dict[str, Any]]:
    """What was promised, what came out, and whether that will do."""
    found = {
        "seconds, open": (round(cost.seconds, 2), MOST_SECONDS),
        "MiB at most, open": (round(cost.mebibytes, 1), MOST_MEBIBYTES),
        "MiB at most, blind": (round(max(one.mebibytes for one in turns), 1), MOST_MEBIBYTES),
    }
    return {name: {"value": value, "bar": bar, "met": value <= bar} for name, (value, bar) in found.items()}
