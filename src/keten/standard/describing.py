"""A simple type in words: what a value must look like."""

import re
from functools import cache
from importlib.resources import files

import yaml

from keten.standard.model import SimpleType

MOST_CODES = 8
"""Code lists up to this size are written out."""
LITERAL = re.compile(r"\w+")
INITIALS = ("ciz", "cak")
"""Parties whose names are initials."""


def describe(kind: SimpleType) -> str:
    """What a value of this type must look like.

    >>> from keten.standard import load
    >>> describe(load("2.0").types["LDT_JaNee"])
    '1 (Ja) or 2 (Nee)'
    >>> describe(load("2.0@1.3").types["LDT_HuisnummerToevoeging"])
    'text of 1 to 4 characters, not only blanks, only capitals and digits'

    A pattern that only one value matches is that value, and one that says all of a value is enough.

    >>> release = load("2.0")
    >>> describe(release.type_of(release.messages["AW33"].classes["Header"][0]))
    '352'
    >>> describe(release.types["LDT_BurgerServicenummer"])
    '9 digits'
    """
    enough = next((pattern for pattern in kind.patterns if is_fixed(pattern) or pattern in _phrases("whole")), None)
    if enough is not None:
        return phrase(enough)
    if kind.codes:
        return _codes(kind)
    return ", ".join([_base(kind), *dict.fromkeys(phrase(pattern) for pattern in kind.patterns)])


def role(party: str) -> str:
    """A party as people write it: some are known by their initials.

    >>> role("zorgkantoor"), role("ciz")
    ('zorgkantoor', 'CIZ')
    """
    return party.upper() if party in INITIALS else party


def is_fixed(pattern: str) -> bool:
    """Whether a pattern is a value as it stands: nothing in it has a meaning of its own."""
    return LITERAL.fullmatch(pattern) is not None


def phrase(pattern: str) -> str:
    """What a pattern demands, in words where they are known.

    >>> phrase("[0-9]{9}")
    '9 digits'
    """
    known = {**_phrases("whole"), **_phrases("patterns")}
    return pattern if is_fixed(pattern) else known.get(pattern, f"matching {pattern}")


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
            return "a whole number" + _range(kind.minimum, kind.maximum)
        case "string":
            bounds = _range(kind.min_length, kind.max_length)
            unit = "character" if bounds.endswith(" 1") else "characters"
            return f"text{bounds} {unit}" if bounds else "text"


def _range(low: int | None, high: int | None) -> str:
    if high is None:
        return f" of at least {low}" if low is not None else ""
    if low is None:
        return f" of at most {high}"
    return f" of {high}" if low == high else f" of {low} to {high}"


@cache
def _phrases(kind: str) -> dict[str, str]:
    text = (files("keten.standard") / "phrases.yaml").read_text(encoding="utf-8")
    phrases: dict[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)[kind]
    return phrases
