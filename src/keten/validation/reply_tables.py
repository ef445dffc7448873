"""Tables of a reply: the clients that go back, whole and unchanged, with a return code on every record."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.messages import CLIENT, Batch, Layout, Node, Tables
from keten.messages.joining import PARENT, client_rows, keep_rows
from keten.messages.layout import client_node
from keten.validation.reply_marks import Marked

RETURN_CODE, RETURN_CODE_TYPE = "RetourCode", "LDT_RetourCode"
NOWHERE = Node("", common=False, optional=False, repeats=False, type=None)
STEP = re.compile(r"/(?P<name>[^/\[]+)(?:\[(?P<index>\d+)\])?")

Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Records = Mapping[str, tuple[Rows, Codes]]
"""The marked rows of each table, each with the number of its code."""
NO_MARKS = np.zeros(0, np.int64), np.zeros(0, np.uint32)


def code_tables(layout: Layout) -> dict[str, str]:
    """The table with the return codes of each table of a reply that has them."""
    return {str(table.parent): name for name, table in layout.tables.items() if table.element == RETURN_CODE}


def returned(
    layouts: tuple[Layout, Layout], batch: Batch, marked: Marked, codes: Mapping[str, str], *, every: bool
) -> Tables:
    """The tables of the clients of a batch that go back: those with a mark, or `every` one.

    `layouts` are those of the message and of its reply; `codes` what a record is told: accepted, not_judged, fallback.
    """
    question, answer = layouts
    rejected = np.isin(batch.numbers, marked.rejected)
    goes = pl.Series(rejected | every)
    content = keep_rows(question.client_tables, batch.tables, CLIENT, goes)
    numbers, rejected = batch.numbers[goes.to_numpy()], rejected[goes.to_numpy()]
    known = answer.release.types[RETURN_CODE_TYPE].codes
    said = np.array([name if name in known else codes["fallback"] for name in marked.code_names], np.str_)
    records = _records(question, content, numbers, marked, set(code_tables(answer)))
    owners = client_rows(question.client_tables, content)
    for name, code_table in code_tables(answer).items():
        if name in content:
            rest = np.where(rejected[owners[name]], codes["not_judged"], codes["accepted"])
            content[code_table] = _codes(records.get(name, NO_MARKS), said, rest)
    return content


def _records(
    layout: Layout, content: Tables, numbers: npt.NDArray[np.int64], marked: Marked, tables: AbstractSet[str]
) -> Records:
    """The rows that the marks point at, found for all marks with the same path at once."""
    if not len(marked.paths):
        return {}
    found: dict[str, list[tuple[Rows, Codes]]] = {}
    order = np.argsort(marked.paths, kind="stable")
    paths, begins = np.unique(marked.paths[order], return_index=True)
    for path, marks in zip(paths, np.split(order, begins[1:]), strict=True):
        name, rows = CLIENT, np.searchsorted(numbers, marked.clients[marks])
        for table, index in _chain(layout, marked.path_names[path], tables):
            below = _below(content[table][PARENT].to_numpy(), rows, index)
            if below is None:
                break
            name, rows = table, below
        found.setdefault(name, []).append((rows, marked.codes[marks]))
    return {
        name: (np.concatenate([r for r, _ in some]), np.concatenate([c for _, c in some]))
        for name, some in found.items()
    }


def _below(parents: Rows, rows: Rows, index: int) -> Rows | None:
    """The how-manieth row below each row; None where one is not there: then the record above bears the mark."""
    below = np.searchsorted(parents, rows) + index - 1
    if below.max(initial=0) >= len(parents) or (parents[below] != rows).any():
        return None
    return below


def _chain(layout: Layout, path: str, tables: AbstractSet[str]) -> Iterator[tuple[str, int]]:
    """The records that a path from a client leads through: their tables, and the how-manieth each is in its parent."""
    node = client_node(layout)
    for step in STEP.finditer(path):
        node = next((child for child in node.children if child.name == step["name"]), NOWHERE)
        if node.is_row and node.table is not None and node.table in tables:
            yield node.table, int(step["index"] or 1)


def _codes(marks: tuple[Rows, Codes], said: npt.NDArray[np.str_], rest: npt.NDArray[np.str_]) -> pl.DataFrame:
    """The rows with return codes for a table: what its marks say, and for the other rows the rest."""
    rows, codes = marks
    others = np.setdiff1d(np.arange(len(rest)), rows)
    frame = pl.DataFrame(
        {
            PARENT: np.concatenate([rows, others]).astype(np.uint32),
            RETURN_CODE: pl.Series([*said[codes].tolist(), *rest[others].tolist()], dtype=pl.String),
        }
    )
    return frame.unique(maintain_order=True).sort(PARENT, maintain_order=True)
