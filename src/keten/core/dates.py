"""Days as people and spreadsheets write them: read where all rows of a table together leave no doubt."""

from dataclasses import dataclass

import polars as pl

MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?$"
YEAR_FIRST = r"^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})" + MIDNIGHT
RUN_TOGETHER = r"^((?:19|20)[0-9]{2}|9999)([0-9]{2})([0-9]{2})(?:\.0+)?$"
YEAR_LAST = r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})" + MIDNIGHT
NUMBERED = r"^([0-9]{5}|2958465)(?:\.0+)?$"

NUMBERS = 32_874, 73_050
"""The days of 1990 to 2099 as spreadsheets number them, from 1899-12-30."""

FOR_EVER = "9999-12-31"
"""What stands for an end that is open."""

DAY_FIRST = "days such as 1-4-2018 are read day first, as other rows show"
MONTH_FIRST = "days such as 4-1-2018 are read month first, as other rows show"
AS_NUMBERS = "days stand as the numbers by which spreadsheets count them"


@dataclass(frozen=True, slots=True)
class Days:
    """Columns of days: each as 2018-04-01, null for what is none for sure; those that `may_be_two`; what was `assumed`."""

    days: pl.DataFrame
    may_be_two: pl.DataFrame
    assumed: tuple[str, ...]


def read_days(texts: pl.DataFrame) -> Days:
    """The days in the columns of a table, which are all written by one hand."""
    names = texts.columns
    day_first, month_first = (texts.select([_year_last(name, order) for name in names]) for order in ((0, 1), (1, 0)))
    numbered = texts.select(_numbered(name) for name in names)
    shows = [_only(one, other) for one, other in ((day_first, month_first), (month_first, day_first))]
    order = (day_first, month_first)[shows.index(True)] if sum(shows) == 1 else None
    days, doubtful = {}, {}
    for name in names:
        first, second = day_first[name], month_first[name]
        two = first.is_not_null() & second.is_not_null() & (first != second)
        alone = pl.select(pl.when(~two).then(pl.coalesce(first, second))).to_series()
        told = alone if order is None else pl.select(pl.when(two).then(order[name]).otherwise(alone)).to_series()
        sure = texts.select(_year_first(name))[name]
        days[name] = pl.select(pl.coalesce(sure, told, numbered[name]).dt.to_string("%Y-%m-%d")).to_series()
        doubtful[name] = two & days[name].is_null()
    return Days(pl.DataFrame(days), pl.DataFrame(doubtful), _assumed(order, day_first, numbered))


def _only(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether a day is there that can be read in one order and not in the other."""
    return any((one[name].is_not_null() & other[name].is_null()).any() for name in one.columns)


def _assumed(order: pl.DataFrame | None, day_first: pl.DataFrame, numbered: pl.DataFrame) -> tuple[str, ...]:
    said = [] if order is None else [DAY_FIRST if order is day_first else MONTH_FIRST]
    if any(column.is_not_null().any() for column in numbered):
        said.append(AS_NUMBERS)
    return tuple(said)


def _year_first(name: str) -> pl.Expr:
    forms = (YEAR_FIRST, RUN_TOGETHER)
    return pl.coalesce(_date(*(pl.col(name).str.extract(form, part) for part in (1, 2, 3))) for form in forms).alias(
        name
    )


def _year_last(name: str, order: tuple[int, int]) -> pl.Expr:
    parts = [pl.col(name).str.extract(YEAR_LAST, part) for part in (1, 2)]
    return _date(pl.col(name).str.extract(YEAR_LAST, 3), parts[order[1]], parts[order[0]]).alias(name)


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    written = pl.format("{}-{}-{}", year, month.str.zfill(2), day.str.zfill(2))
    return written.str.to_date("%Y-%m-%d", strict=False)


def _numbered(name: str) -> pl.Expr:
    number = pl.col(name).str.extract(NUMBERED, 1).cast(pl.Int32)
    known = number.is_between(*NUMBERS) | (number == 2_958_465)  # noqa: PLR2004 the number of 9999-12-31
    return pl.when(known).then(pl.date(1899, 12, 30) + pl.duration(days=number)).alias(name)
