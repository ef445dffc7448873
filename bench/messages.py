"""Large messages to measure with: valid clients as the sector's software writes them, and the same spoiled."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.generating import PLAIN, document, written

from keten.standard import load

RELEASE, MESSAGE = "2.0", "AW33"
DISTINCT = 2000
"""Clients that differ; a large message repeats them."""

MEGABYTE = 1_000_000
SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "comment": lambda text: text.replace(b"<m:Client>", b"<m:Client><!-- -->"),
    "value": lambda text: re.sub(rb"<m:Bsn>\d+<", b"<m:Bsn>x<", text),
    "structure": lambda text: re.sub(rb"<m:Bsn>\d+</m:Bsn>", b"<m:Onbekend/>", text),
}
"""Ways to make every client cost more: valid but written oddly, with a wrong value, with a wrong structure."""


WRONG: dict[str, tuple[int, Callable[[bytes], bytes]]] = {
    "every client has a wrong element": (1, SPOILED["structure"]),
    "every client has a wrong element, ten times the size": (10, SPOILED["structure"]),
    "every client has several wrong values": (1, lambda text: re.sub(rb"(\d{4})-(\d\d)-(\d\d)", rb"\3-\2-\1", text)),
}
"""Messages in which every client is wrong: how many times as large as the others, and what is done to the clients."""

MANY = 15_000
"""Wrong elements of a client that has many, which 20 do."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message on disk: where it is, its clients and bytes."""

    path: Path
    clients: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A message in parts: what stands before the clients, the clients, what stands behind them."""

    head: bytes
    clients: bytes
    tail: bytes


def parts(clients: int = DISTINCT, seed: int = 1) -> Parts:
    """A valid message with so many clients."""
    release, random = load(RELEASE), Random(seed)
    whole = document(release, MESSAGE, random, clients=clients, fullness=0.4, ordinary=True)
    text = written(release, whole, PLAIN, random)
    begin, end = text.index(b"<m:Client>"), text.rindex(b"</m:Client>") + len(b"</m:Client>")
    return Parts(text[:begin], text[begin:end], text[end:])


def write_large(path: Path, whole: Parts, megabytes: int) -> Written:
    """Write a message of at least so many megabytes, by repeating its clients."""
    need = megabytes * MEGABYTE + len(whole.clients)
    if shutil.disk_usage(path.parent).free < 2 * need:
        raise SystemExit(f"There is no room for {megabytes} MB in {path.parent}; name another place with --folder.")
    times = max(-(-megabytes * MEGABYTE // len(whole.clients)), 1)
    with path.open("wb") as file:
        file.write(whole.head)
        for _ in range(times):
            file.write(whole.clients)
        file.write(whole.tail)
    return Written(path, times * whole.clients.count(b"<m:Client>"), path.stat().st_size)


def write_small(folder: Path, files: int, clients: int) -> Written:
    """Write many small messages into a folder."""
    folder.mkdir()
    size = 0
    for number in range(files):
        whole = parts(clients, seed=number % 100)
        size += (folder / f"{number:04}.xml").write_bytes(whole.head + whole.clients + whole.tail)
    return Written(folder, files * clients, size)


def write_wrong(folder: Path, whole: Parts, megabytes: int) -> dict[str, Written]:
    """Write messages in which every client is wrong, and one of few clients with many wrong elements each."""
    made = {}
    for number, (name, (times, spoil)) in enumerate(WRONG.items()):
        spoiled = Parts(whole.head, spoil(whole.clients), whole.tail)
        made[name] = write_large(folder / f"wrong-{number}.xml", spoiled, times * megabytes)
    client = whole.clients[: whole.clients.index(b"</m:Client>")] + b"<m:Onbekend/>" * MANY + b"</m:Client>"
    few = Parts(whole.head, client * 20, whole.tail)
    return {**made, f"20 clients of {MANY} wrong elements": write_large(folder / "few.xml", few, 0)}
