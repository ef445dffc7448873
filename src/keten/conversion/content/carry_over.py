"""The content of clients and indications, carried over to 2.0 (rules K1-K4). Assignments are not content."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from keten.conversion.content.mapping import Line, lines_of
from keten.messages import Layout, Tables
from keten.messages.values import fits

ASSIGNED = ("ToegewezenFunctie", "ToegewezenZorgzwaartepakket")
ROW = "row"
"""The row in the tables as they were read; stays with a row whatever happens to its table."""


@dataclass(frozen=True, slots=True)
class Content:
    """Content on its way to 2.0: its tables, with `row`, and what happened.

    `repairs`: frames of table, row, column, before, after, lossy; `failures`: frames of table, row, column, reason: what
    no rule repairs (EX04).
    """

    tables: Tables
    repairs: tuple[pl.DataFrame, ...] = ()
    failures: tuple[pl.DataFrame, ...] = ()

    def changed(self, table: str, changes: dict[str, pl.Expr], lossy: pl.Expr | None = None) -> "Content":
        """With other values in a table; what differs is recorded as a repair."""
        before = self.tables[table]
        after = before.with_columns(**changes)
        loss = before.select(lossy=lossy)["lossy"] if lossy is not None else pl.lit(value=False)
        notes = [
            before.select(pl.lit(table).alias("table"), ROW, pl.lit(column).alias("column"), before=column)
            .with_columns(after=after[column], lossy=loss)
            .filter(pl.col("before").ne_missing(pl.col("after")))
            for column in changes
        ]
        return Content({**self.tables, table: after}, (*self.repairs, *notes), self.failures)

    def failed(self, table: str, column: str, wrong: pl.Expr, reason: str) -> "Content":
        """With a failure for each row of a table that is wrong."""
        found = (
            self.tables[table]
            .filter(wrong)
            .select(pl.lit(table).alias("table"), ROW, pl.lit(column).alias("column"), pl.lit(reason).alias("reason"))
        )
        return Content(self.tables, self.repairs, (*self.failures, found))


def carried(source: Layout, tables: Tables) -> Content:
    """The content of 1.2 under the names of 2.0, without what is dropped."""
    frames = {name: _carried(tables[name], lines_of(name)) for name in source.client_tables if name not in ASSIGNED}
    return Content(frames)


def refuse_misfits(content: Content, source: Layout, target: Layout) -> Content:
    """EX04 for what the target refuses although it was repaired, wherever its types are narrower than those of 1.2."""
    for name, frame in content.tables.items():
        old = {line.new: line.old for line in lines_of(name)}
        types = {column.name: column.type for column in source.tables[name].columns}
        for column in target.tables[name].columns:
            if column.type is None or column.name not in frame.columns:
                continue
            if column.type != types[str(old[column.name])]:
                misfit = ~fits(pl.col(column.name), column.type)
                content = content.failed(name, column.name, misfit, "2.0 does not take this value")
    return content


def _carried(frame: pl.DataFrame, lines: Sequence[Line]) -> pl.DataFrame:
    columns = [pl.col(line.old).alias(line.new) for line in lines if line.old and line.new and line.carried]
    above = [pl.col("parent")] if "parent" in frame.columns else []
    return frame.with_row_index(ROW).select(ROW, *above, *columns)
