"""The register of AGB codes, from a CSV file: which codes there are, from when until when, at which zorgkantoor."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from keten.core import UsageError
from keten.validation.rules.view import OPEN_END, Flags, Numbers

COLUMNS = ("agb", "from", "until", "zorgkantoor")


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
        table = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise BadRegister(f"{path} cannot be read: {error}.") from error
    if missing := [name for name in COLUMNS if name not in table.columns]:
        raise BadRegister(f"{path} has no column {', '.join(missing)}.")
    day = [pl.col(name).str.replace_all("-", "", literal=True).cast(pl.Float64, strict=False) for name in COLUMNS[1:3]]
    return Register(table.select("agb", day[0].fill_null(0), day[1].fill_null(OPEN_END), "zorgkantoor"))
