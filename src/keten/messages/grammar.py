"""A message as arrays for the kernel: its tree of elements with their names as they are written, and its types."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from keten.messages.automata import TypeTables, tabulate
from keten.messages.layout import CLIENT, Layout, Node, client_node
from keten.standard import SimpleType

Key = tuple[str, tuple[str, ...]]
"""What tells the simple types of one release apart: the name, and the patterns that must match."""


class Prefixes(NamedTuple):
    """How the names of the message and of the common types begin in a document: `m:` and `b:`, or nothing."""

    message: bytes
    common: bytes


ELEMENT = np.dtype(
    [
        ("name_at", np.int32),
        ("name_size", np.int32),
        ("child_from", np.int32),
        ("child_count", np.int32),
        ("kind", np.int32),
        ("table", np.int32),
        ("column", np.int32),
        ("optional", np.bool_),
        ("repeats", np.bool_),
        ("may_end", np.bool_),
        ("may_be_empty", np.bool_),
        ("is_row", np.bool_),
        ("common", np.bool_),
    ],
    align=True,
)
"""An element for the kernel: its name as written; its children, which follow each other; the number of its type (-1: it
has none); the table and column where it goes (-1: nowhere) and whether it is a row there; whether it may be absent, may
repeat, may be the last of its parent, and may be complete without children; whether it is one of the common types."""


class Grammar(NamedTuple):
    """The elements of a message (an ELEMENT each, breadth first), the bytes of their names, and their types.

    `parents`: per table the number of the table its rows hang on, or -1.
    """

    elements: npt.NDArray[np.void]
    names: npt.NDArray[np.uint8]
    parents: npt.NDArray[np.int32]
    types: TypeTables


MOST_GRAMMARS = 100
"""Grammars kept for the next message: senders choose their prefixes, so there is no end to them."""


class Entry(NamedTuple):
    """A grammar and the number of the element within which reading begins."""

    grammar: Grammar
    context: int


@lru_cache(MOST_GRAMMARS)
def client_grammar(layout: Layout, prefixes: Prefixes) -> Entry:
    """The grammar of a message, entered at the element that holds the clients."""
    return _entry(layout, prefixes, layout.client_path[:-1], list(layout.client_tables))


@lru_cache(MOST_GRAMMARS)
def envelope_grammar(layout: Layout, prefixes: Prefixes) -> Entry:
    """The grammar of a message, entered at the document as a whole, for the tables outside the clients."""
    return _entry(layout, prefixes, (), list(layout.envelope_tables))


NO_PREFIXES = Prefixes(b"", b"")


class ClientTree(NamedTuple):
    """The elements of a client as a grammar of its own; `nodes` are the same in its order."""

    nodes: tuple[Node, ...]
    grammar: Grammar


@lru_cache(MOST_GRAMMARS)
def client_tree(layout: Layout, prefixes: Prefixes = NO_PREFIXES) -> ClientTree:
    """The tree of a client alone; without prefixes, its names are those to compare local names with."""
    nodes, first_child = _breadth_first(client_node(layout))
    return ClientTree(tuple(nodes), _grammar(layout, nodes, first_child, prefixes, []))


def _entry(layout: Layout, prefixes: Prefixes, path: tuple[str, ...], tables: list[str]) -> Entry:
    root = _in_parts(layout.root, layout.client_path[1:-1])
    document = Node("", common=False, optional=False, repeats=False, type=None, children=(root,))
    nodes, first_child = _breadth_first(document)
    return Entry(_grammar(layout, nodes, first_child, prefixes, tables), _at(nodes, first_child, path))


def _breadth_first(top: Node) -> tuple[list[Node], list[int]]:
    """A tree level by level, and of each element where its children begin."""
    nodes, first_child = [top], []
    for node in nodes:
        first_child.append(len(nodes))
        nodes += node.children
    return nodes, first_child


def _in_parts(node: Node, path: tuple[str, ...]) -> Node:
    """The tree of a message that is read in parts: what stands beside the clients may be absent.

    Clients repeat even in a message that may have one only; the reader counts them in all parts together.
    """
    if not path:
        parts = (replace(child, optional=True, repeats=child.name == CLIENT) for child in node.children)
        return replace(node, children=tuple(parts))
    children = (_in_parts(child, path[1:]) if child.name == path[0] else child for child in node.children)
    return replace(node, children=tuple(children))


def _at(nodes: list[Node], first_child: list[int], path: tuple[str, ...]) -> int:
    """The number of the element that a path leads to."""
    here = 0
    for name in path:
        children = [child.name for child in nodes[here].children]
        here = first_child[here] + children.index(name)
    return here


def _grammar(
    layout: Layout, nodes: list[Node], first_child: list[int], prefixes: Prefixes, tables: list[str]
) -> Grammar:
    written = [(prefixes.common if node.common else prefixes.message) + node.name.encode() for node in nodes]
    types = types_of(layout)
    number = {name: index for index, name in enumerate(tables)}
    columns = {name: {c.name: i for i, c in enumerate(layout.tables[name].columns)} for name in tables}
    may_end = _may_end(nodes, first_child)
    elements = np.zeros(len(nodes), ELEMENT)
    for index, node in enumerate(nodes):
        table = node.table if node.table in number else None
        elements[index] = (
            sum(len(name) for name in written[:index]),
            len(written[index]),
            first_child[index],
            len(node.children),
            -1 if node.type is None else types.numbers[_key(node.type)],
            -1 if table is None else number[table],
            -1 if table is None or node.column is None else columns[table][node.column],
            node.optional,
            node.repeats,
            may_end[index],
            all(child.optional for child in node.children),
            node.is_row,
            node.common,
        )
    return Grammar(
        elements=elements,
        names=np.frombuffer(b"".join(written), np.uint8),
        parents=np.array([number.get(layout.tables[name].parent or "", -1) for name in tables], np.int32),
        types=types.tables,
    )


class _Types(NamedTuple):
    """The simple types of a message: the number of each, and their tables in that order."""

    numbers: Mapping[Key, int]
    tables: TypeTables
    kinds: tuple[SimpleType, ...]


@cache
def types_of(layout: Layout) -> _Types:
    """The simple types of a message, however its names are written and whatever part of it is read."""
    found = {_key(kind): kind for kind in _simple_types(layout.root)}
    return _Types(
        {key: number for number, key in enumerate(found)}, tabulate(list(found.values())), tuple(found.values())
    )


def _key(kind: SimpleType) -> Key:
    return kind.name, kind.patterns


def _simple_types(node: Node) -> Iterator[SimpleType]:
    if node.type is not None:
        yield node.type
    for child in node.children:
        yield from _simple_types(child)


def _may_end(nodes: list[Node], first_child: list[int]) -> list[bool]:
    """Per element: whether all its later siblings may be absent."""
    flags = [True] * len(nodes)
    for node, first in zip(nodes, first_child, strict=True):
        rest_optional = True
        for index in range(len(node.children) - 1, -1, -1):
            flags[first + index] = rest_optional
            rest_optional &= node.children[index].optional
    return flags
