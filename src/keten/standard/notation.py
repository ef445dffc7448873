"""The notation of the release data: a line per type or element (see the head of each data file)."""

import re
from collections.abc import Mapping
from typing import cast, get_args

from keten.standard.model import Base, Element, SimpleType

BOUNDS = re.compile(r"(\d*)\.\.(\d*)")
NAME = re.compile(r"(?P<name>\w+)(?P<optional>\??)(?P<repeats>\*?)")


def read_type(name: str, line: str, codes: Mapping[str, str] | None = None) -> SimpleType:
    """A simple type from its line `BASE [LENGTH or RANGE] [PATTERN ...] [codes]`.

    >>> read_type("LDT_Naam", "string ..200").max_length
    200
    """
    base, *rest = line.split(" ")
    if base not in get_args(Base):
        raise ValueError(f"{name}: unknown base type {base!r}")
    coded = rest[-1:] == ["codes"]
    if coded != bool(codes):
        raise ValueError(f"{name}: 'codes' stands in types.yaml exactly when codes.yaml lists them")
    rest = rest[:-1] if coded else rest
    bounds = BOUNDS.fullmatch(rest[0]) if rest else None
    low, high = (int(b) if b else None for b in bounds.groups()) if bounds else (None, None)
    length, value = ((None, None), (low, high)) if base == "integer" else ((low, high), (None, None))
    return SimpleType(name, cast("Base", base), *length, *value, tuple(rest[1:] if bounds else rest), codes or {})


def read_element(key: str, line: str) -> Element:
    """An element from its key `NAME[?][*]` and its line `TYPE [PATTERN]`.

    >>> read_element("Client*", "Client")
    Element(name='Client', type='Client', optional=False, repeats=True, patterns=())
    """
    match = NAME.fullmatch(key)
    if match is None:
        raise ValueError(f"{key!r} is not NAME, NAME?, NAME* or NAME?*")
    kind, *patterns = line.split(" ")
    return Element(match["name"], kind, bool(match["optional"]), bool(match["repeats"]), tuple(patterns))


def read_class(lines: Mapping[str, str]) -> tuple[Element, ...]:
    """The elements of a class or structure, in their order."""
    return tuple(read_element(key, line) for key, line in lines.items())
