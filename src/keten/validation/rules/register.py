"""The register of AGB codes, from a CSV file: which codes there are, from when until when, at which zorgkantoor."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from keten.core import UsageError
from keten.validation.rules.view import OPEN_END, Flags, Numbers

DAYS = ("from", "until")
COLUMNS = ("agb", *DAYS, "zorgkantoor")


class BadRegister(UsageError):
    """The file is no register of AGB codes."""

    hint = f"Give a CSV file with the columns {', '.join(COLUMNS)}; days as 2019-01-01, an open end left empty."


@dataclass(frozen=True, slots=True)
class Register:
    """The periods in which AGB codes are valid, and the zorgkantoor that each belongs to in them."""

    periods: pl.DataFrame

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
        table = pl.read_csv(path.read_bytes(), infer_schema=False)
    except OSError as error:
        raise BadRegister(f"{path} cannot be read: {error.strerror}.") from None
    except pl.exceptions.PolarsError:
        raise BadRegister(f"{path} is no CSV file, or not all its lines have the same columns.") from None
    if missing := [name for name in COLUMNS if name not in table.columns]:
        raise BadRegister(f"{path} has no column {', '.join(missing)}.")
    first, last = (_days(path, table[name]) for name in DAYS)
    return Register(table.select("agb", first.fill_null(0), last.fill_null(OPEN_END), "zorgkantoor"))


def _days(path: Path, texts: pl.Series) -> pl.Series:
    """Days as numbers, null where none is given. Raises BadRegister for what is no day."""
    days = texts.str.to_date("%Y-%m-%d", strict=False)
    if (wrong := (texts.is_not_null() & days.is_null()).arg_true()).len():
        raise BadRegister(f"{path} has no day in the column {texts.name} of line {wrong[0] + 2}.")
    return days.dt.strftime("%Y%m%d").cast(pl.Float64)
