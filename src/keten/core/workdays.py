"""Workdays of the iWlz: Monday to Friday, but for the public holidays of the Netherlands on which the chain rests.

Good Friday is a workday: schema 2.0 v1.3 came out on it, 30 March 2018, and after Easter the release began.
Liberation Day is a holiday in every fifth year only, as most collective agreements have it. Why: docs/decisions/time.md.
"""

from datetime import date, timedelta
from functools import cache

import holidays

from keten.core.errors import UsageError

DAY = timedelta(days=1)
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""The years of which the holidays are known: Liberation Day stands as it does since 1990."""

WORKED = {"Good Friday"}
"""Holidays of the calendar on which the chain works."""


class NoWorkdays(UsageError):
    """Workdays were asked for in a year of which the holidays are not known."""

    hint = f"Give a day of the years {FIRST_YEAR} to {LAST_YEAR}."


def is_workday(day: date) -> bool:
    """Whether the chain works on a day. Raises NoWorkdays."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def add_workdays(day: date, count: int) -> date:
    """The workday that is so many workdays after a day, which itself is never counted. Raises NoWorkdays, ValueError.

    >>> add_workdays(date(2018, 3, 30), 1)
    datetime.date(2018, 4, 3)
    """
    if count < 1:
        raise ValueError("Workdays are counted from one.")
    found = day
    for _ in range(count):
        found = _next(found)
    return found


def workdays_between(start: date, end: date) -> int:
    """How many workdays come after one day, up to and including another; none where it is not later. Raises NoWorkdays."""
    _check(start)
    _check(end)
    return sum(is_workday(start + DAY * number) for number in range(1, (end - start).days + 1))


def _next(day: date) -> date:
    _check(day)
    found = day + DAY
    while not is_workday(found):
        found += DAY
    return found


def _check(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NoWorkdays(f"The holidays of {day.year} are not known, so workdays of {day} cannot be counted.")


@cache
def _holidays(year: int) -> frozenset[date]:
    """The days of a year on which the chain rests. Raises NoWorkdays."""
    _check(date(year, 1, 1))
    known = holidays.country_holidays("NL", years=year, language="en_US")
    return frozenset(day for day, name in known.items() if name not in WORKED)
