"""Offences against a rule: how many there are, and where they stand, for as many as someone wants to see."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from keten.messages import CLIENT
from keten.validation.rules.view import ABOVE, HEADER, Rows, View


@dataclass(frozen=True, slots=True)
class Place:
    """An element: a row of a table, or (with a path) an element in that row."""

    table: str
    row: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class Offence:
    """One offence: the row of the client it concerns, and the places it points at, in document order."""

    client: int
    places: Iterable[Place]


@dataclass(frozen=True, slots=True)
class Offences:
    """How many offences there are, and a way to go through them one by one."""

    count: int
    listed: Iterable[Offence]


Judge = Callable[[View, Mapping[str, Any]], Iterator[Offences]]
"""A rule with a module of its own: what offends in a batch, by the settings of the release."""


def at_rows(view: View, name: str, rows: Rows, *paths: str) -> Offences:
    """An offence at each of these rows, pointing at what exists of some elements in it (`.`: the row itself)."""
    return each(view, name, rows, lambda row: (place for path in paths for place in places(view, name, row, path)))


def each(view: View, name: str, rows: Rows, point: Callable[[int], Iterable[Place]]) -> Offences:
    """An offence at each of these rows, pointing at what `point` finds for it."""

    def listed() -> Iterator[Offence]:
        clients = view.clients(name) if name in view.tables and CLIENT in view.tables else None
        for row in rows.tolist():
            yield Offence(-1 if clients is None else int(clients[row]), point(row))

    return Offences(len(rows), listed())


def places(view: View, name: str, row: int, path: str) -> Iterator[Place]:
    """The elements that a path leads to from a row, as far as they exist."""
    if path == ".":
        yield Place(name, row)
    elif path.startswith(HEADER):
        if view.header.get(path.removeprefix(HEADER)) is not None:
            yield Place("Header", 0, path.removeprefix(HEADER))
    elif path.startswith(ABOVE):
        parent = view.layout.tables[name].parent
        assert parent is not None
        yield from places(view, parent, int(view.tables[name]["parent"][row]), path.removeprefix(ABOVE))
    elif exists(view, name, row, path):
        yield Place(name, row, path)
    else:
        yield from _below(view, name, row, path)


def exists(view: View, name: str, row: int, path: str) -> bool:
    """Whether an element is there in a row: itself, or for a structure anything in it."""
    frame = view.tables[name]
    if path in frame.columns:
        return frame[path][row] is not None
    return any(frame[column][row] is not None for column in frame.columns if column.startswith(f"{path}/"))


def rows_below(view: View, child: str, row: int) -> range:
    """The rows of a table that hang on a row of the table above it."""
    parents = view.tables[child]["parent"].to_numpy()
    first, behind = np.searchsorted(parents, [row, row + 1])
    return range(int(first), int(behind))


def _below(view: View, name: str, row: int, path: str) -> Iterator[Place]:
    child, _, rest = path.partition("/")
    if rest and child in view.tables and view.layout.tables[child].parent == name:
        for below in rows_below(view, child, row):
            yield from places(view, child, below, rest)
