"""What two books have in common and in what they differ: cases, then properties of any two small books."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from keten.comparison import Comparison, compare, pair_of
from keten.comparison.books import Book
from keten.comparison.describing import described
from keten.comparison.reporting import figures_of
from tests.unit.comparison.building import PARTIES, Row, book, note

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "comparison" / "matching.yaml").read_text(encoding="utf-8")
)
PAIR, MIRRORED = pair_of(*PARTIES), pair_of(*reversed(PARTIES))

rows = st.lists(
    st.fixed_dictionaries(
        {
            "bsn": st.sampled_from(["1", "2"]),
            "instelling": st.sampled_from([None, "10", "11"]),
            "zorgeenheid": st.sampled_from(["754", "31"]),
            "leveringsvorm": st.sampled_from([None, "4"]),
            "ingangsdatum": st.sampled_from(["2018-04-01", "2018-05-01"]),
            "percentage": st.sampled_from([None, "1.00", "100.00"]),
        }
    ),
    max_size=8,
)


def found(comparison: Comparison) -> Mapping[str, Any]:
    """The figures of a comparison."""
    return figures_of(comparison, described(comparison))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_what_differs(case: Mapping[str, Any]) -> None:
    """Kinds of difference, and what becomes of the records, as the case has it."""
    left, right = (book(party, map(note, case[side])) for party, side in zip(PARTIES, ("left", "right"), strict=True))
    figures = found(compare(left, right, PAIR))
    assert figures["kinds"] == case.get("kinds", {})
    assert figures["matched"].items() >= case.get("matched", {}).items()
    for side in ("left", "right"):
        account = {name: count for name, count in figures["account"][side].items() if count and name != "records"}
        assert account == case.get(f"{side}_account", {})
    assert figures["verdict"] == ("different" if case.get("kinds") else "equal")


@given(left=rows, right=rows)
def test_the_account_closes_for_any_two_books(left: list[Row], right: list[Row]) -> None:
    """Every record is equal, different, only here or double; as many are paired on the one side as on the other."""
    account = compare(book(PARTIES[0], left), book(PARTIES[1], right), PAIR).account
    for side, some in (("left", left), ("right", right)):
        assert sum(account[side].values()) - account[side]["records"] == account[side]["records"] == len(some)
    assert all(account["left"][name] == account["right"][name] for name in ("equal", "different"))


@given(some=rows, data=st.data())
def test_a_book_is_equal_to_itself(some: list[Row], data: st.DataObject) -> None:
    """In whatever order its records stand."""
    shuffled = data.draw(st.permutations(some))
    comparison = compare(book(PARTIES[0], some), book(PARTIES[1], shuffled), PAIR)
    assert comparison.equal
    assert comparison.account["left"]["equal"] == len(some)


@given(left=rows, right=rows)
def test_who_stands_left_makes_no_difference(left: list[Row], right: list[Row]) -> None:
    """The comparison of the second with the first is the mirror image of that of the first with the second."""
    one = compare(book(PARTIES[0], left), book(PARTIES[1], right), PAIR)
    other = compare(book(PARTIES[1], right), book(PARTIES[0], left), MIRRORED)
    assert told(one, mirrored=False) == told(other, mirrored=True)
    assert found(one)["turns"] == found(other)["turns"]


def told(comparison: Comparison, *, mirrored: bool) -> list[tuple[Any, ...]]:
    """The differences without the key of the record, which is that of the left if there is one; sorted."""
    sides = ["right", "left"] if mirrored else ["left", "right"]
    places = [f"{side}_location" for side in sides]
    listed = described(comparison).select("kind", "field", *sides, "matched", *places, "who")
    return sorted(listed.iter_rows(), key=repr)


@given(left=rows, right=rows)
def test_nothing_is_made_up(left: list[Row], right: list[Row]) -> None:
    """Every difference in a field is one between the two values that stand in the books."""
    for row in described(compare(book(PARTIES[0], left), book(PARTIES[1], right), PAIR)).iter_rows(named=True):
        standing = [
            of[int(row[f"{side}_location"].removeprefix("line ")) - 2] if row[f"{side}_location"] else None
            for side, of in (("left", left), ("right", right))
        ]
        if row["field"] is not None:
            assert standing[0] is not None
            assert standing[1] is not None
            assert (row["left"], row["right"]) == (standing[0].get(row["field"]), standing[1].get(row["field"]))
            assert row["left"] != row["right"]
        else:
            assert (standing[0] is None) != (standing[1] is None)


def test_what_only_one_book_can_tell_is_not_compared() -> None:
    """A book of 1.2 messages tells no percentages: that is no difference with one that does."""
    row = note("1 10 754 4 2018-04-01 percentage=50.00")
    key = ("bsn", "instelling", "zorgeenheid", "leveringsvorm", "ingangsdatum")
    comparison = compare(book(PARTIES[0], [row]), book(PARTIES[1], [{**row, "percentage": None}], key), PAIR)
    assert comparison.equal
    assert "percentage" in found(comparison)["notCompared"]["left"]


def test_one_client_with_very_many_records_takes_no_longer_than_many_clients() -> None:
    """20,000 records with the same logical key on each side: everything is done by sorting and joins one to one."""
    many = [note("1 10 754 4 2018-04-01")] * 20_000
    comparison = compare(book(PARTIES[0], many), book(PARTIES[1], many[:-1]), PAIR)
    assert comparison.account["left"] == {
        "records": 20_000,
        "equal": 19_999,
        "different": 0,
        "only here": 0,
        "double": 1,
    }


def test_the_order_of_files_plays_no_part() -> None:
    """The same records from other places give the same differences."""

    def moved(one: Book) -> Book:
        return Book(one.party, one.records.reverse(), one.fields, one.files, one.rejected, one.account)

    left = book(PARTIES[0], map(note, ["1 10 754 4 2018-01-01", "1 10 754 4 2018-02-01", "1 10 754 4 2018-03-01"]))
    right = book(PARTIES[1], map(note, ["1 10 754 4 2018-05-01", "1 10 754 4 2018-06-01"]))
    once, again = described(compare(left, right, PAIR)), described(compare(moved(left), moved(right), PAIR))
    assert once.equals(again)
