"""What CAK may know of a book: the care in packages, an MPT as one."""

import pytest

from keten.comparison import pair_of
from keten.comparison.terms import fields
from keten.comparison.views import viewed
from tests.unit.comparison.building import book, note

VIEW = pair_of("zorgkantoor", "cak").view
ALL = set(fields())
PLAIN = ALL - {"zorgbegin", "zorgeinde"}
"""What a book tells that holds no MAZ and no MUT."""


def shown(*notes: str, told: set[str] = PLAIN) -> list[tuple[str | None, ...]]:
    """Provider, package, form, first and last day of what the view leaves of some records."""
    assert VIEW is not None
    records = viewed(book("zorgkantoor", map(note, notes)).records, told, VIEW)[0]
    columns = ["instelling", "zorgeenheid", "leveringsvorm", "ingangsdatum", "einddatum"]
    return records.sort(columns, nulls_last=True).select(columns).rows()


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("2018-03-01 einddatum=2018-05-31", [("2018-01-01", "2018-05-31")]),
        ("2018-04-01 einddatum=2018-05-31", [("2018-01-01", "2018-05-31")]),
        ("2018-04-02 einddatum=2018-05-31", [("2018-01-01", "2018-03-31"), ("2018-04-02", "2018-05-31")]),
        ("2018-02-01 einddatum=2018-02-28", [("2018-01-01", "2018-03-31")]),
        ("2018-02-01", [("2018-01-01", None)]),
    ],
    ids=["overlapping", "following on", "after a gap", "within", "without end"],
)
def test_an_mpt_has_one_start_and_one_end(second: str, expected: list[tuple[str, str | None]]) -> None:
    """Whatever providers it has, as long as their days follow on."""
    found = shown("1 10 754 7 2018-01-01 einddatum=2018-03-31", f"1 11 754 7 {second}")
    assert found == [(None, "754", "7", *days) for days in expected]


def test_a_stay_keeps_its_provider_and_is_not_joined() -> None:
    """Two stays that follow on stay two."""
    notes = ("1 10 754 4 2018-01-01 einddatum=2018-03-31", "1 10 754 4 2018-04-01")
    assert shown(*notes) == [("10", "754", "4", "2018-01-01", "2018-03-31"), ("10", "754", "4", "2018-04-01", None)]


def test_functies_are_not_shown() -> None:
    """So nothing of a subsidy is."""
    assert shown("1 10 91 - 2018-01-01", "1 10 61 - 2018-01-01") == []


def test_the_care_is_shown_instead_of_its_assignment() -> None:
    """Where the book tells of care; an assignment without a MAZ is no care yet."""
    notes = (
        "1 10 754 4 2018-01-01 einddatum=2018-12-31 zorgbegin=2018-01-15",
        "2 10 755 4 2018-01-01 zorgbegin=2018-02-01 zorgeinde=2018-03-01",
        "3 10 756 4 2018-01-01",
    )
    assert shown(*notes, told=ALL) == [
        ("10", "754", "4", "2018-01-15", None),
        ("10", "755", "4", "2018-02-01", "2018-03-01"),
    ]


def test_nothing_else_of_a_book_is_left() -> None:
    """Every field outside the view is empty, and told no more."""
    assert VIEW is not None
    full = {**dict.fromkeys(fields(), "x"), **note("1 10 754 4 2018-01-01 zorgbegin=2018-01-01 zorgeinde=2018-02-01")}
    records, told, _ = viewed(book("zorgkantoor", [full]).records, ALL, VIEW)
    assert told == set(VIEW.fields)
    assert {name for name in fields() if records[name].null_count() == 0} == set(VIEW.fields)
