"""What a folder of messages tells, read with keten's reader: nothing here knows how the messages were made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from keten.messages import CLIENT, Source, Tables, find_sources, layout_of, read
from keten.population import Population, Proportions, populate, standard_proportions
from keten.standard import load
from tests.unit.threads import threads

LAYOUT = layout_of(load("1.2"), "AW33")
"""Clients stand in a ZK33 as in an AW33."""

HEADER = {
    "Afzender": "sender",
    "Ontvanger": "receiver",
    "BerichtIdentificatie/Dagtekening": "day",
    "BerichtIdentificatie/Identificatie": "identificatie",
}
KEY = ["Zorgkantoor", "Bsn", "Besluitnummer", "kind", "code", "party", "Leveringsvorm", "Ingangsdatum"]
"""The logical key of an item in the books of a zorgkantoor; a pgb counts without its Instelling (`party`)."""

GIVEN = ["Toewijzingsdatum", "Toewijzingstijd"]


@dataclass(frozen=True, slots=True)
class Told:
    """The tables of all messages in a folder. Each row bears `record`, the number of the client record it belongs to.

    `clients` also has the header of its message. `items` are the assignments of both kinds with the header, Bsn and
    Besluitnummer of their record; `books` those that their own zorgkantoor sent, each key in its newest version.
    """

    tables: Tables
    clients: pl.DataFrame
    items: pl.DataFrame
    books: pl.DataFrame

    def of(self, table: str) -> pl.DataFrame:
        """A table with the Bsn of each row's client."""
        return self.tables[table].join(self.clients.select("record", "Bsn"), on="record")

    @property
    def everyone(self) -> set[str]:
        """The BSNs of all clients."""
        return set(self.clients["Bsn"])


Definition = Callable[[Told], pl.DataFrame]
"""Who has a trait: rows with a Bsn."""


def told(folder: Path) -> Told:
    """Read all messages below a folder."""
    parts = [_read(source) for source in find_sources([str(folder)])]
    tables = _with_record({name: _together(parts, name) for name in LAYOUT.client_tables})
    items = _items(tables)
    return Told(tables, tables["Client"], items, _books(items))


def _read(source: Source) -> tuple[dict[str, str], Tables]:
    """What the header of a message says, and the tables of its clients."""
    with source.open() as stream:
        reading = read(stream)
        batches = list(reading.batches())
    assert reading.layout is not None
    header = reading.header["Header"].row(0, named=True)
    found = {name: pl.concat([batch.tables[name] for batch in batches]) for name in reading.layout.client_tables}
    return {"message": reading.layout.message.name} | {column: header[name] for name, column in HEADER.items()}, found


def _together(parts: list[tuple[dict[str, str], Tables]], name: str) -> pl.DataFrame:
    """A table of all messages: rows bear the number of their `file`, and their own number within it (`row`)."""
    heights = [tables[name].height for _, tables in parts]
    files = np.repeat(np.arange(len(parts), dtype=np.uint32), heights)
    rows = np.arange(sum(heights)) - np.repeat(np.cumsum([0, *heights[:-1]]), heights)
    frame = pl.concat([tables[name] for _, tables in parts])
    frame = frame.with_columns(file=pl.Series(files), row=pl.Series(rows.astype(np.uint32)))
    if name != CLIENT:
        return frame
    headers = pl.DataFrame([header for header, _ in parts]).with_row_index("file")
    return frame.join(headers, on="file", maintain_order="left")


def _with_record(frames: Tables) -> Tables:
    """The tables with the number of the client record in every row."""
    done: Tables = {}
    for name, table in LAYOUT.client_tables.items():
        frame = frames[name]
        if table.parent is None:
            done[name] = frame.with_row_index("record")
        else:
            above = done[table.parent].select("file", "record", parent="row")
            done[name] = frame.join(above, on=["file", "parent"], how="left", maintain_order="left")
    return done


def _items(tables: Tables) -> pl.DataFrame:
    parts = [
        tables["ToegewezenFunctie"].with_columns(kind=pl.lit("functie"), code="FunctieCode"),
        tables["ToegewezenZorgzwaartepakket"].with_columns(kind=pl.lit("zzp"), code="ZzpCode"),
    ]
    head = tables[CLIENT].select("record", "Bsn", "message", *HEADER.values())
    indications = tables["Indicatie"].select("record", "Besluitnummer", ind_start="Ingangsdatum", ind_end="Einddatum")
    party = pl.when(pl.col("Leveringsvorm") == "2").then(pl.lit("")).otherwise("Instelling")
    return (
        pl.concat(parts, how="diagonal_relaxed")
        .drop("parent", "row", "file", "FunctieCode", "ZzpCode")
        .join(head, on="record")
        .join(indications, on="record")
        .with_columns(party=party, Leveringsvorm=pl.col("Leveringsvorm").fill_null(""))
    )


def _books(items: pl.DataFrame) -> pl.DataFrame:
    """The newest version of each item in what its own zorgkantoor sent."""
    own = items.filter(pl.col("sender") == pl.col("Zorgkantoor"))
    return own.sort(*GIVEN, "day", "identificatie").unique(KEY, keep="last", maintain_order=True)


def plain() -> Proportions:
    """Proportions in which nothing occurs that need not."""
    standard = standard_proportions()
    rest = {group.rest: 1.0 for group in standard.groups.values() if group.rest is not None}
    anything = {name: 0.0 for group in standard.groups.values() if group.rest is None for name in group.traits}
    return standard.with_shares(rest | anything)


def make(folder: Path, clients: int, proportions: Proportions, *, seed: int = 0, regions: int = 1) -> Population:
    """A population in a folder, made in this process."""
    with threads(1) as pool:
        return populate(folder, clients, pool, lambda *_: None, regions=regions, seed=seed, proportions=proportions)
