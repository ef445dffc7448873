"""Values of a simple type: some that libxml2 accepts, at the edges of what the type allows, and some that only seem so."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from keten.standard import Release, SimpleType
from tests.generating.judging import accepts_value

FILLERS = ("a", "7", "A", "é", "𝄞", " ", "&", ".")
"""What a text of the greatest or least length is filled with."""

ORDINARY = {
    "string": re.compile(r"[^\r\n\t]*"),
    "integer": re.compile("[0-9]{1,18}"),
    "date": re.compile("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"),
    "time": re.compile("([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}"),
}
"""How values are ordinarily written."""

CANDIDATES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("values.yaml").read_text(encoding="utf-8"))


@cache
def good_values(release: Release, name: str, patterns: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Values that libxml2 accepts for a type, which `patterns` narrow in place."""
    kind = _narrowed(release, name, patterns)
    found = tuple(value for value in tempting_values(kind) if accepts_value(kind, value))
    if not found:
        raise ValueError(f"no candidate is a {name} {patterns}: add one to values.yaml")
    return found


@cache
def ordinary_values(release: Release, name: str, patterns: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The good values that are written the way the sector's software writes them."""
    ordinary = ORDINARY[release.types[name].base]
    return tuple(value for value in good_values(release, name, patterns) if ordinary.fullmatch(value))


def tempting_values(kind: SimpleType) -> Iterator[str]:
    """Values near the edges of a type, on either side."""
    yield from kind.codes
    yield from CANDIDATES[kind.base]
    yield from (pattern for pattern in kind.patterns if pattern.isdigit())
    lengths = {
        length for bound in (kind.min_length, kind.max_length) if bound for length in (bound - 1, bound, bound + 1)
    }
    if kind.base == "string":
        yield from (filler * length for filler in FILLERS for length in sorted(lengths))
        yield from (f"{' ' * (length - 1)}x" for length in sorted(lengths) if length)
    for bound in (kind.minimum, kind.maximum):
        if bound is not None:
            yield from (str(bound - 1), str(bound), str(bound + 1), f"000{bound}")


def _narrowed(release: Release, name: str, patterns: tuple[str, ...]) -> SimpleType:
    kind = release.types[name]
    return replace(kind, patterns=kind.patterns + patterns)
