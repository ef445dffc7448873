"""Assignments from two zorgkantoren are found by the messages after alone, whatever the judge itself expects."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from keten.acceptance import Settings
from keten.acceptance.findings.doubles import doubled, two_senders
from keten.acceptance.matching.expected import Tables, expected
from keten.acceptance.reading.read_side import gather
from keten.acceptance.reading.spool import BEFORE, Spool
from keten.messages import find_sources
from tests.unit.conversion.building import write_cases
from tests.unit.conversion.notation import _case

BSN, PROVIDER = "900000000", "40000001"
ITEM = {
    "bsn": BSN, "kind": "AW33", "sender": "5501", "receiver": PROVIDER, "besluit": "1", "functie": False, "code": "754",
    "provider": PROVIDER, "vorm": "4", "start": date(2018, 4, 1), "end": None, "owner": "5501",
}  # fmt: skip
SCHEMA = {"end": pl.Date, "functie": pl.Boolean, "start": pl.Date}


@pytest.fixture(scope="module")
def must(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """What must come where 5501 served the provider, and 5502 too."""
    folder = tmp_path_factory.mktemp("doubles")
    messages = "AW33 5501>A: a\nZK33 5501>5502: a\nAW33 5502>A: a"
    case = _case(0, "M5", {"case": "", "before": "a: A zin 754 2017-01-01..", "messages": messages})
    write_cases([case], folder)
    spool = Spool(folder, 1)
    sources = list(enumerate(find_sources([str(folder)])))
    told = gather(BEFORE, "0", sources, Settings(), spool)
    addressed = frozenset((sender, to) for kind, sender, to in told.routes if kind == "AW33")
    return expected(spool, 0, addressed, Settings())


def came(*changes: dict[str, Any]) -> pl.DataFrame:
    """Items that came, each with changes."""
    rows = [{**ITEM, **change, "item": nr, "record": nr, "path": f"/{nr}"} for nr, change in enumerate(changes)]
    return pl.DataFrame(rows, schema_overrides=SCHEMA)


def found(items: pl.DataFrame, must: Tables) -> list[tuple[str, str, list[int]]]:
    """Who must withdraw, who stays, and the records."""
    (frame,) = two_senders(doubled(items, must), must)
    return [(row["zorgkantoor"], row["expected"], row["records"]) for row in frame.iter_rows(named=True)]


OTHER = {"sender": "5502"}


@pytest.mark.parametrize(
    "other",
    [
        OTHER,
        {**OTHER, "besluit": "2"},
        {**OTHER, "start": date(2018, 5, 1)},
        {**OTHER, "owner": "5502"},  # which 5502 had nothing of in its own books
        {"sender": "5509", "owner": "5509"},
    ],
)
def test_a_double(must: Tables, other: dict[str, Any]) -> None:
    """Who must not send it is told to withdraw it."""
    assert found(came({}, other), must) == [(other["sender"], "5501", [1, 0])]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {**OTHER, "kind": "ZK33"},
        {**OTHER, "receiver": "40000002"},
        {**OTHER, "bsn": "900000001"},
        {**OTHER, "provider": "40000002", "receiver": "40000002"},
        {**OTHER, "code": "755"},
        {**OTHER, "vorm": "5"},
        {**OTHER, "functie": True, "vorm": None},
    ],
)
def test_no_double(must: Tables, other: dict[str, Any]) -> None:
    """One sender, another way, another client, provider or care."""
    assert found(came({}, other), must) == []


def test_periods_apart(must: Tables) -> None:
    """One after the other: a zorgkantoor took over from another."""
    assert found(came({"end": date(2018, 6, 30)}, {**OTHER, "start": date(2018, 7, 1)}), must) == []


def test_a_double_that_was_expected(must: Tables) -> None:
    """Where the judge would call for both, as it once did, it finds the double all the same."""
    again = must.sends.filter((pl.col("kind") == "AW33") & pl.col("own")).with_columns(sender=pl.lit("5502"))
    both = replace(must, sends=pl.concat([must.sends, again]))
    assert found(came({}, OTHER), both) == [("5502", "5501", [1, 0])]


def test_of_many(must: Tables) -> None:
    """A finding for each zorgkantoor too many, and one for several items of one that share days with the same."""
    others = (
        {"sender": "5502", "end": date(2018, 5, 31)},
        {"sender": "5502", "start": date(2018, 6, 1)},
        {"sender": "5503"},
    )
    assert [(by, stays) for by, stays, _ in found(came({}, *others), must)] == [("5502", "5501"), ("5503", "5501")]
