"""Workdays: weekends and Dutch holidays rest, Good Friday does not; days beyond what is known are refused in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.core.workdays import NoWorkdays, add_workdays, is_workday, workdays_between

DAYS = st.dates(date(1990, 1, 1), date(2099, 11, 30))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2018-03-29", 1, "2018-03-30"),  # Maundy Thursday: Good Friday is worked
        ("2018-03-30", 1, "2018-04-03"),  # over Easter Monday
        ("2018-03-31", 1, "2018-04-03"),
        ("2018-04-01", 2, "2018-04-04"),
        ("2018-04-26", 1, "2018-04-30"),  # King's Day on a Friday
        ("2013-04-29", 1, "2013-05-01"),  # Queen's Day
        ("2018-05-04", 1, "2018-05-07"),
        ("2018-05-09", 1, "2018-05-11"),  # Ascension Day
        ("2018-05-18", 1, "2018-05-22"),  # Whit Monday
        ("2018-12-24", 1, "2018-12-27"),
        ("2018-12-31", 1, "2019-01-02"),
        ("2019-12-30", 2, "2020-01-02"),
        ("2020-05-04", 1, "2020-05-06"),  # Liberation Day, every fifth year
        ("2021-05-04", 1, "2021-05-05"),
        ("2020-02-28", 1, "2020-03-02"),
    ],
)
def test_workdays_are_counted_from_the_day_after(day: str, count: int, expected: str) -> None:
    """Over Easter, Christmas and the end of the year."""
    assert add_workdays(date.fromisoformat(day), count) == date.fromisoformat(expected)


@given(DAYS, st.integers(1, 15))
def test_what_is_added_is_what_lies_between(day: date, count: int) -> None:
    """And it ends on a workday."""
    end = add_workdays(day, count)
    assert is_workday(end)
    assert workdays_between(day, end) == count
    assert workdays_between(day, end - timedelta(days=1)) == count - 1


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    """Nor between a day and itself."""
    assert workdays_between(date(2018, 4, 3), date(2018, 4, 3)) == 0
    assert workdays_between(date(2018, 4, 5), date(2018, 4, 3)) == 0


@pytest.mark.parametrize("day", [date.min, date(1989, 12, 31), date(2099, 12, 31), date(2100, 1, 1), date.max])
def test_days_beyond_what_is_known_are_refused(day: date) -> None:
    """In words that name the year, instead of an answer that would be a guess."""
    with pytest.raises(NoWorkdays, match="are not known, so workdays"):
        add_workdays(day, 1)


def test_an_open_end_has_no_number_of_workdays() -> None:
    """At once, not after eight thousand years of counting."""
    with pytest.raises(NoWorkdays, match="9999"):
        workdays_between(date(2018, 4, 1), date.max)


def test_workdays_are_counted_forwards() -> None:
    """None, or fewer, is no deadline."""
    with pytest.raises(ValueError, match="from one"):
        add_workdays(date(2018, 4, 1), 0)
