"""The notation of the release data: a line per type or element (see the head of each data file)."""

import re
from collections.abc import Mapping
from typing import cast, get_args

from keten.core import KetenError
from keten.standard.model import Base, Element, SimpleType

BOUNDS = re.compile(r"(\d*)\.\.(\d*)")
NAME = re.compile(r"(?P<name>\w+)(?P<optional>\??)(?P<repeats>\*?)")


class BadNotation(KetenError):
    """A line of the release data cannot be understood."""

    hint = "Mend that line in the data files of the release; docs/standard.md explains the notation."


def read_type(name: str, line: str, codes: Mapping[str, str] | None = None) -> SimpleType:
    """A simple type from its line `BASE [LENGTH or RANGE] [PATTERN ...] [codes]`.

    >>> read_type("LDT_Naam", "string ..200").max_length
    200
    """
    base, *rest = line.split(" ")
    if base not in get_args(Base):
        raise BadNotation(f"{name}: {base!r} is no base type; there are {', '.join(get_args(Base))}.")
    coded = rest[-1:] == ["codes"]
    if coded != bool(codes):
        raise BadNotation(f"{name}: 'codes' must stand in types.yaml exactly when codes.yaml lists them.")
    rest = rest[:-1] if coded else rest
    bounds = BOUNDS.fullmatch(rest[0]) if rest else None
    low, high = (int(b) if b else None for b in bounds.groups()) if bounds else (None, None)
    length, value = ((None, None), (low, high)) if base == "integer" else ((low, high), (None, None))
    return SimpleType(name, cast("Base", base), *length, *value, tuple(rest[1:] if bounds else rest), codes or {})


def read_class(name: str, lines: Mapping[str, str]) -> tuple[Element, ...]:
    """The elements of a class or structure, in their order, each from its key `NAME[?][*]` and line `TYPE [PATTERN]`.

    >>> read_class("Clienten", {"Client*": "Client"})
    (Element(name='Client', type='Client', optional=False, repeats=True, patterns=()),)
    """
    return tuple(_element(name, key, line) for key, line in lines.items())


def _element(owner: str, key: str, line: str) -> Element:
    match = NAME.fullmatch(key)
    if match is None:
        raise BadNotation(f"{owner}: {key!r} is not NAME, NAME?, NAME* or NAME?*.")
    if not isinstance(line, str):
        raise BadNotation(f"{owner}/{match['name']}: {line!r} is no type.")
    kind, *patterns = line.split(" ")
    return Element(match["name"], kind, bool(match["optional"]), bool(match["repeats"]), tuple(patterns))
