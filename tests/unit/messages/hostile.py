"""Reads every hostile document of the cases and tells what it found, how long it took and how much memory it held.

Run as a program of its own, so that what a document costs can be measured and cannot hurt the tests.
"""

import json
import sys
import time
from collections.abc import Iterator
from io import RawIOBase
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import yaml

from keten.messages import read
from keten.standard import load

CASES = Path(__file__).parents[2] / "cases" / "messages"
WHOLE = (CASES / "AW35.xml").read_text(encoding="utf-8")
BEGIN, END = WHOLE.index("<m:Client>"), WHOLE.rindex("</m:Client>") + len("</m:Client>")
BODY = WHOLE[WHOLE.index("<m:Bericht") :]
PIECES = {
    "open": WHOLE[WHOLE.index("<m:Bericht") : BEGIN],
    "client": WHOLE[BEGIN:END],
    "close": WHOLE[END:],
    "message": BODY,
}
BLOCK = 1 << 20


def cases() -> dict[str, dict[str, Any]]:
    """The cases by name."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "hostile.yaml").read_text(encoding="utf-8"))
    return loaded


def blocks(part: str | dict[str, Any]) -> Iterator[bytes]:
    """A part of a document, a MiB or so at a time."""
    match part:
        case str():
            yield PIECES.get(part, part).encode()
        case {"repeat": str(text), "times": int(times)} if "{n}" in text:
            yield "".join(text.format(n=number) for number in range(times)).encode()
        case {"repeat": str(text), "times": int(times)}:
            many = max(BLOCK // len(text), 1)
            yield from (text.encode() * min(many, times - done) for done in range(0, times, many))
        case {"text": str(text), "as": str(encoding)}:
            yield PIECES.get(text, text).encode(encoding)
        case {"hex": str(digits)}:
            yield bytes.fromhex(digits)
        case _:
            raise ValueError(f"not a part of a document: {part}")


class Document(RawIOBase):
    """A document that comes into being while it is read, so that its size costs nothing."""

    def __init__(self, parts: list[str | dict[str, Any]]) -> None:
        self.blocks = (block for part in parts for block in blocks(part))
        self.rest = b""

    def readinto(self, room: Any) -> int:  # noqa: ANN401 as RawIOBase has it
        """Fill the room as far as the block at hand goes."""
        while not self.rest:
            block = next(self.blocks, None)
            if block is None:
                return 0
            self.rest = block
        size = min(len(room), len(self.rest))
        room[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def memory(field: str) -> float:
    """MiB of this process: VmRSS is what it holds, VmHWM the most it held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(field))


def outcome(parts: list[str | dict[str, Any]]) -> dict[str, Any]:
    """What reading a document found and cost."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    held, began = memory("VmRSS"), time.perf_counter()
    reading = read(cast("BinaryIO", Document(parts)), pick=load)
    defects = [reading.refusal] if reading.refusal else []
    for batch in reading.batches(jobs=2, tables=False):
        defects += islice(batch.defects, 1)
    defects += reading.defects[:1]
    return {
        "kind": defects[0].kind if defects else "valid",
        "detail": defects[0].detail if defects else "",
        "seconds": time.perf_counter() - began,
        "mebibytes": memory("VmHWM") - held,
    }


if __name__ == "__main__":
    outcome([PIECES["message"]])
    json.dump({name: outcome(case["parts"]) for name, case in cases().items()}, sys.stdout)
