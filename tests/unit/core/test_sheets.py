"""Nothing in a table acts when a spreadsheet opens it."""

import csv
from pathlib import Path

import polars as pl
import pytest

from keten.core.sheets import write_sheet


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("=1+1", "'=1+1"),
        ("+31 6", "'+31 6"),
        ("-1+1", "'-1+1"),
        ("@sum", "'@sum"),
        ("\t=1", "'\N{REPLACEMENT CHARACTER}=1"),
        ("\r=1", "'\N{REPLACEMENT CHARACTER}=1"),
        ("a\x1b[31m", "a\N{REPLACEMENT CHARACTER}[31m"),
        ("a\u202eb", "a\N{REPLACEMENT CHARACTER}b"),
        ("a\nb", "a\N{REPLACEMENT CHARACTER}b"),
        ("-5", "-5"),
        ("-12,50", "-12,50"),
        ("5=5", "5=5"),
        ("", ""),
        (None, ""),
        ("Café 't Hof", "Café 't Hof"),
    ],
)
def test_a_text_is_harmless_and_a_number_stays_one(value: str | None, told: str, tmp_path: Path) -> None:
    """As it is read from the file."""
    write_sheet(
        pl.DataFrame({"text": [value], "number": [-5]}, {"text": pl.String, "number": pl.Int64}), tmp_path / "a.csv"
    )
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["text", "number"], [told, "-5"]]
