"""The indicated functions and packages of each indication, taken together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from keten.validation.rules.offences import Place
from keten.validation.rules.view import Flags, Numbers, Rows, View

INDICATED = ("GeindiceerdeFunctie", "GeindiceerdZorgzwaartepakket")


@dataclass(frozen=True, slots=True)
class Units:
    """One element of all units, in document order: its text and date, the table and row it stands in, its indication."""

    path: str
    tables: tuple[str, ...]
    table: Rows
    row: Rows
    indication: Rows
    text: pl.Series
    day: Numbers

    def count(self, height: int, where: Flags | None = None) -> Rows:
        """The number of units, or of those marked, of each indication."""
        return np.bincount(self.indication if where is None else self.indication[where], minlength=height)

    def first(self, height: int, *, latest: bool) -> Rows:
        """Of each indication the unit with the latest (else earliest) day, the first of equals; -1 where none has one."""
        order = np.lexsort((np.arange(len(self.day)), -self.day if latest else self.day, self.indication))
        order = order[~np.isnan(self.day[order])]
        owners = self.indication[order]
        heads = np.flatnonzero(np.diff(owners, prepend=-1))
        found = np.full(height, -1)
        found[owners[heads]] = order[heads]
        return found

    def places(self, indication: int, text: str | None = None) -> Iterator[Place]:
        """The places of the element in the units of an indication: those with a text, or all."""
        for unit in np.flatnonzero(self.indication == indication).tolist():
            here = self.text[unit]
            if here is not None and text in (None, here):
                yield Place(self.tables[self.table[unit]], int(self.row[unit]), self.path)


def units(view: View, path: str) -> Units:
    """An element of all indicated units."""
    tables = tuple(view.named(*INDICATED))
    heights = [view.height(name) for name in tables]
    return Units(
        path=path,
        tables=tables,
        table=np.repeat(np.arange(len(tables)), heights),
        row=np.concatenate([np.arange(height) for height in heights]),
        indication=np.concatenate([view.parents(name) for name in tables]),
        text=pl.concat([view.text(name, path) for name in tables]),
        day=np.concatenate([view.dates(name, path) for name in tables]),
    )
