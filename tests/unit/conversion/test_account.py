"""Whatever comes in, the account closes and what goes out is valid and can say from what it came."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keten.bootstrap import executor
from keten.conversion import Settings, convert
from keten.messages import find_sources, read
from keten.population import populate, standard_proportions
from keten.standard import load
from keten.validation import validate
from tests.generating import any_style, document, written
from tests.unit.conversion.test_cases import LAW, RULE
from tests.unit.threads import threads

SMALL = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Every example converts a region or three."""

TRAITS = tuple(sorted(standard_proportions().traits))
ASSIGNMENTS = {"ToegewezenZorgzwaartepakket": "ZzpCode", "ToegewezenFunctie": "FunctieCode"}
Row = dict[str, str]


def quiet(*_: object) -> None:
    """Tells nobody."""


def run(source: Path, out: Path, chosen: Settings | None = None) -> dict[str, Any]:
    """Convert a folder, in one thread; the figures."""
    with threads(1) as pool:
        return convert(list(find_sources([str(source)])), out, chosen or Settings(), pool, quiet)


def people(folder: Path, clients: int, shares: Mapping[str, float], seed: int, regions: int = 1) -> None:
    """Messages of 1.2 about made-up people, with other shares of some traits."""
    with threads(1) as pool:
        mix = standard_proportions().with_shares(dict(shares))
        populate(folder, clients, pool, quiet, regions=regions, seed=seed, proportions=mix)


def rows(path: Path) -> list[Row]:
    """The rows of a worklist."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sent(folder: Path) -> Iterator[tuple[str, int, Row]]:
    """Every assignment that stands in the messages: file, client in it, its cells."""
    for path in sorted(folder.rglob("*.xml")):
        with path.open("rb") as stream:
            tables = next(iter(read(stream).batches())).tables
        for table, code in ASSIGNMENTS.items():
            for row in tables[table].iter_rows(named=True):
                yield str(path.relative_to(folder)), row["parent"] + 1, {**row, "code": row[code]}


def check_account(figures: Mapping[str, Any]) -> None:
    """All sums of the law (Account), for each zorgkantoor and for all."""
    for one in (figures["account"]["total"], *figures["account"]["zorgkantoren"].values()):
        assert one["read"] == one["items"] + one["repeated"]
        assert one["items"] == sum(one["outcomes"].values()) + sum(one["exceptions"].values())
    assert figures["account"]["total"]["clients"].keys() == {
        *("sent complete", "sent incomplete", "nothing to send", "refused")
    }


def check_lineage(out: Path) -> None:
    """What is sent stands in assignments.csv with the old item that it came from and rules of the law, and vice versa."""
    law = set(RULE.findall(LAW.read_text(encoding="utf-8")))
    told = rows(out / "assignments.csv")
    assert all(row["rules"] for row in told if row["outcome"] != "EX06")
    assert {rule for row in told for rule in row["rules"].split()} - {"-"} <= law
    keys = ("new_file", "new_client", "new_code", "new_leveringsvorm", "new_ingangsdatum", "new_einddatum")
    promised = {tuple(row[key] for key in keys) for row in told if row["new_file"]}
    stands = {
        (file, str(client), row["code"], row.get("Leveringsvorm") or "", row["Ingangsdatum"], row["Einddatum"] or "")
        for file, client, row in sent(out)
    }
    assert promised <= stands
    assert {key[2:] for key in stands} == {key[2:] for key in promised}


@given(st.dictionaries(st.sampled_from(TRAITS), st.sampled_from([0.0, 0.3, 1.0]), max_size=4), st.integers(0, 10_000))
@SMALL
@pytest.mark.slow
def test_any_population(tmp_path_factory: pytest.TempPathFactory, shares: dict[str, float], seed: int) -> None:
    """Of odd mixes of people: the account closes, all that is sent is valid 2.0, and each of it tells where it came from."""
    folder = tmp_path_factory.mktemp("people")
    people(folder / "in", 150, shares, seed, regions=1 + seed % 3)
    figures = run(folder / "in", folder / "out")
    check_account(figures)
    assert figures["input"]["refused"] == 0
    assert all(
        validate(source.name, release="2.0@1.3", rules=False).verdict == "valid"
        for source in find_sources([str(folder / "out")])
    )
    check_lineage(folder / "out")


@cache
def senseless(message: str, seed: int) -> bytes:
    """A message of 1.2 with random values and random presence of all that is optional: valid, without any sense."""
    random, release = Random(seed), load("1.2")
    whole = document(release, message, random, clients=4, ordinary=seed % 3 > 0)
    text = written(release, whole, any_style(random), random)
    return text if isinstance(text, bytes) else text.encode()


@pytest.mark.slow
def test_senseless_but_valid_messages(tmp_path: Path) -> None:
    """None of them is refused as a file, the account closes, and what goes out is valid."""
    (tmp_path / "in").mkdir()
    for seed in range(80):
        for message in ("AW33", "ZK33"):
            (tmp_path / "in" / f"{message}-{seed:03}.xml").write_bytes(senseless(message, seed))
    figures = run(tmp_path / "in", tmp_path / "out")
    check_account(figures)
    assert figures["input"]["refused"] == 0
    assert figures["account"]["total"]["read"] > 500
    assert all(
        validate(source.name, release="2.0@1.3", rules=False).verdict == "valid"
        for source in find_sources([str(tmp_path / "out")])
    )


def digests(folder: Path) -> dict[str, str]:
    """Of every file of a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
def test_the_order_of_work_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One thread or two processes, one share of the input or many: the same bytes."""
    people(tmp_path / "in", 150, {"cross_regional": 0.3}, seed=4)
    run(tmp_path / "in", tmp_path / "one")
    sources = list(find_sources([str(tmp_path / "in")]))
    monkeypatch.setattr(import_module("keten.conversion.converting"), "SHARE", 100_000)
    monkeypatch.setattr("keten.conversion.grouping.RECORDS_IN_GROUP", 50)
    with executor(2) as pool:
        convert(sources, tmp_path / "two", Settings(), pool, quiet)
    assert digests(tmp_path / "two") == digests(tmp_path / "one")
