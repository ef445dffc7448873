"""Content on its way from where it was read to where it is written: tables of clients in files of Arrow's stream format.

A part holds the tables of the clients that one task has read for one batch of messages.
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa

from keten.messages import Tables


def put(folder: Path, batch: int, task: int, tables: Tables) -> None:
    """Store a part."""
    with (folder / f"{batch:06}-{task:06}.arrows").open("wb") as file:
        for frame in tables.values():
            table = frame.to_arrow()
            with pa.ipc.new_stream(file, table.schema) as writer:
                writer.write_table(table)


def parts(folder: Path, batch: int, names: list[str]) -> Iterator[Tables]:
    """The parts of a batch, in the order of their tasks; `names` are the tables that were stored."""
    for path in sorted(folder.glob(f"{batch:06}-*.arrows")):
        with path.open("rb") as file:
            yield {name: _frame(pa.ipc.open_stream(file).read_all()) for name in names}


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame
