"""Measures a judge by the answer sheet: which faults it found by their codes, and what it found beside them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from tests.unit.faults.conftest import Planted

BSN = re.compile(rb"<Client>\s*<Bsn>(\d+)</Bsn>")


class Measured(NamedTuple):
    """Plantings with codes that nobody found, by fault; and findings that no planting explains, by fault and code."""

    missed: list[tuple[str, str]]
    other: list[tuple[str, str]]


def measure(planted: Planted, findings: pl.DataFrame) -> Measured:
    """What was found of all that was planted."""
    sheet = planted.answers.to_dicts()
    expected = {one["planting"]: (one["fault"], set(one["expects"].split())) for one in sheet}
    whom = {bsn: one["planting"] for one in sheet for bsn in _touched(planted.clean, one)}
    files = {str(planted.folder / one["file"]): one["planting"] for one in sheet if one["file"]}
    found: Mapping[int, set[str]] = defaultdict(set)
    other = []
    for finding in findings.iter_rows(named=True):
        about = {whom.get(bsn) for bsn in _whom(finding)} or {files.get(file) for file in finding["after_files"]}
        for planting in about:
            fault, codes = expected.get(planting or 0, ("", set()))
            if finding["code"] in codes:
                found[planting or 0].add(finding["code"])
            else:
                other.append((fault, finding["code"]))
    missed = [(fault, code) for nr, (fault, codes) in expected.items() for code in sorted(codes - found[nr])]
    return Measured(missed, other)


def _touched(clean: Path, answer: Mapping[str, Any]) -> list[str]:
    """Whom a change of the sheet touches: a client, or all of a file."""
    if not answer["clean_file"]:
        return []
    inside = clients(clean / answer["clean_file"])
    return [inside[answer["clean_client"] - 1]] if answer["clean_client"] else inside


def _whom(finding: Mapping[str, Any]) -> Iterator[str]:
    """The clients that a finding is about."""
    after = list(zip(finding["after_files"], finding["after_clients"], strict=True))
    for file, client in [*after, (finding["before_file"], finding["before_client"])]:
        if file and client:
            yield clients(Path(file))[client - 1]


@cache
def clients(path: Path) -> list[str]:
    """The Bsn of the clients in a message, in their order."""
    return [bsn.decode() for bsn in BSN.findall(path.read_bytes())]
