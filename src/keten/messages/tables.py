"""Tables from what a scan found: a Polars frame per class, its cells pointing into the text they were read from.

Columns of a frame: `parent` (the row it hangs on in its parent table, from 0; absent for Client and Header), then the
columns of the layout: text as written, null where the element is absent; flags are true or null. Frames keep the text
they came from alive: copy (or cast) what must outlive the batch.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from keten.messages.grammar import Entry, Grammar
from keten.messages.kernel import MAX_DEPTH, PADDING, TOKEN, VIEW, Bytes, Cells, count_rows, fill, scan
from keten.messages.layout import Table

Tables = dict[str, pl.DataFrame]
"""A frame per table, by its name in the layout."""

TEXT, BOOLEAN = pa.string_view(), pa.bool_()

LEAST_ELEMENT = 7
"""Bytes of `<a></a>`."""


class NotPlain(ValueError):
    """The text does not have the form in which tables are read."""


def to_tables(
    tables: Mapping[str, Table], grammar: Grammar, text: Bytes, unescaped: Bytes, tokens: npt.NDArray[np.void]
) -> Tables:
    """The frames of the tables, in the order in which the grammar numbers them."""
    rows = np.zeros(len(tables), np.int64)
    count_rows(tokens, grammar, rows)
    cells = _room(list(tables.values()), rows)
    fill(text, unescaped, tokens, grammar, rows, cells, np.full(len(rows), -1, np.int64))
    buffers = Buffers(
        present=pa.py_buffer(np.packbits(cells.present, bitorder="little")),
        views=pa.py_buffer(cells.views),
        texts=[pa.py_buffer(text), pa.py_buffer(unescaped)],
    )
    return {
        table.name: _frame(table, number, int(rows[number]), cells, buffers)
        for number, table in enumerate(tables.values())
    }


def trusted_tables(tables: Mapping[str, Table], entry: Entry, content: bytes) -> Tables:
    """The frames of a text in plain form whose values need no judgement (any more). Raises NotPlain."""
    text = np.frombuffer(bytearray(content) + bytes(PADDING), np.uint8)
    tokens, unescaped = np.empty(len(content) // LEAST_ELEMENT + 1, TOKEN), np.empty(len(content), np.uint8)
    stack = np.empty((MAX_DEPTH, 2), np.int32)
    stop = scan(text, 0, len(content), *entry, True, tokens, 0, unescaped, 0, stack)
    if not stop.complete:
        raise NotPlain
    return to_tables(tables, entry.grammar, text, unescaped, tokens[: stop.tokens])


def _room(tables: list[Table], rows: npt.NDArray[np.int64]) -> Cells:
    """Room for so many rows of each table."""
    ends = np.cumsum([len(table.columns) * count for table, count in zip(tables, rows, strict=True)])
    return Cells(
        first_cell=np.concatenate([[0], ends[:-1]]).astype(np.int64),
        first_row=np.concatenate([[0], np.cumsum(rows)[:-1]]).astype(np.int64),
        views=np.zeros(int(ends[-1]) * VIEW, np.uint8),
        present=np.zeros(int(ends[-1]), np.bool_),
        parent=np.zeros(int(rows.sum()), np.uint32),
    )


@dataclass(frozen=True, slots=True)
class Buffers:
    """The cells of all tables as Arrow sees them: a column is a stretch of each."""

    present: pa.Buffer
    views: pa.Buffer
    texts: list[pa.Buffer]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Hands a record batch to Polars through Arrow's C interface; Polars takes one of pyarrow's column by column."""

    batch: pa.RecordBatch

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        exported: tuple[object, object] = self.batch.__arrow_c_array__(requested_schema)
        return exported


def _frame(table: Table, number: int, rows: int, cells: Cells, buffers: Buffers) -> pl.DataFrame:
    arrays: dict[str, pa.Array] = {}
    if table.parent is not None:
        first = cells.first_row[number]
        arrays["parent"] = pa.array(cells.parent[first : first + rows])
    for index, column in enumerate(table.columns):
        begin = int(cells.first_cell[number]) + index * rows
        kind, held = (BOOLEAN, [buffers.present]) if column.type is None else (TEXT, [buffers.views, *buffers.texts])
        arrays[column.name] = pa.Array.from_buffers(kind, rows, [buffers.present, *held], offset=begin)
    return pl.DataFrame(_Rows(pa.RecordBatch.from_arrays(list(arrays.values()), names=list(arrays))))
