"""Makes the changes of faults in one file: tables in, tables out, written as any message is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl

from keten.faults.plans import Edit
from keten.faults.world import HEADER, content
from keten.messages import CLIENT, Layout, Tables, clients_xml, headers_xml, write_xml
from keten.messages.joining import PARENT, join_tables, keep_rows, take_clients

TOP = "/Bericht/Clienten/Client"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edit is seen in the clean file and in the planted one, and what stood there `before`.

    `clean` and `planted` are the number of the client in the file (0: of none) and the path of the element; empty where
    there is nothing to see.
    """

    clean: tuple[int, str]
    planted: tuple[int, str]
    before: str = ""


NOWHERE = (0, "")
THERE = "there"


class Draft:
    """A message on its way from its clean form to its planted one."""

    def __init__(self, layout: Layout, header: Tables, tables: Tables, only: int = 0) -> None:
        self.layout, self.header = layout, header
        self.clients, self.only = tables[CLIENT].height, only
        """How many clients the clean file has, and the number there of the only one that is copied; 0 for all."""
        self.clean = take_clients(layout.client_tables, tables, pl.Series([only - 1])) if only else dict(tables)
        self.tables = dict(self.clean)
        self.dropped: dict[str, list[int]] = {}
        self.numbers = list(range(1, self.clean[CLIENT].height + 1))
        """For each client that is written, its number in the clean file; 0 for one that was taken from elsewhere."""

    def set_cells(self, edit: Edit) -> str:
        """Cells of a row, or of the header, become others; what they were."""
        within = self.header if edit.table == HEADER else self.tables
        row = 0 if edit.table == HEADER else self._row(edit.table, edit.client, edit.row)
        frame = within[edit.table]
        at = pl.int_range(pl.len()) == row
        becomes = {
            name: pl.when(at).then(pl.lit(value, pl.String)).otherwise(name) for name, value in edit.cells.items()
        }
        within[edit.table] = frame.with_columns(**becomes)
        return told(frame.row(row, named=True), list(edit.cells))

    def add_row(self, edit: Edit) -> str:
        """A row stands behind the others of its client."""
        frame = self.tables[edit.table]
        row = pl.DataFrame(
            [{name: edit.cells.get(name) for name in frame.columns} | {PARENT: edit.client - 1}], frame.schema
        )
        self.tables[edit.table] = pl.concat([frame, row])
        return ""

    def drop(self, edit: Edit) -> str:
        """A row, or a whole client, will not be there."""
        self.dropped.setdefault(edit.table, []).append(self._row(edit.table, edit.client, edit.row))
        return THERE

    def settle(self, taken: Sequence[Tables]) -> None:
        """Take away what is dropped, the clients last; then put the clients taken from elsewhere behind the others."""
        for table in sorted(self.dropped, key=lambda name: name == CLIENT):
            rows = self.tables[table]
            keep = ~pl.Series(np.isin(np.arange(rows.height), self.dropped[table]))
            self.tables = keep_rows(self.layout.client_tables, self.tables, table, keep)
        gone = self.dropped.get(CLIENT, [])
        self.numbers = [number for number in self.numbers if number - 1 not in gone] + [0] * len(taken)
        if taken:
            self.tables = join_tables(self.layout.client_tables, [self.tables, *taken])

    def _row(self, table: str, client: int, row: int) -> int:
        """The row of a table by its client and its number there; the rows of a client are in the order of the file."""
        if table == CLIENT:
            return client - 1
        return int(np.flatnonzero(self.tables[table][PARENT].to_numpy() == client - 1)[row - 1])


def plant_in(folder: Path, name: str, edits: Sequence[Edit], release: str, out: Path) -> list[Place]:
    """Make the changes to a file of a folder and write it as `out`, unless no clients are left; where each is seen."""
    base = next((edit for edit in edits if edit.kind == "copy"), Edit("copy", name, base=name))
    layout, header, tables = content(folder / base.base, release)
    draft = Draft(layout, header, tables, base.row)
    before = [STEPS[edit.kind](draft, edit) if edit.kind in STEPS else "" for edit in edits]
    draft.settle(list(_taken(folder, release, edits)))
    if draft.numbers:
        _write(draft, [edit for edit in edits if edit.kind == "text"], out)
    return [replace(place, before=told) for place, told in zip(places(draft, edits), before, strict=True)]


def told(cells: Mapping[str, str | None], names: Sequence[str]) -> str:
    """Cells in a few words: the value of one, name and value of several."""
    if len(names) == 1:
        return cells[names[0]] or ""
    return " ".join(f"{name}={cells[name]}" for name in names if cells[name] is not None)


STEPS = {"set": Draft.set_cells, "add": Draft.add_row, "drop": Draft.drop}


def places(draft: Draft, edits: Sequence[Edit]) -> Iterator[Place]:
    """Where the edits of a file are seen."""
    added: dict[tuple[str, int], int] = {}
    taken = draft.numbers.count(0)
    for edit in edits:
        if edit.kind == "take":
            number = len(draft.numbers) - taken + 1
            yield Place((edit.row, ""), (number, _client(draft, number)))
            taken -= 1
        elif edit.table == HEADER:
            path = "/Bericht/Header" + (f"/{next(iter(edit.cells))}" if len(edit.cells) == 1 else "")
            yield Place((draft.only, path), (0, path))
        elif not edit.client:
            yield Place((edit.row, ""), NOWHERE)
        elif edit.table == CLIENT and edit.kind == "drop":
            yield Place(_clean(draft, edit.client), NOWHERE)
        else:
            key = edit.table, edit.client
            added[key] = added.get(key, 0) + (edit.kind == "add")
            yield _of_row(draft, edit, added[key])


def _of_row(draft: Draft, edit: Edit, added: int) -> Place:
    """Where the row of an edit is seen; `added`: it is so many-th of those added to its client."""
    now = draft.numbers.index(edit.client) + 1
    before, after = _rows(draft.clean, edit.table, edit.client), _rows(draft.tables, edit.table, now)
    gone = before + added - after
    cell = f"/{next(iter(edit.cells))}" if edit.kind == "set" and len(edit.cells) == 1 else ""
    number, client = _clean(draft, edit.client)
    clean, planted = (number, ""), NOWHERE
    if edit.kind != "add":
        clean = number, client + _path(draft.layout, edit.table, edit.row, before) + cell
    if edit.kind != "drop":
        row = edit.row if edit.kind != "add" else before - gone + added
        planted = now, _client(draft, now) + _path(draft.layout, edit.table, row, after) + cell
    return Place(clean, planted)


def _rows(tables: Tables, table: str, client: int) -> int:
    return 1 if table in ("", CLIENT) else int((tables[table][PARENT] == client - 1).sum())


def _client(draft: Draft, number: int) -> str:
    """The path of a client of the planted file."""
    return f"{TOP}[{number}]" if len(draft.numbers) > 1 else TOP


def _clean(draft: Draft, number: int) -> tuple[int, str]:
    """The number and the path of a client in the clean file."""
    there = draft.only or number
    return there, f"{TOP}[{there}]" if draft.clients > 1 else TOP


def _path(layout: Layout, table: str, row: int, rows: int) -> str:
    """The path from a client to a row. Of all that hangs deeper, only the rows of its Indicatie are ever changed."""
    if table in ("", CLIENT):
        return ""
    parent, *_ = layout.ancestors(table)
    above = "" if parent == CLIENT else f"/{parent}"
    index = f"[{row}]" if rows > 1 else ""
    return f"{above}/{'/'.join(layout.tables[table].path)}{index}"


def _taken(folder: Path, release: str, edits: Sequence[Edit]) -> Iterator[Tables]:
    """The clients that come from elsewhere, or a second time."""
    for edit in edits:
        if edit.kind == "take":
            layout, _, tables = content(folder / edit.base, release)
            yield take_clients(layout.client_tables, tables, pl.Series([edit.row - 1]))


def _write(draft: Draft, texts: Sequence[Edit], out: Path) -> None:
    """Write the message, with the changes of its text: of a client the first occurrence, of the message all of them."""
    (header,) = headers_xml(draft.layout, draft.header)
    clients = clients_xml(draft.layout, draft.tables).to_list()
    for edit in texts:
        if edit.client:
            place = draft.numbers.index(edit.client)
            clients[place] = _replaced(clients[place], edit, 1)
    written = BytesIO()
    write_xml(draft.layout, header, [clients], written)
    text = written.getvalue().decode()
    for edit in texts:
        if not edit.client:
            text = _replaced(text, edit, -1)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(text.encode())


def _replaced(text: str, edit: Edit, times: int) -> str:
    for old, new in edit.cells.items():
        text = text.replace(old, str(new), times)
    return text
