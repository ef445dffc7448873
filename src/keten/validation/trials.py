"""What a release would refuse in messages that are right by another: the tests, made once for a message and a target.

Within one release elements are compared by value, and by whether they may or must be there. Between releases only by
value, and only elements at the same path: names and structure differ, and their meaning cannot be told by a program.
What may repeat, and records that must be there, are not tried.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import polars as pl

from keten.messages import CLIENT, HEADER, Column, Layout, Node, Table, layout_of
from keten.messages.values import is_value
from keten.standard import Release, SimpleType
from keten.standard.describing import describe

Reason = Literal["value", "unknown", "missing"]
"""Why an element is refused: what it says, that there is no such element, that it must be there."""

CLASSES = ((r"\p{Lu}", "A"), (r"[\p{L}&&[^A]]", "a"), (r"\p{N}", "9"), (r"\s", "_"), (r"[^!-~]", "?"))
"""What stands for a character of a value, in this order; other characters of ASCII stand for themselves."""

LONGEST = 24
"""Characters of a pattern of a value; what is longer is cut off."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A test of the cells of one column: `offends` marks the rows, `pattern` is the shape of what offends."""

    table: str
    path: str
    reason: Reason
    offends: pl.Expr
    pattern: pl.Expr
    expected: str = ""


@cache
def probes_of(layout: Layout, target: Release) -> tuple[Probe, ...]:
    """The tests of a message against a release; none when the release does not have the message."""
    if layout.message.name not in target.messages:
        return ()
    aim = layout_of(target, layout.message.name)
    paths = {_path(aim, table): table for table in aim.tables.values()}
    same_release = layout.release.id == target.id
    found = list(_elsewhere(layout, aim)) if same_release else []
    for table in layout.tables.values():
        path = _path(layout, table)
        found += _values(table, paths.get(path), path)
        if same_release:
            found += _unknown(table, paths.get(path), path)
            found += _missing((layout, table), (aim, paths[path]), path) if path in paths else ()
    versions = () if same_release else tuple(f"/{HEADER}/{name}" for name in target.message_version)
    return tuple(probe for probe in found if probe.path not in versions)


def not_compared(layout: Layout, target: Release) -> frozenset[str]:
    """The elements of a message that have no namesake at the same path in a release."""
    if layout.message.name not in target.messages:
        return frozenset()
    there = set(_cell_paths(layout_of(target, layout.message.name)))
    return frozenset(path for path in _cell_paths(layout) if path not in there)


def shape(text: pl.Expr) -> pl.Expr:
    """The pattern of a value: A for a capital, a for another letter, 9 for a digit, _ for white space; a + for five or more.

    It says how a value is written, never whose it is.
    """
    classed = text
    for characters, kind in CLASSES:
        classed = classed.str.replace_all(characters, kind)
    for kind in "Aa9_":
        classed = classed.str.replace_all(f"{kind}{{5,}}", f"{kind}+")
    return pl.when(classed.str.len_chars() > LONGEST).then(classed.str.slice(0, LONGEST) + "...").otherwise(classed)


def _path(layout: Layout, table: Table) -> str:
    """The path of a table from Client, or from the document for what stands outside the clients."""
    above = "" if table.parent is None else _path(layout, layout.tables[table.parent])
    own = table.path[-1:] if table.parent is None else table.path
    return f"{above}/{'/'.join(own)}"


def _cell_paths(layout: Layout) -> Iterator[str]:
    for table in layout.tables.values():
        yield from (_cell(table, column, _path(layout, table)) for column in table.columns if column.type)


def _cell(table: Table, column: Column, path: str) -> str:
    return path if table.leaf else f"{path}/{column.name}"


def _elsewhere(layout: Layout, aim: Layout) -> Iterator[Probe]:
    """A probe for clients that stand elsewhere in the target."""
    if layout.client_path != aim.client_path:
        path = "/".join(("", *layout.client_path[1:-1])) or f"/{CLIENT}"
        yield Probe(CLIENT, path, "unknown", pl.lit(value=True), pl.lit(""))


def _values(table: Table, aim: Table | None, path: str) -> Iterator[Probe]:
    """Probes of the values in the columns whose types differ."""
    types = {column.name: column.type for column in aim.columns} if aim else {}
    for column in table.columns:
        kind = types.get(column.name)
        if column.type is not None and kind is not None and _facets(column.type) != _facets(kind):
            text = pl.col(column.name)
            pattern = text if column.type.codes else shape(text)
            refused = ~is_value(text, kind)
            yield Probe(table.name, _cell(table, column, path), "value", refused, pattern, describe(kind))


def _facets(kind: SimpleType) -> SimpleType:
    """A type without what says nothing of its values."""
    return replace(kind, name="", codes=dict.fromkeys(kind.codes, ""))


def _unknown(table: Table, aim: Table | None, path: str) -> Iterator[Probe]:
    """Probes for elements, or whole records, that the target does not have."""
    nothing = pl.lit("")
    if aim is None:
        yield Probe(table.name, path, "unknown", pl.lit(value=True), nothing)
        return
    there = {column.name for column in aim.columns}
    for column in table.columns:
        if column.name not in there and column.type is not None:
            yield Probe(table.name, _cell(table, column, path), "unknown", pl.col(column.name).is_not_null(), nothing)


def _missing(now: tuple[Layout, Table], then: tuple[Layout, Table], path: str) -> Iterator[Probe]:
    """Probes for elements that must be there in the target, where now they need not, or cannot."""
    required = dict(_required(*now))
    columns = {column.name for column in now[1].columns}
    for name, holder in _required(*then):
        if required.get(name) == holder and name in required:
            continue
        absent = pl.col(name).is_null() if name in columns else pl.lit(value=True)
        inside = [pl.col(other).is_not_null() for other in sorted(columns) if other.startswith(f"{holder}/")]
        held = pl.any_horizontal(inside) if holder else pl.lit(value=True)
        if not holder or inside:
            yield Probe(now[1].name, f"{path}/{name}", "missing", held & absent, pl.lit(""))


def _required(layout: Layout, table: Table) -> Iterator[tuple[str, str]]:
    """The columns of a table that must be there, and within which optional element, if within any."""
    if not table.leaf:
        yield from _required_within(_node(layout.root, table.name), "", "")


def _required_within(node: Node, path: str, holder: str) -> Iterator[tuple[str, str]]:
    for child in node.children:
        here = f"{path}{child.name}"
        if child.type is not None and not child.is_row and not child.optional:
            yield here, holder
        elif child.type is None and not child.is_row:
            yield from _required_within(child, f"{here}/", here if child.optional else holder)


def _node(node: Node, table: str) -> Node:
    """The element that is a row of a table."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.is_row and one.table == table:
            return one
        waiting += one.children
    raise KeyError(table)
