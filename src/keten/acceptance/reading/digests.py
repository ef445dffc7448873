"""Whether the data of a client and an indication are the same: a digest per element or class of a record.

Integers, dates and times count by value, texts as they stand; the order of records does not count.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import polars as pl

from keten.messages import CLIENT, Layout, Table, Tables
from keten.messages.layout import Column
from keten.messages.values import as_date, as_number, as_time

PARENT = "parent"
INDICATION = "Indicatie"
ASSIGNED = ("ToegewezenFunctie", "ToegewezenZorgzwaartepakket")
NOT_COMPARED = ("Bsn", "Besluitnummer", "Partneropname", "BsnPartner")
"""What is no content: the keys, and what K2 has its own check for."""

ROOM = 1 << 16
"""Digests are divided by it, so that the sum of those of a client's records stays a number of 64 bits."""


@cache
def digest_names(layout: Layout) -> tuple[str, ...]:
    """The names of the digests of a record: `Client/Naam`, `Relatie`, `Indicatie/Afgiftedatum`, `Stoornis`."""
    own = (f"{name}/{part}" for name in (CLIENT, INDICATION) for part in _parts(layout.tables[name]))
    return (*own, *_inner(layout, CLIENT), *_inner(layout, INDICATION))


def digests(layout: Layout, tables: Tables) -> pl.DataFrame:
    """The digests of each client record, in the order of the table Client."""
    of_client = _of_row(layout, tables, CLIENT)
    of_indication = _of_row(layout, tables, INDICATION)
    by_client = pl.DataFrame({PARENT: tables[INDICATION][PARENT]}).hstack(of_indication)
    rows = pl.DataFrame({PARENT: pl.int_range(tables[CLIENT].height, dtype=pl.UInt32, eager=True)})
    joined = rows.join(by_client, on=PARENT, how="left", maintain_order="left").drop(PARENT)
    return of_client.hstack(joined).select(digest_names(layout))


def _of_row(layout: Layout, tables: Tables, name: str) -> pl.DataFrame:
    """The digests of the rows of Client or Indicatie: of each element, and of each class within it."""
    table, frame = layout.tables[name], tables[name]
    own = frame.select(_digest(columns).alias(f"{name}/{part}") for part, columns in _parts(table).items())
    sums = [_summed(layout, tables, inner, frame.height).alias(inner) for inner in _inner(layout, name)]
    return own.hstack(sums)


def _summed(layout: Layout, tables: Tables, name: str, rows: int) -> pl.Series:
    """The digest of the records of a class below each row of their parent; 0 where there are none."""
    frame = tables[name]
    digest = frame.select(_digest(layout.tables[name].columns))[:, 0] if frame.height else pl.Series([], dtype=pl.Int64)
    for inner in _inner(layout, name):
        digest = (digest + 31 * _summed(layout, tables, inner, frame.height)) % (1 << 44)
    sums = pl.DataFrame({PARENT: frame[PARENT], "digest": digest}).group_by(PARENT).agg(pl.col("digest").sum())
    above = pl.DataFrame({PARENT: pl.int_range(rows, dtype=pl.UInt32, eager=True)})
    return above.join(sums, on=PARENT, how="left", maintain_order="left")["digest"].fill_null(0)


def _inner(layout: Layout, name: str) -> list[str]:
    """The classes within a class that are content."""
    apart = (*ASSIGNED, INDICATION)
    return [inner for inner, table in layout.client_tables.items() if table.parent == name and inner not in apart]


def _parts(table: Table) -> Mapping[str, list[Column]]:
    """The columns of a row by the element they stand in."""
    parts: dict[str, list[Column]] = {}
    for column in table.columns:
        if column.name not in NOT_COMPARED:
            parts.setdefault(column.name.partition("/")[0], []).append(column)
    return parts


def _digest(columns: Iterable[Column]) -> pl.Expr:
    cells = [_by_value(column).fill_null("\x00") for column in columns]
    return (pl.concat_str(cells, separator="\x1f").hash() // ROOM % (1 << 44)).cast(pl.Int64)


def _by_value(column: Column) -> pl.Expr:
    """A cell as a text that is the same for the same value."""
    cell = pl.col(column.name)
    if column.type is None:
        return cell.cast(pl.String)
    values = {"integer": as_number, "date": as_date, "time": as_time}
    if column.type.base not in values:
        return cell
    return values[column.type.base](cell).cast(pl.String).fill_null(cell)
