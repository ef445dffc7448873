"""From the tokens of a scan to rows and cells."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from keten.messages.kernel.alphabet import Bytes, compiled, inlined

VIEW, INLINE = 16, 12
"""Bytes of a string view in Arrow's form, and the longest text that stands in the view itself."""


class Cells(NamedTuple):
    """Room for rows and cells: table t's cells begin at `first_cell[t]`, column by column, its rows at `first_row[t]`.

    `views`: per cell 16 bytes in the form of Arrow's string view, into the text (buffer 0) or what was unescaped
    (buffer 1); `present`: whether the cell is filled; `parent`: per row the row it hangs on, in its parent table.
    """

    first_cell: npt.NDArray[np.int64]
    first_row: npt.NDArray[np.int64]
    views: Bytes
    present: npt.NDArray[np.bool_]
    parent: npt.NDArray[np.uint32]


@compiled
def count_rows(tokens, grammar, rows):
    """Count into `rows` how many rows each table gets."""
    elements = grammar.elements
    for index in range(len(tokens)):
        element = elements[tokens[index].element]
        if element.is_row:
            rows[element.table] += 1


@inlined
def _put_int32(out, at, value):
    for index in range(4):
        out[at + index] = (value >> (8 * index)) & 0xFF


@inlined
def _put_view(views, at, source, start, size, buffer):
    """One string view: its size, then a short text itself, or a long one's first four bytes, buffer and place."""
    _put_int32(views, at, size)
    for index in range(size if size <= INLINE else 4):
        views[at + 4 + index] = source[start + index]
    if size > INLINE:
        _put_int32(views, at + 8, buffer)
        _put_int32(views, at + 12, start)


@compiled
def fill(text, unescaped, tokens, grammar, rows, cells, current):
    """Lay tokens out as rows and cells; `current` (all -1) is room for the row at hand of each table."""
    elements, parents = grammar.elements, grammar.parents
    views, present, parent = cells.views, cells.present, cells.parent
    first_cell, first_row = cells.first_cell, cells.first_row
    for index in range(len(tokens)):
        token = tokens[index]
        element = elements[token.element]
        table = element.table
        if element.is_row:
            current[table] += 1
            above = parents[table]
            if above >= 0:
                parent[first_row[table] + current[table]] = current[above]
        if element.column >= 0:
            cell = first_cell[table] + element.column * rows[table] + current[table]
            present[cell] = True
            if token.start >= 0:
                _put_view(views, cell * VIEW, text, token.start, token.size, 0)
            else:
                _put_view(views, cell * VIEW, unescaped, -1 - token.start, token.size, 1)
