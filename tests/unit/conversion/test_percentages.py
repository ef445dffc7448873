"""Percentages of many items at once are those of each for itself, and cost no more than their number."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.conversion.law.beside import COUNTED
from keten.conversion.law.percentages import assign_percentages
from keten.standard.tariffs import load_tariffs

PLAIN = load_tariffs(Path(__file__).parents[2] / "cases" / "tariffs" / "plain.yaml")
FIRST, LAST = 17_622, 17_626
"""Days from 2018-04-01 on."""


class Item(NamedTuple):
    """A new item in force from `start` until `end`, or an exception beside (`outcome`)."""

    dossier: int
    start: int
    end: int
    soort: int
    code: str
    form: str
    outcome: str | None = None


ITEMS = st.builds(
    Item,
    st.integers(0, 1),
    st.integers(FIRST, LAST),
    st.integers(FIRST, LAST),
    st.sampled_from([1, 3, 5]),
    st.sampled_from(["754", "755"]),
    st.sampled_from(["2", "4", "7"]),
    st.sampled_from([None, None, None, "EX02", "EX07"]),
)


def assigned(given_items: Sequence[Item], tariffs: Any = None, klasse: str = "K1") -> list[tuple[int, str | None]]:  # noqa: ANN401
    """Percentage and reason of each item without an outcome, in their order; every MPT is made of one functie 31."""
    rows = [
        {
            "item": number,
            "dossier": one.dossier,
            "zzp": True,
            "start": one.start,
            "end": one.end,
            "soort": one.soort,
            "code": one.code,
            "leveringsvorm": one.form,
            "origin": "mpt" if one.form == "7" else "zzp",
            "instelling": f"{number:08}",
            "items": [number],
            "outcome": one.outcome,
        }
        for number, one in enumerate(given_items)
    ]
    types = {"item": pl.UInt32, "dossier": pl.UInt32, "start": pl.Int32, "end": pl.Int32, "soort": pl.Int8}
    frame = pl.DataFrame(rows, schema_overrides={**types, "items": pl.List(pl.UInt32), "outcome": pl.String})
    items = frame.with_columns(
        new_start="start",
        new_end="end",
        new_soort="soort",
        own=pl.lit(value=True),
        code=pl.lit("31"),
        klasse=pl.lit(klasse),
        opslag=pl.lit(None, pl.String),
    )
    new = frame.filter(pl.col("outcome").is_null()).drop("item", "outcome")
    found = assign_percentages(new, items, tariffs)
    return list(found.select(pl.col("percentage") // 100, "reason").iter_rows())


def beside(one: int, given_items: Sequence[Item]) -> list[Item]:
    """The set of an item but itself, by the words of P1."""
    mine = given_items[one]
    others = [
        other
        for number, other in enumerate(given_items)
        if number != one
        and other.dossier == mine.dossier
        and other.start <= mine.start <= other.end
        and (other.outcome is None or other.outcome in COUNTED)
    ]
    if mine.soort == 1 or any(other.soort == 1 for other in others):
        return [other for other in others if other.soort == 1]
    return others


def expected(one: int, given_items: Sequence[Item]) -> tuple[int, str | None]:
    """Percentage and reason without a table."""
    mine, others = given_items[one], beside(one, given_items)
    if not others:
        return 100, None
    if any(other.outcome for other in others):
        return 1, "an exception beside"
    if any(other.form != mine.form or other.form == "2" for other in others):
        return 1, "another leveringsvorm or pgb beside"
    if mine.form != "7":
        return 1, "several providers of Verblijf or VPT"
    if any(other.code != mine.code for other in others):
        return 1, "several ZZPs"
    return 1, "no tariff table"


@settings(deadline=None)
@given(st.lists(ITEMS.filter(lambda one: one.outcome or one.start <= one.end), min_size=1, max_size=12))
def test_sets_are_what_the_rule_says(given_items: list[Item]) -> None:
    """P1 and P3 for all at once equal what their words say of each, counted one by one."""
    new = [number for number, one in enumerate(given_items) if one.outcome is None]
    assert assigned(given_items) == [expected(number, given_items) for number in new]


@settings(deadline=None)
@given(st.lists(ITEMS.filter(lambda one: one.outcome or one.start <= one.end), min_size=1, max_size=12))
def test_a_table_gives_shares_where_none_was_the_only_reason(given_items: list[Item]) -> None:
    """Equal functies have equal parts of the hundred, but for the remainder; every other item stays as it was."""
    new = [number for number, one in enumerate(given_items) if one.outcome is None]
    for (percentage, reason), number in zip(assigned(given_items, PLAIN), new, strict=True):
        before = expected(number, given_items)
        others = len(beside(number, given_items))
        if before == (1, "no tariff table"):
            assert (abs(percentage - 100 / (others + 1)) < 1, reason) == (True, None)
        else:
            assert (percentage, reason) == before


def test_a_hundred_providers_and_one_more() -> None:
    """A hundred can have 1% each; more cannot add up to 100."""
    crowd = [Item(0, FIRST, LAST, 1, "754", "7")] * 101
    assert assigned(crowd[:100], PLAIN, "K1") == [(10, None)] * 100, "1000 of 100: over budget"
    assert set(assigned(crowd, PLAIN)) == {(1, "not priced: a set of more than 100 providers")}


def test_one_client_with_twenty_thousand_assignments() -> None:
    """Neither all at once nor one after the other takes more than their number."""
    started = perf_counter()
    assigned([Item(0, FIRST, LAST, 1, "754", "7")] * 20_000, PLAIN)
    assigned([Item(0, FIRST + one, FIRST + one + 2, 1, "754", "7") for one in range(20_000)], PLAIN)
    assert perf_counter() - started < 20
