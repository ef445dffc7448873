"""Messages to measure the rules with: AW33 of 2.2 whose clients, all different, keep every rule, or all break some."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import yaml
from tests.generating import PLAIN, written
from tests.generating.stated import stated

from bench.messages import MEGABYTE, Written
from keten.population.people.identifiers import bsns
from keten.standard import load

RELEASE, MESSAGE = "2.2", "AW33"
HEADER = {
    "Afzender": "5501",
    "Ontvanger": "75000001",
    "BerichtIdentificatie": {"Identificatie": "1", "Dagtekening": "2021-03-01"},
}
BSN = re.compile(rb"(?<=<m:Bsn>)\d+(?=<)")

WRONG: dict[str, Callable[[bytes], bytes]] = {
    "one rule per client": lambda text: text.replace(b"<m:Huisarts>01", b"<m:Huisarts>02"),
    "many rules per client": lambda text: (
        re.sub(rb"<m:Leveringsvorm>.", b"<m:Leveringsvorm>9", text)
        .replace(b"<m:Huisarts>01", b"<m:Huisarts>02")
        .replace(b">2020-11-02<", b">2022-11-02<")
        .replace(b"<b:LandCode>NL<", b"<b:LandCode>BE<")
    ),
}
"""Ways to make every client break rules."""


def write_clean(path: Path, megabytes: float, spoil: Callable[[bytes], bytes] = bytes) -> Written:
    """Write a message of at least so many megabytes in which every client keeps the rules, unless it is spoiled."""
    content = yaml.safe_load(Path(__file__).with_name("clean.yaml").read_text(encoding="utf-8"))
    release = load(RELEASE)
    whole = written(release, stated(release, MESSAGE, HEADER, [content]), PLAIN, Random(1))
    begin, end = whole.index(b"<m:Client>"), whole.rindex(b"</m:Client>") + len(b"</m:Client>")
    head, client, tail = whole[:begin], spoil(whole[begin:end]) + b"\n", whole[end:]
    times = max(int(megabytes * MEGABYTE) // len(client), 1)
    before, behind = BSN.split(client)
    with path.open("wb") as file:
        file.write(head)
        file.writelines(before + b"%09d" % bsn + behind for bsn in bsns(times).tolist())
        file.write(tail)
    return Written(path, times, path.stat().st_size)
