"""Tables of several batches as one, and tables with fewer or other rows."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.messages.layout import CLIENT, Table
from keten.messages.tables import Tables

PARENT = "parent"


def join_tables(tables: Mapping[str, Table], batches: Sequence[Tables]) -> Tables:
    """The tables of the batches behind each other, their rows pointing to where their parents now stand."""
    joined: Tables = {}
    for name, table in tables.items():
        frame = pl.concat([batch[name] for batch in batches]) if batches else pl.DataFrame()
        if table.parent is not None and batches:
            heights = [batch[table.parent].height for batch in batches]
            above = np.concatenate([[0], np.cumsum(heights)[:-1]]).astype(np.uint32)
            shift = np.repeat(above, [batch[name].height for batch in batches])
            frame = frame.with_columns(pl.col(PARENT) + pl.Series(shift))
        joined[name] = frame
    return joined


def keep_rows(tables: Mapping[str, Table], content: Tables, name: str, keep: pl.Series) -> Tables:
    """The tables without the rows of `name` that are not to be kept, and without all that hangs on those.

    `keep` is a Boolean per row of the table.
    """
    kept = dict(content)
    kept[name] = content[name].filter(keep)
    moved = (keep.cum_sum() - 1).cast(pl.UInt32)
    for child, table in tables.items():
        if table.parent == name:
            stays = keep.gather(content[child][PARENT])
            kept = keep_rows(tables, kept, child, stays)
            kept[child] = kept[child].with_columns(moved.gather(kept[child][PARENT]).alias(PARENT))
    return kept


def take_clients(tables: Mapping[str, Table], content: Tables, clients: pl.Series) -> Tables:
    """The tables of these rows of Client, in this order, with all that hangs on them; a row may be taken more than once.

    The first of `tables` must be Client, parents before their children.
    """
    taken: Tables = {}
    rows: dict[str, pl.Series] = {}
    for name, table in tables.items():
        if table.parent is None:
            rows[name] = clients.cast(pl.UInt32)
            taken[name] = content[name][rows[name]]
            continue
        above = pl.DataFrame({PARENT: rows[table.parent]}).with_row_index("now")
        found = above.join(content[name].select(PARENT).with_row_index("was"), on=PARENT).sort("now", "was")
        rows[name] = found["was"]
        taken[name] = content[name][rows[name]].with_columns(found["now"].alias(PARENT))
    return taken


def slice_clients(tables: Mapping[str, Table], content: Tables, first: int, count: int) -> Tables:
    """The tables of `count` rows of Client from `first` on. Rows must lie in the order of their parents."""
    sliced: Tables = {}
    begins: dict[str, tuple[int, int]] = {}
    for name, table in tables.items():
        if table.parent is None:
            begins[name] = (first, first + count)
            sliced[name] = content[name].slice(first, count)
            continue
        parents = content[name][PARENT]
        start, end = (int(parents.search_sorted(edge)) for edge in begins[table.parent])
        begins[name] = (start, end)
        moved = (pl.col(PARENT) - begins[table.parent][0]).cast(pl.UInt32)
        sliced[name] = content[name].slice(start, end - start).with_columns(moved)
    return sliced


def client_rows(tables: Mapping[str, Table], content: Tables) -> dict[str, npt.NDArray[np.int64]]:
    """The row of Client that each row of each of a client's tables belongs to; `tables` have parents before children."""
    rows: dict[str, npt.NDArray[np.int64]] = {CLIENT: np.arange(content[CLIENT].height)}
    for name, table in tables.items():
        if table.parent is not None:
            rows[name] = rows[table.parent][content[name][PARENT].to_numpy()]
    return rows
