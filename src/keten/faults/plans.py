"""How a fault is described: what it may happen to, and which changes it makes there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from keten.faults.world import ZZP, World

Kind = Literal["set", "add", "drop", "take", "text", "copy", "remove"]
Row = Mapping[str, Any]
Cells = Mapping[str, str | None]
After = pl.Expr | str | None
"""What a cell becomes: by the other cells of its row, a text, or absent."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to one file.

    `file` is the name of the file that is written. `client` counts from 1; 0 is the message itself. `row` counts the rows
    of `table` in the client, from 1. By kind:
    `set`: cells of a row, or of the header, become `cells`. `add`: a row of `cells`. `drop`: a row, or the client when the
    table is Client. `take`: the client numbered `row` of the file `base` comes behind the others. `text`: in the XML of
    the client (0: of the message) each key of `cells` becomes its value. `copy`: the file is made from `base`, of all its
    clients or of the one numbered `row`. `remove`: there is no such file.
    """

    kind: Kind
    file: str
    client: int = 0
    table: str = ""
    row: int = 0
    cells: Cells = field(default_factory=dict)
    base: str = ""


Edits = Callable[[World, Row], Iterator[Edit]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A fault: the rows it may happen to (each with `file`, `client` and `bsns`: whom it touches), and what it does there.

    `alone`: not twice in one file.
    """

    candidates: Callable[[World], pl.DataFrame]
    edits: Edits
    alone: bool = False


def of_items(where: pl.Expr, /, **after: After) -> Plan:
    """A fault of one assignment: of those that `where` is true of, one gets other cells."""

    def edits(_: World, row: Row) -> Iterator[Edit]:
        becomes = {name: row[f"after {name}"] for name in after}
        changed = {name: value for name, value in becomes.items() if value != row[name]}
        yield Edit("set", row["file"], row["client"], row["table"], row["row"], changed)

    return Plan(lambda world: _changed(world.items, where, after), edits)


def of_packages(where: pl.Expr, /, **after: After) -> Plan:
    """The same for a ZZP that the responsible zorgkantoor sends to its own provider."""
    return of_items(own() & (pl.col("table") == ZZP) & where, **after)


def of_clients(where: pl.Expr, table: str, column: str, after: After) -> Plan:
    """A fault of a client record: a cell of it, of its indication or its first address (World.clients) changes."""
    name = f"{table}:{column}"

    def edits(_: World, row: Row) -> Iterator[Edit]:
        yield Edit("set", row["file"], row["client"], table, 1, {column: row[f"after {name}"]})

    return Plan(lambda world: _changed(world.clients, where, {name: after}), edits)


def of_files(where: pl.Expr, edits: Edits) -> Plan:
    """A fault of a whole file, and so of all its clients."""
    return Plan(lambda world: whole_files(world).filter(where), edits, alone=True)


def choosing(candidates: Callable[[World], pl.DataFrame], edits: Edits, *, alone: bool = False) -> Plan:
    """A fault with candidates of its own kind: rows of clients or assignments, with their `bsn`."""
    return Plan(lambda world: touching(candidates(world)), edits, alone)


def whole_files(world: World) -> pl.DataFrame:
    """The files, with all whom they tell of."""
    inside = world.clients.group_by("file", maintain_order=True).agg(bsns=pl.col("bsn").unique().sort())
    return world.files.join(inside, on="file", maintain_order="left").with_columns(client=pl.lit(0, pl.Int64))


def own() -> pl.Expr:
    """Whether an assignment stands in the AW33 of the responsible zorgkantoor to the provider it is for."""
    ours = pl.col("Zorgkantoor") == pl.col("sender")
    return ours & (pl.col("message") == "AW33") & (pl.col("Instelling") == pl.col("receiver"))


def touching(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of clients or assignments, with whom they touch."""
    return frame.with_columns(bsns=pl.concat_list("bsn"))


def _changed(frame: pl.DataFrame, where: pl.Expr, after: Mapping[str, After]) -> pl.DataFrame:
    """The rows of which a cell would change, with what it would become in `after NAME`."""
    values = {name: value if isinstance(value, pl.Expr) else pl.lit(value, pl.String) for name, value in after.items()}
    becomes = frame.filter(where).with_columns(value.alias(f"after {name}") for name, value in values.items())
    differs = (pl.col(f"after {name}").ne_missing(pl.col(name)) for name in after)
    return touching(becomes.filter(pl.any_horizontal(differs)))
