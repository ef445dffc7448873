"""The terms in which the standard words its rules, for elements without namespaces."""

import math
import re
from functools import cache

from lxml import etree

Element = etree._Element

OPEN = 99999999
"""What stands for the end of an open period."""

_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_SPACE = " \t\r\n"


@cache
def _path(path: str) -> etree.XPath:
    return etree.XPath(path)


def all_of(at: Element, *paths: str) -> list[Element]:
    """The elements on these paths, path by path."""
    found: list[Element] = []
    for path in paths:
        found += _path(path)(at)
    return found


def text(at: Element, path: str = ".") -> str:
    """The first text within the elements on a path."""
    return next((str(found) for element in all_of(at, path) for found in _path(".//text()")(element)), "")


def val(at: Element, path: str = ".") -> str:
    """That text without the white space around it, and with single spaces within."""
    return " ".join(part for part in re.split(f"[{_SPACE}]+", text(at, path)) if part)


def string(at: Element, path: str = ".") -> str:
    """The complete text of the first element on a path."""
    return next(("".join(_path(".//text()")(element)) for element in all_of(at, path)), "")


def trimmed(at: Element, path: str = ".") -> str:
    """The complete text without the white space around it."""
    return string(at, path).strip(_SPACE)


def present(at: Element, path: str) -> bool:
    """Whether there is an element on a path."""
    return bool(all_of(at, path))


def absent(at: Element, path: str) -> bool:
    """Whether there is none."""
    return not present(at, path)


def filled(at: Element, path: str) -> bool:
    """Whether there is more than white space."""
    return val(at, path) != ""


def blank(at: Element, path: str) -> bool:
    """Whether there is nothing but white space."""
    return not filled(at, path)


def number(written: str) -> float:
    """The number a text holds, by the rules of XPath 1.0: no plus, no exponent."""
    written = written.strip(_SPACE)
    return float(written) if _NUMBER.fullmatch(written) else math.nan


def as_date(written: str) -> float:
    """A written date as the number YYYYMMDD: its hyphens left out."""
    return number(written.replace("-", ""))


def date(at: Element, path: str = ".") -> float:
    """The date on a path as a number."""
    return as_date(text(at, path))


def add_days(written: str, days: int) -> str:
    """A written date so many days later, with every fourth year a leap year."""
    if not written.strip(_SPACE):
        return ""
    year, month, day = (int(part) for part in written.strip(_SPACE).rsplit("-", 2))
    day += days
    while day > _length(year, month):
        day -= _length(year, month)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return f"{year:04}-{month:02}-{day:02}"


def _length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _period(at: Element) -> tuple[float, float]:
    """From when and until when; an open end is a number beyond the usual years."""
    end = as_date(string(at, "Einddatum")) if present(at, "Einddatum") else OPEN
    return as_date(string(at, "Ingangsdatum")), end


def overlap(one: Element, other: Element) -> bool:
    """Whether two periods share a day."""
    if absent(one, "Einddatum") and absent(other, "Einddatum"):
        return True
    (start, end), (other_start, other_end) = _period(one), _period(other)
    return other_start <= end <= other_end or start <= other_end <= end


def within(inner: Element, outer: Element) -> bool:
    """Whether the one period lies within the other."""
    if absent(inner, "Einddatum") and present(outer, "Einddatum"):
        return False
    (start, end), (outer_start, outer_end) = _period(inner), _period(outer)
    return start <= end and outer_start <= start <= outer_end and outer_start <= end <= outer_end


def oneday(later: Element, earlier: Element) -> bool:
    """Whether two overlapping periods, in the order of the document, share one day at most."""
    start, end = (string(later, name).replace("-", "") for name in ("Ingangsdatum", "Einddatum"))
    other_start, other_end = (string(earlier, name).replace("-", "") for name in ("Ingangsdatum", "Einddatum"))
    if start == end:
        return True
    if number(start) >= number(other_start):
        return present(earlier, "Einddatum") and other_end == start
    return present(later, "Einddatum") and end == other_start


def place(element: Element) -> str:
    """The location of an element: local names, with a number where siblings have the same name."""
    parent, name = element.getparent(), str(element.tag)
    if parent is None:
        return f"/{name}"
    alike = parent.findall(name)
    numbered = f"[{alike.index(element) + 1}]" if len(alike) > 1 else ""
    return f"{place(parent)}/{name}{numbered}"
