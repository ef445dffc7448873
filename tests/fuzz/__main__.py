"""`python -m tests.fuzz`: thousands of spoiled inputs through every command (see tests/fuzz/seeds.py for which).

Ends with 1 if one of them ended in a traceback, a fault of keten or another exit code than 0 to 3, took more than 10 s of
the processor or 1 GiB, or changed a file that it may not. What did is kept, with what it said and how to try it again.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from pathlib import Path

from keten.cli.app import COMMANDS, run
from tests.fuzz.seeds import write_seeds
from tests.fuzz.trying import Outcome, attempt

KEPT = 50
"""Failures that are kept."""


def main() -> int:
    """Try inputs until there were so many, or so many minutes have passed; 1 if one was not taken well."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="how many inputs (20,000)")
    parser.add_argument("--minutes", type=float, default=24 * 60, help="stop after so many minutes")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other inputs")
    parser.add_argument("--number", type=int, help="try the input of this number only, and show it")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes side by side")
    parser.add_argument("--out", type=Path, default=Path("out/fuzz"), help="where failures are kept")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="keten-fuzz-") as place:
        seeds = Path(place) / "seeds"
        _make(seeds)
        for name in COMMANDS:
            import_module(f"keten.cli.{name}")  # once, for all inputs
        if asked.number is not None:
            outcome = attempt(asked.number, asked.seed, seeds, Path(place) / "box")
            _tell(outcome)
            _keep(outcome, Path(place) / "box", asked.out)
            return bool(outcome.wrong)
        return _side_by_side(asked, seeds, Path(place))


def _make(seeds: Path) -> None:
    """Make the seeds, in a process of its own: what that starts, threads above all, must not be there when others fork."""
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        write_seeds(seeds)
        for text in (
            b"<x/>",
            b"",
            b"\n",
        ):  # what reads wrong messages is compiled now, and not at the cost of the first
            _spoil(seeds / "message", seeds / "wrong", text)
            run(["validate", str(seeds / "wrong"), "--jobs", "1"])
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise SystemExit("The seeds could not be made: keten does not do what it should with files that are in order.")


def _spoil(folder: Path, wrong: Path, text: bytes) -> None:
    """Copy messages, with something before the end of each client."""
    wrong.mkdir(exist_ok=True)
    for one in folder.iterdir():
        content = one.read_bytes()
        (wrong / one.name).write_bytes(content.replace(b"Client>", b"Client>" + text))


def _side_by_side(asked: argparse.Namespace, seeds: Path, place: Path) -> int:
    """Share the inputs out over processes; 1 if one was not taken well."""
    children = []
    for worker in range(asked.workers):
        child = os.fork()
        if not child:
            os._exit(_share(asked, worker, seeds, place / str(worker)))
        children.append(child)
    return max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)


def _share(asked: argparse.Namespace, worker: int, seeds: Path, place: Path) -> int:
    """Every so-manieth input; 1 if one was not taken well."""
    codes: Counter[int] = Counter()
    failed, slowest, largest = 0, 0.0, 0
    ends = time.monotonic() + asked.minutes * 60
    for number in range(worker, asked.inputs, asked.workers):
        if time.monotonic() > ends:
            break
        outcome = attempt(number, asked.seed, seeds, place / "box")
        codes[outcome.ended.code] += 1
        slowest, largest = max(slowest, outcome.ended.seconds), max(largest, outcome.ended.bytes)
        if outcome.wrong:
            failed += 1
            _tell(outcome)
            if failed <= KEPT:
                _keep(outcome, place / "box", asked.out)
    ended = ", ".join(f"{count:,} with {code}" for code, count in sorted(codes.items()))
    print(
        f"{codes.total():,} inputs ({ended}), {failed:,} not taken well; at most {slowest:.1f} s and {largest >> 20} MiB."
    )
    sys.stdout.flush()
    return 1 if failed else 0


def _tell(outcome: Outcome) -> None:
    print(
        f"input {outcome.number}: {'; '.join(outcome.wrong) or 'well'} (keten {' '.join(outcome.arguments)})",
        flush=True,
    )


def _keep(outcome: Outcome, box: Path, out: Path) -> None:
    """Keep the input, and what was said."""
    place = out / str(outcome.number)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(box / "in", place / "in", symlinks=True)
    said = f"keten {' '.join(outcome.arguments)}\n{'; '.join(outcome.wrong)}\n\n{outcome.ended.said}"
    (place / "said.txt").write_text(said, encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
