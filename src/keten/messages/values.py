"""Values in tables: whether they fit a simple type, and what dates, times and numbers they are.

Texts stand in tables as they were written; compare numbers, dates and times by value, through the functions here.
"""

import polars as pl

from keten.messages.patterns import AnyOf, Chars, Expression, Sequence, Star, parse
from keten.standard import SimpleType

SPACE = " \t\r\n"
"""What XML Schema calls white space."""

DATE = r"^-?(?:[1-9][0-9]{4,}|[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})-[0-9]{2}-[0-9]{2}$"
TIME = r"^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)$"
INTEGER = r"^[+-]?[0-9]+$"
"""How values of the bases are written; the types of the standard take no time zones, and there is no year 0."""


def is_blank(text: pl.Expr) -> pl.Expr:
    """Whether a text holds nothing but white space; null for null."""
    return text.str.strip_chars(SPACE) == ""


def as_number(text: pl.Expr) -> pl.Expr:
    """The value of an integer, Int64; null for what is no integer or lies beyond 64 bits."""
    return text.str.strip_chars(SPACE).str.strip_prefix("+").cast(pl.Int64, strict=False)


def as_date(text: pl.Expr) -> pl.Expr:
    """The day of a date; null for what is not written as yyyy-mm-dd (a year beyond 9999)."""
    return text.str.strip_chars(SPACE).str.to_date("%Y-%m-%d", strict=False)


def as_time(text: pl.Expr) -> pl.Expr:
    """The moment of a time; null for the end of a day written as 24:00:00."""
    return text.str.strip_chars(SPACE).str.to_time("%H:%M:%S%.f", strict=False)


def is_value(text: pl.Expr, kind: SimpleType) -> pl.Expr:
    """Whether a text is a value of a type: of its base, and within what narrows it; null for null."""
    trimmed = text.str.strip_chars(SPACE)
    match kind.base:
        case "date":
            # the calendar repeats itself after 400 years, so the last four digits of a year tell its leap days
            day = trimmed.str.extract(r"([0-9]{4}-[0-9]{2}-[0-9]{2})$").str.replace("^0000", "2000")
            of_base = trimmed.str.contains(DATE) & as_date(day).is_not_null()
        case "time":
            of_base = trimmed.str.contains(TIME)
        case "integer":
            of_base = trimmed.str.contains(INTEGER)
        case _:
            of_base = pl.lit(value=True)
    return pl.when(text.is_not_null()).then(of_base & fits(text, kind))


def fits(text: pl.Expr, kind: SimpleType) -> pl.Expr:
    """Whether a text that is a value of the type's base also keeps the type's lengths, range, codes and patterns."""
    demands = [pl.lit(value=True)]
    bare = text if kind.base == "string" else text.str.strip_chars(SPACE)
    if kind.codes:
        demands.append(text.is_in(list(kind.codes)))
    demands += [bare.str.contains(f"^(?:{as_regex(parse(pattern))})$") for pattern in kind.patterns]
    if kind.base == "integer":
        between = as_number(text).is_between(_or(kind.minimum, -(2**63)), _or(kind.maximum, 2**63 - 1))
        demands.append(between.fill_null(_unbounded(text, kind)))
    elif kind.min_length is not None or kind.max_length is not None:
        demands.append(text.str.len_chars().is_between(kind.min_length or 0, _or(kind.max_length, 2**31)))
    return pl.all_horizontal(demands)


def as_regex(expression: Expression) -> str:
    r"""An expression in the notation of Polars' regular expressions, which are matched by an automaton too.

    >>> as_regex(parse("[1-9][0-9]*00"))
    '[\\x{31}-\\x{39}](?:[\\x{30}-\\x{39}])*[\\x{30}-\\x{30}][\\x{30}-\\x{30}]'
    """
    match expression:
        case Chars(ranges):
            return "[" + "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in ranges) + "]"
        case Sequence(parts):
            return "".join(as_regex(part) for part in parts)
        case AnyOf(choices):
            return "(?:" + "|".join(sorted(as_regex(choice) for choice in choices)) + ")"
        case Star(body):
            return f"(?:{as_regex(body)})*"
        case _:
            raise NotImplementedError("the demands of several patterns are tested one by one")


def _unbounded(text: pl.Expr, kind: SimpleType) -> pl.Expr:
    """Whether the type takes an integer beyond 64 bits, on the side on which this one lies; null for null."""
    below = text.str.contains("-", literal=True)
    return pl.when(below).then(kind.minimum is None).when(text.is_not_null()).then(kind.maximum is None)


def _or(bound: int | None, default: int) -> int:
    return default if bound is None else bound
