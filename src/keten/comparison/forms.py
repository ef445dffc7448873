"""How values are written: each in one form only, as text, so that equal values are equal texts on both sides."""

from collections.abc import Callable

import polars as pl

from keten.messages.values import as_date, as_number

EXPECTED = {
    "bsn": "at most nine digits",
    "agb": "at most eight digits",
    "code": "at most eight letters and digits",
    "number": "a number",
    "date": "a day, such as 2018-04-01",
    "percentage": "percents, such as 33.5",
}
"""What a value of each form is, for who has to write one."""

Form = Callable[[pl.Expr], pl.Expr]
WHOLE = 100
"""Hundredths in a percent."""


def blank_as_absent(text: pl.Expr) -> pl.Expr:
    """The text without white space around it; null where nothing is left."""
    stripped = text.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def _digits(width: int) -> Form:
    """Digits, with the leading zeros that spreadsheets lose."""
    return lambda text: pl.when(text.str.contains(f"^[0-9]{{1,{width}}}$")).then(text.str.zfill(width))


def _code(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains("^[A-Za-z0-9]{1,8}$")).then(text.str.to_uppercase())


def _number(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains("^[0-9]{1,18}$")).then(as_number(text).cast(pl.String))


def _date(text: pl.Expr) -> pl.Expr:
    return as_date(text).dt.to_string("%Y-%m-%d")


def _percentage(text: pl.Expr) -> pl.Expr:
    """Percents with two decimals; a comma and a percent sign are understood."""
    plain = text.str.strip_suffix("%").str.replace(",", ".", literal=True)
    whole, decimals = (plain.str.extract(r"^([0-9]{1,3})(?:\.([0-9]{1,2}))?$", group) for group in (1, 2))
    return pl.format("{}.{}", whole.cast(pl.Int64), decimals.fill_null("").str.pad_end(2, "0"))


def of_hundredths(text: pl.Expr) -> pl.Expr:
    """A percentage as messages write it (10000 is 100%) in the form of a book."""
    number = as_number(text)
    return pl.format("{}.{}", number // WHOLE, (number % WHOLE).cast(pl.String).str.zfill(2))


FORMS: dict[str, Form] = {
    "bsn": _digits(9),
    "agb": _digits(8),
    "code": _code,
    "number": _number,
    "date": _date,
    "percentage": _percentage,
}
"""Each gives the value in its one form, null where the text has another."""
