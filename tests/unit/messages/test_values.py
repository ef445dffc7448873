"""Values in tables mean what XML Schema means by them."""

from dataclasses import replace
from datetime import date, time

import polars as pl
import pytest

from keten.messages.values import as_date, as_number, as_time, fits, is_blank, is_value
from keten.standard import Release, load
from tests.generating import accepts_value, schema_versions, tempting_values

SCHEMAS = [pytest.param(release, id=release.reference) for release in schema_versions()]

MISREAD = ("[^Z+-]+",)
"""The pattern of LDT_Tijd. libxml2 (2.14) overlooks its closing minus and takes 12:00:00-01:00; XML Schema does not."""


def one(text: str | None, expression: pl.Expr) -> object:
    """What an expression over the column `text` makes of one text."""
    return pl.DataFrame({"text": [text]}, schema={"text": pl.String}).select(expression).item()


@pytest.mark.parametrize("release", SCHEMAS)
def test_a_value_fits_a_type_when_libxml2_takes_it(release: Release) -> None:
    """Given that it is a value of the type's base; so a value of one schema version can be tried against another."""
    for kind in release.types.values():
        if kind.patterns == MISREAD:
            continue
        base = replace(kind, patterns=(), codes={}, min_length=None, max_length=None, minimum=None, maximum=None)
        values = [value for value in tempting_values(kind) if accepts_value(base, value)]
        fitting = (
            pl.DataFrame({"text": values}, schema={"text": pl.String}).select(fits(pl.col("text"), kind)).to_series()
        )
        assert fitting.to_list() == [accepts_value(kind, value) for value in values], kind.name


@pytest.mark.parametrize("release", SCHEMAS)
def test_a_text_is_a_value_of_a_type_when_libxml2_takes_it(release: Release) -> None:
    """Whatever stands there."""
    for kind in release.types.values():
        if kind.patterns == MISREAD:
            continue
        values = list(tempting_values(kind))
        taken = pl.DataFrame({"text": values}).select(is_value(pl.col("text"), kind)).to_series()
        wrong = [value for value, one in zip(values, taken, strict=True) if one != accepts_value(kind, value)]
        assert wrong == [], kind.name


def test_white_space_around_a_number_is_no_matter_to_the_pattern_of_an_element() -> None:
    """As BerichtVersie has one."""
    kind = replace(load("2.2").types["LDT_BerichtVersie"], patterns=("5",))
    for text in ("5", " 5", "5\n", "05", "6", ""):
        assert one(text, is_value(pl.col("text"), kind)) is accepts_value(kind, text), text


def test_a_time_has_no_time_zone() -> None:
    """Where libxml2 misreads the pattern, XML Schema counts."""
    kind = load("2.0").types["LDT_Tijd"]
    assert kind.patterns == MISREAD
    for text, taken in {"12:00:00": True, "12:00:00Z": False, "12:00:00+01:00": False, "12:00:00-01:00": False}.items():
        assert one(text, fits(pl.col("text"), kind)) is taken, text


TEXTS = {
    "a number": ("12", as_number, 12),
    "a number with zeros, a sign and space": (" +007\n", as_number, 7),
    "a number below zero": ("-3", as_number, -3),
    "a date": ("2018-04-01", as_date, date(2018, 4, 1)),
    "a date with space": ("\t2018-04-01 ", as_date, date(2018, 4, 1)),
    "a date beyond the year 9999": ("12018-04-01", as_date, None),
    "a time": ("12:34:56", as_time, time(12, 34, 56)),
    "a time with parts of a second": ("12:34:56.5", as_time, time(12, 34, 56, 500_000)),
    "the end of a day": ("24:00:00", as_time, None),
    "blanks": (" \n", is_blank, True),
    "no blanks": (" \xa0", is_blank, False),
    "nothing": (None, is_blank, None),
}


@pytest.mark.parametrize(("text", "meaning", "value"), TEXTS.values(), ids=TEXTS.keys())
def test_texts_have_the_value_that_they_mean(text: str | None, meaning: object, value: object) -> None:
    """However they are written."""
    assert one(text, meaning(pl.col("text"))) == value  # type: ignore[operator]
