"""Writes messages from tables: UTF-8 without byte order mark, CR LF after every element (OP192).

Strings are built column by column for all rows of a table at once, from the innermost tables outwards.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

import polars as pl

from keten.messages.layout import CLIENT, Layout, Node, client_node
from keten.messages.tables import Tables

LINE_END = "\r\n"
COMMON_PREFIX = "iwlz:"
"""Elements of the message stand in the default namespace, those of the common types under this prefix."""

ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
ROW = "row"
XML = "xml"


def write(layout: Layout, envelope: Tables, batches: Iterable[Tables], stream: BinaryIO) -> None:
    """Write a message: its envelope's tables (Header and what hangs on it), then its clients, batch by batch."""
    (header,) = headers_xml(layout, envelope)
    write_xml(layout, header, (clients_xml(layout, tables) for tables in batches), stream)


def write_xml(layout: Layout, header: str, clients: Iterable[Iterable[str]], stream: BinaryIO) -> None:
    """Write a message whose header and clients are XML already (`headers_xml`, `clients_xml`)."""
    spaces = {"xmlns": layout.message.namespace, f"xmlns:{COMMON_PREFIX[:-1]}": layout.release.namespace}
    attributes = "".join(f" {name}={quoteattr(uri)}" for name, uri in spaces.items())
    root = layout.root.name
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>{LINE_END}<{root}{attributes}>{LINE_END}{header}'.encode())
    container = "".join(f"<{name}>{LINE_END}" for name in layout.client_path[1:-1])
    opened = False
    for some in clients:
        text = "".join(some)
        stream.write((text if opened or not text else container + text).encode())
        opened |= bool(text)
    stream.write(f"{container.replace('<', '</') if opened else ''}</{root}>{LINE_END}".encode())


def headers_xml(layout: Layout, envelope: Tables) -> pl.Series:
    """The XML of each row of the table Header."""
    return _rows_xml(layout, next(node for node in layout.root.children if node.name != CLIENT), envelope)


def clients_xml(layout: Layout, tables: Tables) -> pl.Series:
    """The XML of each client, in the order of the table Client."""
    return _rows_xml(layout, client_node(layout), tables)


def _rows_xml(layout: Layout, node: Node, tables: Tables) -> pl.Series:
    """The XML of each row of a table, with all that hangs on it."""
    assert node.table is not None
    # in one piece: Polars (2.1) fails to join the texts of columns of which a filter left an empty piece
    frame = _escaped(tables[node.table].rechunk()).with_row_index(ROW)
    for child in _row_nodes(node):
        assert child.table is not None
        inner = pl.DataFrame({ROW: tables[child.table]["parent"], child.table: _rows_xml(layout, child, tables)})
        grouped = inner.group_by(ROW, maintain_order=True).agg(pl.col(child.table).str.join(""))
        frame = frame.join(grouped, on=ROW, how="left", maintain_order="left")
    return frame.select(_element(node).alias(XML))[XML]


def _row_nodes(node: Node) -> Iterator[Node]:
    """The rows that hang on a row, through what merely holds them."""
    for child in node.children:
        if child.is_row:
            yield child
        else:
            yield from _row_nodes(child)


def _escaped(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with references for what XML does not take as text; most columns need none."""
    texts = frame.select(pl.col(pl.String).str.contains_any(list(ESCAPES)).any())
    columns = [name for name in texts.columns if texts[name].item()] if frame.height else []
    return frame.with_columns(pl.col(columns).str.replace_many(ESCAPES)) if columns else frame


def _element(node: Node) -> pl.Expr:
    """The XML of an element in the row it stands in; null where it is absent."""
    name = (COMMON_PREFIX if node.common else "") + node.name
    if node.type is not None:
        assert node.column is not None
        return pl.format(f"<{name}>{{}}</{name}>{LINE_END}", pl.col(node.column))
    inner = pl.concat_str([_part(child) for child in node.children], ignore_nulls=True)
    whole = pl.format(f"<{name}>{LINE_END}{{}}</{name}>{LINE_END}", inner)
    return whole if node.is_row or not node.optional else pl.when(_present(node)).then(whole)


def _part(node: Node) -> pl.Expr:
    """An element within its parent's row; rows of another table stand ready in a column by that table's name."""
    return pl.col(str(node.table)) if node.is_row else _element(node)


def _present(node: Node) -> pl.Expr:
    """Whether an optional element is there: by its flag, or because something in it is."""
    if node.column is not None:
        return pl.col(node.column).fill_null(value=False)
    return pl.any_horizontal(_filled(node))


def _filled(node: Node) -> Iterator[pl.Expr]:
    for child in node.children:
        if child.is_row:
            yield pl.col(str(child.table)).is_not_null()
        elif child.column is not None:
            yield pl.col(child.column).is_not_null()
        else:
            yield from _filled(child)
