"""The register of AGB codes, from a CSV file: which codes there are, from when until when, at which zorgkantoor."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from keten.core import UsageError
from keten.core.data import read_plain
from keten.core.dates import FOR_EVER, Days, read_days
from keten.core.plain import plain
from keten.core.tables import NUMBER, Columns, NoTable, read_table, shape
from keten.validation.rules.view import OPEN_END, Flags, Numbers

DAYS = ("from", "until")
WIDTHS = {"agb": 8, "zorgkantoor": 4}
"""Digits of a code; spreadsheets eat the zeros that stand first."""

COLUMNS = Columns(
    {
        "agb": ("agb-code", "agbcode instelling", "instelling", "agb instelling"),
        "from": ("van", "vanaf", "geldig vanaf", "ingangsdatum", "begindatum", "startdatum"),
        "until": ("tot en met", "t/m", "geldig tot en met", "einddatum"),
        "zorgkantoor": ("zorgkantoorcode", "uzovi", "uzovi-code"),
    },
    ("agb", *DAYS, "zorgkantoor"),
)


class BadRegister(UsageError):
    """The file is no register of AGB codes."""

    hint = (
        f"Give a CSV file with the columns {', '.join(COLUMNS.demanded)}; days as 2019-01-01, an open end left empty."
    )


@dataclass(frozen=True, slots=True)
class Register:
    """The periods in which AGB codes are valid, the zorgkantoor that each belongs to in them, and what was `assumed`."""

    periods: pl.DataFrame
    assumed: tuple[str, ...] = ()

    def valid(self, codes: pl.Series, first: Numbers, last: Numbers) -> Flags:
        """Which codes are valid from a first up to and including a last day (open: for ever)."""
        asked = pl.DataFrame({"row": np.arange(len(codes)), "agb": codes, "first": first, "last": last})
        found = asked.join(self.periods, on="agb").filter(
            (pl.col("from") <= pl.col("first")) & (pl.col("last") <= pl.col("until"))
        )
        return np.isin(np.arange(len(codes)), found["row"].to_numpy())

    def belongs(self, codes: pl.Series, offices: pl.Series) -> Flags:
        """Which codes have belonged to these offices."""
        known = set(self.periods.select("agb", "zorgkantoor").iter_rows())
        return np.array([pair in known for pair in zip(codes, offices, strict=True)], np.bool_)


def read_register(path: Path) -> Register:
    """The register in a CSV file. Raises BadRegister."""
    try:
        table = read_table(read_plain(path, BadRegister), COLUMNS)
    except NoTable as error:
        raise BadRegister(f"{plain(str(path))} is no register. {error}") from None
    rows, assumed = table.rows, list(table.assumed)
    codes = [_codes(path, rows, name) for name in WIDTHS]
    dated = read_days(rows.select(DAYS))
    first, last = (_days(path, rows, name, dated) for name in DAYS)
    if (wrong := (first > last).arg_true()).len():
        raise BadRegister(f"{plain(str(path))}: the period in line {rows[NUMBER][wrong[0]]} ends before it begins.")
    if (rows["until"].is_not_null() & (last == OPEN_END)).any():
        assumed.append(f"an end on {FOR_EVER} is open")
    assumed += [f"leading zeros of {one.name} are put back" for one in codes if (one != rows[one.name]).any()]
    return Register(pl.DataFrame([codes[0], first, last, codes[1]]), (*assumed, *dated.assumed))


def _codes(path: Path, rows: pl.DataFrame, name: str) -> pl.Series:
    """Codes with all their digits. Raises BadRegister for what cannot be one."""
    digits = rows[name].str.contains(f"^[0-9]{{1,{WIDTHS[name]}}}$") & rows[name].str.contains("[1-9]")
    fits = digits.fill_null(value=name != "agb")
    _demand(path, rows, name, fits, ("code", f"{WIDTHS[name]} digits"))
    return rows[name].str.zfill(WIDTHS[name])


def _days(path: Path, rows: pl.DataFrame, name: str, dated: Days) -> pl.Series:
    """Days as numbers, for ever where none is given. Raises BadRegister for what is no day for sure."""
    sure = rows[name].is_null() | dated.days[name].is_not_null()
    _demand(path, rows, name, sure, ("day", "one such as 2019-01-01, which cannot be read in two ways"))
    days = dated.days[name].replace(FOR_EVER, None) if name == "until" else dated.days[name]
    return days.str.replace_all("-", "").cast(pl.Float64).fill_null(OPEN_END if name == "until" else 0)


def _demand(path: Path, rows: pl.DataFrame, name: str, right: pl.Series, wanted: tuple[str, str]) -> None:
    """Raises BadRegister for the first row whose value in a column is not right."""
    if (wrong := (~right).arg_true()).len():
        line, found = rows.select(NUMBER, shape(pl.col(name))).row(wrong[0])
        place = f"{plain(str(path))} has no {wanted[0]} in the column {name} of line {line}"
        raise BadRegister(f"{place}: it is {f'written {found}' if found else 'empty'}, wanted is {wanted[1]}.")
