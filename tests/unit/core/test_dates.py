"""Days as people write them: read where the rows together leave no doubt."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.core.dates import AS_NUMBERS, DAY_FIRST, MONTH_FIRST, read_days

FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d-%m-%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%Y-%m-%d 00:00:00",
    "%Y-%m-%dT00:00:00.000",
)


def read(*texts: str | None) -> tuple[list[str | None], tuple[str, ...]]:
    """The days in one column, and what was assumed."""
    found = read_days(pl.DataFrame({"day": texts}, {"day": pl.String}))
    return found.days["day"].to_list(), found.assumed


@pytest.mark.parametrize(
    ("texts", "days", "assumed"),
    [
        (("2018-4-1", "20180401", None), ["2018-04-01", "2018-04-01", None], ()),
        (("31-12-2018", "1/4/2018"), ["2018-12-31", "2018-04-01"], (DAY_FIRST,)),
        (("12/31/2018", "4/1/2018"), ["2018-12-31", "2018-04-01"], (MONTH_FIRST,)),
        (("01-04-2018", "02-02-2018"), [None, "2018-02-02"], ()),
        (("31-12-2018", "12-31-2018", "1-4-2018"), ["2018-12-31", "2018-12-31", None], ()),
        (("43191", "43191.0", "2958465"), ["2018-04-01", "2018-04-01", "9999-12-31"], (AS_NUMBERS,)),
        (("2018-02-30", "31-02-2018", "1-4-18", "99999", "x"), [None] * 5, ()),
    ],
)
def test_a_day_is_read_when_all_rows_leave_no_doubt(
    texts: tuple[str | None, ...], days: list[str | None], assumed: tuple[str, ...]
) -> None:
    """What may be read in two ways, or is no day, is none."""
    assert read(*texts) == (days, assumed)


def test_columns_of_one_hand_decide_for_each_other() -> None:
    """The last day of a year shows how its first of April is meant."""
    found = read_days(pl.DataFrame({"first": ["01-04-2018"], "last": ["31-12-2018"]}))
    assert found.days.rows() == [("2018-04-01", "2018-12-31")]
    assert read_days(pl.DataFrame({"first": ["01-04-2018"]})).may_be_two["first"].to_list() == [True]


@given(st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS)), max_size=9))
def test_whatever_form_they_have_the_days_are_the_same(written: list[tuple[date, str]]) -> None:
    """Beside one that shows the order."""
    days, _ = read("31-12-2018", *(day.strftime(form) for day, form in written))
    assert days == ["2018-12-31", *(str(day) for day, _ in written)]
