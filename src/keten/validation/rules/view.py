"""What a rule sees of a batch: the rows of each class, their values by the terms of the standard, what stands above them.

Dates are numbers (20191231), NaN where an element is absent or no day can be read, so that every comparison with them is
false; values are texts with white space collapsed, "" where the element is absent. Paths lead from the row: `Soort`,
`../Leveringsvorm` (of the row above) and `/Header/Afzender`.
"""

import re
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.messages import CLIENT, Layout, Tables
from keten.messages.values import SPACE
from keten.standard import SimpleType


class Register(Protocol):
    """What is known of AGB codes."""

    def valid(self, codes: pl.Series, first: "Numbers", last: "Numbers") -> "Flags":
        """Which codes are valid from a first up to and including a last day."""
        ...

    def belongs(self, codes: pl.Series, offices: pl.Series) -> "Flags":
        """Which codes have belonged to these offices."""
        ...


Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

HEADER, ABOVE = "/Header/", "../"
DIGITS = re.compile(r"\[0-9\]\{\d+\}")
OPEN_END = 99999999.0
"""What the reference takes for the end of a period that has none."""


class View:
    """The rows of a batch, or of the envelope, of a message of a layout."""

    def __init__(
        self, layout: Layout, tables: Tables, header: Mapping[str, str | None], register: Register | None = None
    ) -> None:
        self.layout, self.tables, self.header, self.register = layout, tables, header, register
        self._kept: dict[tuple[str, ...], npt.NDArray[Any]] = {}

    def named(self, *elements: str) -> list[str]:
        """The tables whose rows are such elements, in document order; none where the message has none."""
        return [name for name in self.tables if self.layout.tables[name].element in elements]

    def height(self, name: str) -> int:
        """The number of rows of a table."""
        return self.tables[name].height

    def parents(self, name: str) -> Rows:
        """For each row, the row it hangs on."""
        return self.tables[name]["parent"].to_numpy().astype(np.int64)

    def above(self, name: str, ancestor: str) -> Rows:
        """For each row, the row of a table above it that it hangs on."""
        key = ("above", name, ancestor)
        if key not in self._kept:
            rows, table = np.arange(self.height(name)), name
            while table != ancestor:
                rows = self.parents(table)[rows]
                parent = self.layout.tables[table].parent
                assert parent is not None
                table = parent
            self._kept[key] = rows
        return self._kept[key]

    def clients(self, name: str) -> Rows:
        """For each row, its client."""
        return self.above(name, CLIENT)

    def text(self, name: str, path: str) -> pl.Series:
        """The texts of an element as they were written, null where it is absent."""
        if path.startswith(HEADER):
            return pl.repeat(self.of_header(path), self.height(name), dtype=pl.String, eager=True)
        if path.startswith(ABOVE):
            parent = self.layout.tables[name].parent
            assert parent is not None
            return self.text(parent, path.removeprefix(ABOVE)).gather(self.tables[name]["parent"])
        frame = self.tables[name]
        return frame[path] if path in frame.columns else pl.repeat(None, frame.height, dtype=pl.String, eager=True)

    def of_header(self, path: str) -> str | None:
        """An element of the header, as it was written."""
        return self.header.get(path.removeprefix(HEADER))

    def value(self, name: str, path: str) -> pl.Series:
        """The values of an element."""
        kind = self.kind(name, path)
        if kind is None:
            return pl.select(value(pl.lit(self.text(name, path))).fill_null("")).to_series()
        return self.tables[name].select(value(pl.col(path), kind).fill_null("")).to_series()

    def kind(self, name: str, path: str) -> SimpleType | None:
        """The type of an element of a row; None for one that it does not have, or that is no element of the row itself."""
        return next((column.type for column in self.layout.tables[name].columns if column.name == path), None)

    def has(self, name: str, path: str) -> Flags:
        """Where an element is there, empty or not."""
        return self.text(name, path).is_not_null().to_numpy()

    def among(self, name: str, path: str, values: list[str]) -> Flags:
        """Where an element has one of these values."""
        return self.value(name, path).is_in(values).to_numpy()

    def dates(self, name: str, path: str) -> Numbers:
        """The dates of an element."""
        if path.startswith(HEADER):
            return np.full(self.height(name), day_of(self.of_header(path)))
        if ("dates", name, path) not in self._kept:
            self._read_dates(name)
        return self._kept.get(("dates", name, path), np.full(self.height(name), np.nan))

    def _read_dates(self, name: str) -> None:
        """Read all dates of a table at once."""
        columns = [
            column.name for column in self.layout.tables[name].columns if column.type and column.type.base == "date"
        ]
        found = self.tables[name].select(date(pl.col(column)).cast(pl.Float64).fill_null(np.nan) for column in columns)
        for column in columns:
            self._kept["dates", name, column] = found[column].to_numpy()

    def ends(self, name: str, path: str) -> Numbers:
        """The last days of a period, with what counts for an open end."""
        return np.where(self.has(name, path), self.dates(name, path), OPEN_END)

    @property
    def client_rows(self) -> int:
        """The number of clients."""
        return self.height(CLIENT)


def value(text: pl.Expr, kind: SimpleType | None = None) -> pl.Expr:
    """A text with white space taken away around it and collapsed within; null for null.

    What a type does not let in is not looked for: `text` must be valid for its `kind`.
    """
    if kind and (kind.codes or (kind.base == "string" and any(DIGITS.fullmatch(pattern) for pattern in kind.patterns))):
        return text
    if kind and kind.base != "string":
        return text.str.strip_chars(SPACE)
    return text.str.replace_all(f"[{SPACE}]+", " ").str.strip_chars(" ")


def date(text: pl.Expr) -> pl.Expr:
    """The number that a date is, whatever hyphens it has; null for what cannot be read."""
    return text.str.replace_all("-", "", literal=True).str.strip_chars(SPACE).cast(pl.Int64, strict=False)


def day_of(text: str | None) -> float:
    """The number that a date is, NaN for what cannot be read.

    >>> day_of("2019-12-31"), day_of(None)
    (20191231.0, nan)
    """
    digits = (text or "").replace("-", "").strip(SPACE)
    return float(digits) if digits.isdecimal() else float("nan")


def any_below(rows: Rows, where: Flags, height: int) -> Flags:
    """For each of so many rows above, whether any of the rows that hang on it is marked."""
    marked = np.zeros(height, np.bool_)
    marked[rows[where]] = True
    return marked
