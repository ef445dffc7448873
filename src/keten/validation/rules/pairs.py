"""Pairs of rows that clash: counted at the cost of a sort, however many there are, and listed one by one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.validation.rules.offences import Offence, Offences, Place
from keten.validation.rules.view import ABOVE, OPEN_END, Numbers, Rows, View, value

MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number that spreads small ones over all bits."""
LARGEST_DAY = 9_999_999_999
"""Days as numbers fit below this, with their group above it in one integer."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows of a table that are not the only ones with their key: row by row, and the number of their key."""

    rows: Rows
    group: Rows


def alike(
    view: View, name: str, scope: Rows, keys: list[str], rows: Rows | None = None, *, as_written: bool = False
) -> Alike:
    """The rows (of those given, or all) that share their scope and key with another; absent elements are equal.

    White space around a value makes no difference, unless they are compared `as_written`.
    """
    read = view.text if as_written else view.value
    chosen = np.arange(view.height(name)) if rows is None else rows
    hashes = _hashes(view, name, scope, keys)[chosen]
    order = np.argsort(hashes)
    same = np.flatnonzero(hashes[order][1:] == hashes[order][:-1])
    if not len(same):
        return Alike(np.arange(0), np.arange(0))
    shared = chosen[np.unique(order[np.concatenate([same, same + 1])])]
    columns = [read(name, key).gather(shared).rename(str(number)) for number, key in enumerate(keys)]
    kept = pl.DataFrame([pl.Series("scope", scope[shared]), *columns, pl.Series("row", shared)])
    groups = kept.group_by(kept.columns[:-1], maintain_order=True).agg("row")
    sizes = groups["row"].list.len().to_numpy()
    return Alike(groups["row"].explode().to_numpy(), np.repeat(np.arange(len(sizes)), sizes))


def _hashes(view: View, name: str, scope: Rows, keys: list[str]) -> npt.NDArray[np.uint64]:
    """A number for each row that is the same for the same scope and key."""
    hashes = scope.astype(np.uint64) * MIX
    if not keys:
        return hashes
    owned = [key for key in keys if key in view.tables[name].columns]
    parts = [value(pl.col(key), view.kind(name, key)).hash(seed) for seed, key in enumerate(owned)]
    found = view.tables[name].select(pl.sum_horizontal(parts)).to_series().to_numpy() if parts else hashes
    for seed, key in enumerate(keys):
        if key.startswith(ABOVE):
            found = found + view.value(name, key).hash(seed).to_numpy()
    return found ^ hashes


def all_pairs(view: View, name: str, found: Alike) -> Offences:
    """An offence for every two rows with the same key."""
    sizes = np.bincount(found.group) if len(found.group) else np.arange(0)

    def listed() -> Iterator[Offence]:
        first = 0
        for size in sizes.tolist():
            rows = found.rows[first : first + size].tolist()
            yield from (_offence(view, name, one, rows[later]) for later in range(size) for one in rows[:later])
            first += size

    return Offences(int((sizes * (sizes - 1) // 2).sum()), listed())


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Rows sorted by group and last day; each overlaps those from its `first` up to itself, by their place in the sort."""

    rows: Rows
    first: Rows

    @property
    def count(self) -> int:
        """The number of pairs."""
        return int((np.arange(len(self.rows)) - self.first).sum())

    def some_pairs(self, most: int) -> tuple[Rows, Rows]:
        """At most so many pairs at once: the rows that come first in the document, and the others."""
        sizes = np.arange(len(self.rows)) - self.first
        sizes = np.clip(most - (np.cumsum(sizes) - sizes), 0, sizes)
        later = np.repeat(np.arange(len(self.rows)), sizes)
        within = np.arange(len(later)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        one, other = self.rows[np.repeat(self.first, sizes) + within], self.rows[later]
        return np.minimum(one, other), np.maximum(one, other)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs, each with the row that comes first in the document in front."""
        for place in np.flatnonzero(self.first < np.arange(len(self.rows))).tolist():
            row = int(self.rows[place])
            for other in self.rows[self.first[place] : place].tolist():
                yield min(row, other), max(row, other)


def overlaps(found: Alike, start: Numbers, end: Numbers) -> Overlaps:
    """Which rows with the same key have days in common; both ends are those of all rows of the table.

    Of two rows, the one that ends last must start no later than the other ends. Two without an end always overlap.
    """
    starts, ends = start[found.rows], end[found.rows]
    readable = ~(np.isnan(starts) | np.isnan(ends))
    rows, group = found.rows[readable], found.group[readable]
    starts, ends = starts[readable], ends[readable]
    starts = np.where(ends == OPEN_END, np.minimum(starts, OPEN_END), starts).clip(max=LARGEST_DAY).astype(np.int64)
    ends = ends.clip(max=LARGEST_DAY).astype(np.int64)
    order = np.lexsort((rows, -starts, ends, group))
    rows, group, starts, ends = rows[order], group[order], starts[order], ends[order]
    far = LARGEST_DAY + 1
    first = np.searchsorted(group * far + ends, group * far + starts)
    return Overlaps(rows, np.minimum(first, np.arange(len(rows))))


def overlapping(view: View, name: str, found: Alike, start: str, end: str) -> Offences:
    """An offence for every two rows with the same key and days in common."""
    clash = overlaps(found, view.dates(name, start), view.ends(name, end))
    return Offences(clash.count, (_offence(view, name, *pair) for pair in clash.pairs()))


def _offence(view: View, name: str, one: int, other: int) -> Offence:
    return Offence(int(view.clients(name)[one]), (Place(name, one), Place(name, other)))
