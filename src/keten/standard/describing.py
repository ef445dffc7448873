"""A simple type in words: what a value must look like."""

from functools import cache
from importlib.resources import files

import yaml

from keten.standard.model import SimpleType

MOST_CODES = 8
"""Code lists up to this size are written out."""


def describe(kind: SimpleType) -> str:
    """What a value of this type must look like.

    >>> from keten.standard import load
    >>> describe(load("2.0").types["LDT_JaNee"])
    '1 (Ja) or 2 (Nee)'
    >>> describe(load("2.0@1.3").types["LDT_HuisnummerToevoeging"])
    'text of 1 to 4 characters, not only blanks, only capitals and digits'
    """
    if kind.codes:
        return _codes(kind)
    phrases = _phrases()
    demands = [phrases.get(pattern, f"matching {pattern}") for pattern in kind.patterns]
    return ", ".join([_base(kind), *dict.fromkeys(demands)])


def _codes(kind: SimpleType) -> str:
    if len(kind.codes) > MOST_CODES:
        return f"one of the {len(kind.codes)} codes of {kind.name}"
    return enumerate_choices([f"{code} ({name})" if name else code for code, name in kind.codes.items()])


def enumerate_choices(choices: list[str]) -> str:
    """The choices as a sentence would have them.

    >>> enumerate_choices(["a", "b", "c"])
    'a, b or c'
    """
    *first, last = choices
    return f"{', '.join(first)} or {last}" if first else last


def _base(kind: SimpleType) -> str:
    match kind.base:
        case "date":
            return "a date (yyyy-mm-dd)"
        case "time":
            return "a time (hh:mm:ss)"
        case "integer":
            return "a whole number" + _range(kind.minimum, kind.maximum, "")
        case "string":
            return "text" + _range(kind.min_length, kind.max_length, " characters")


def _range(low: int | None, high: int | None, unit: str) -> str:
    if high is None:
        return f" of at least {low}{unit}" if low is not None else ""
    if low is None:
        return f" of at most {high}{unit}"
    return f" of {high}{unit}" if low == high else f" of {low} to {high}{unit}"


@cache
def _phrases() -> dict[str, str]:
    text = (files("keten.standard") / "phrases.yaml").read_text(encoding="utf-8")
    phrases: dict[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)["patterns"]
    return phrases
