"""How a message lies in tables: which elements are rows of which table, and which are cells in them.

A class of the message is a table; a record is a row that points to its parent row. A class that holds nothing but one
repeating element (Clienten, Relaties) is no table: it is there exactly when it has rows. Structures (a name, an
address) are spread over the columns of the row they stand in, named by their path: `Naam/Geslachtsnaam/Naam`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from keten.standard import Element, Message, Release, SimpleType

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the path of its element within the row, and its simple type.

    A column without a type is a flag: it says whether an element is there that may be empty (a Periode without dates).
    """

    name: str
    type: SimpleType | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, the table its rows point to, the path from there, and its columns.

    Only the path's last element is the row; those before it are bare containers. `leaf` marks a repeating simple
    element (RetourCode): its one column bears its own name.
    """

    name: str
    parent: str | None
    path: Path
    columns: tuple[Column, ...]
    repeats: bool
    leaf: bool = False

    @property
    def element(self) -> str:
        """The name of the element that is a row."""
        return self.path[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """An element at its place in the message; `table` and `column` say where it goes, if anywhere."""

    name: str
    common: bool
    optional: bool
    repeats: bool
    type: SimpleType | None
    table: str | None = None
    column: str | None = None
    is_row: bool = False
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The tables of a message and the tree of its elements.

    `client_path` leads from the root to the elements that divide a message into clients: ("Bericht", "Clienten",
    "Client"). Tables from `Client` on are the client's, those before it (Header) are the envelope's.
    """

    release: Release
    message: Message
    root: Node
    tables: Mapping[str, Table] = field(repr=False)
    client_path: Path

    @property
    def client_tables(self) -> Mapping[str, Table]:
        """The tables of a client, parents before their children; the first is Client itself."""
        return {name: table for name, table in self.tables.items() if not self._is_envelope(name)}

    @property
    def envelope_tables(self) -> Mapping[str, Table]:
        """The tables outside the clients: the header and what hangs on it."""
        return {name: table for name, table in self.tables.items() if self._is_envelope(name)}

    def _is_envelope(self, name: str) -> bool:
        if name == CLIENT:
            return False
        parent = self.tables[name].parent
        return parent is None or self._is_envelope(parent)

    def ancestors(self, name: str) -> Iterator[str]:
        """The tables above a table, nearest first."""
        parent = self.tables[name].parent
        while parent is not None:
            yield parent
            parent = self.tables[parent].parent


HEADER = "Header"
CLIENT = "Client"
CLIENT_NAME = np.frombuffer(CLIENT.encode(), np.uint8)
"""For the kernel, which finds clients by it."""


@cache
def layout_of(release: Release, message_name: str) -> Layout:
    """The layout of a message of a release."""
    message = release.messages[message_name]
    names = _table_names(message)
    root_element = Element(release.root_element, "Root")
    root = _Builder(release, message, names).node(root_element, common=False, path=(), row=())
    tables: dict[str, Table] = {}
    _collect(root, (), None, tables)
    return Layout(release, message, root, tables, _client_path(root))


def client_node(layout: Layout) -> Node:
    """The tree of a client's elements."""
    node = layout.root
    for name in layout.client_path[1:]:
        node = next(child for child in node.children if child.name == name)
    return node


def is_container(elements: tuple[Element, ...]) -> bool:
    """Whether a class holds nothing but one repeating element."""
    return len(elements) == 1 and elements[0].repeats


def _table_names(message: Message) -> dict[Path, str]:
    """The name of each table by its path: the element's name, with its parent table's where two would bear the same."""
    rows = list(_rows(message, "Root", (), ""))
    names: dict[Path, str] = {}
    for path, parent in rows:
        alone = [p for p, _ in rows if p[-1] == path[-1]] == [path]
        names[path] = path[-1] if alone or path[-1] == CLIENT else f"{names[parent]}/{path[-1]}"
    return names


def _rows(message: Message, kind: str, path: Path, parent: Path | str) -> Iterator[tuple[Path, Path]]:
    """Path and parent row's path of every element that is a row, in document order."""
    for element in message.classes[kind]:
        here = (*path, element.name)
        inner = message.classes.get(element.type)
        row = not is_container(inner) if inner is not None else element.repeats
        if row:
            yield here, tuple(parent)
        if inner is not None:
            yield from _rows(message, element.type, here, here if row else parent)


class _Builder:
    """Builds the tree of elements of one message."""

    def __init__(self, release: Release, message: Message, names: Mapping[Path, str]) -> None:
        self.release, self.message, self.names = release, message, names

    def node(self, element: Element, *, common: bool, path: Path, row: Path) -> Node:
        """An element; `path` leads from the root element to it, `row` from the row it stands in."""
        is_row = path in self.names
        row = () if is_row else row
        inner, inner_common = self._inner(element)
        owner = next((self.names[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.names), None)
        flag = inner_common and element.optional and all(child.optional for child in inner)
        children = tuple(
            self.node(child, common=inner_common, path=(*path, child.name), row=(*row, child.name)) for child in inner
        )
        leaf = not inner
        column = element.name if leaf and is_row else "/".join(row) if leaf or flag else None
        return Node(
            name=element.name,
            common=common,
            optional=element.optional,
            repeats=element.repeats,
            type=self.release.type_of(element) if leaf else None,
            table=owner,
            column=column,
            is_row=is_row,
            children=children,
        )

    def _inner(self, element: Element) -> tuple[tuple[Element, ...], bool]:
        """The elements within an element and whether they are common ones; none for a simple type."""
        if element.type in self.message.classes:
            return self.message.classes[element.type], False
        return self.release.structures.get(element.type, ()), True


def _collect(node: Node, path: Path, parent: str | None, tables: dict[str, Table]) -> None:
    """Gather the tables of a subtree; `path` leads from the parent table's row to the node."""
    for child in node.children:
        here = (*path, child.name)
        if child.is_row and child.table is not None:
            columns = tuple(Column(column, kind) for column, kind in _cells(child, child.table))
            tables[child.table] = Table(child.table, parent, here, columns, child.repeats, child.type is not None)
            _collect(child, (), child.table, tables)
        elif child.type is None and not child.common:
            _collect(child, here, parent, tables)


def _cells(node: Node, table: str) -> Iterator[tuple[str, SimpleType | None]]:
    """Column name and type of the cells of a row, in document order."""
    if node.column is not None:
        yield node.column, node.type
    for child in node.children:
        if child.table == table and not child.is_row:
            yield from _cells(child, table)


def _client_path(root: Node) -> Path:
    """The path from the root element to Client."""
    for child in root.children:
        if child.name == CLIENT:
            return (root.name, CLIENT)
        if any(inner.name == CLIENT for inner in child.children):
            return (root.name, child.name, CLIENT)
    raise ValueError("a message without clients")
