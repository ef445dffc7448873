"""Declarations: from a CSV file, or from the prestatierecords of an AW319 (docs/coupling.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from keten.calculation.coupling.table import care, columns_of, days, read_bytes
from keten.core import UsageError

COLUMNS = ("bsn", "instelling", "zzp", "functie", "prestatie", "begindatum", "einddatum", "bedrag")
OPTIONAL = ("leveringsvorm", "codelijst", "referentie")

PRESTATIE = "04"
LINE_ENDS = b"\r\n"
LOOKED_AT = 10
"""Lines among which there is a record if the file has records."""

NOWHERE = "\x01"
"""A separator that stands in no file: every line is one text."""

CREDIT = "C"
AMOUNT = r"^-?\d{1,10}([.,]\d{1,2})?$"
CENTS = 100


class WrongClaims(UsageError):
    """A file of declarations that cannot be read."""

    hint = "docs/coupling.md describes the columns of a CSV file and the records of an AW319 that are read."


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Declarations that were read.

    Columns of `rows`: `row` (from 1, as in the file), `bsn`, `instelling` ("" where the file does not say), `care`,
    `leveringsvorm` and `codelijst` ("" for not said), `prestatie`, `start`, `end`, `cents`, and `fault`: what cannot be
    read in it, null for none; then what else can be read still stands. `aside` counts records of other types.
    """

    name: str
    rows: pl.DataFrame
    aside: int = 0


def read_claims(path: Path, provider: str = "") -> Claims:
    """The declarations in a file; `provider` is whose they are where the file does not say. Raises WrongClaims."""
    text = read_bytes(path, WrongClaims)
    if any(_is_record(line.rstrip(LINE_ENDS)) for line in text.split(b"\n", LOOKED_AT)[:LOOKED_AT]):
        return _of_records(path.name, text, provider)
    frame = columns_of(path, text, COLUMNS, OPTIONAL, WrongClaims)
    given = pl.when(pl.col("instelling") == "").then(pl.lit(provider)).otherwise("instelling")
    return Claims(path.name, _parsed(frame.with_columns(instelling=given)))


@cache
def _record() -> Mapping[str, Any]:
    text = (files("keten.calculation.coupling") / "records.yaml").read_text(encoding="utf-8")
    record: Mapping[str, Any] = yaml.safe_load(text)[PRESTATIE]
    assert sum(record["fields"].values()) == record["length"]
    return record


def _is_record(line: bytes) -> bool:
    return len(line) == _record()["length"] and line[:2].isdigit()


def _of_records(name: str, text: bytes, provider: str) -> Claims:
    """The prestatierecords among fixed-width records; a character is a byte."""
    plain = text if text.isascii() else text.decode("latin-1").encode()
    lines = pl.read_csv(
        BytesIO(plain), has_header=False, new_columns=["line"], separator=NOWHERE, quote_char=None, infer_schema=False
    ).with_row_index("row", 1)
    lines = lines.select("row", line=pl.col("line").str.strip_chars_end("\r")).filter(pl.col("line") != "")
    ours = lines.filter(pl.col("line").str.starts_with(PRESTATIE))
    whole = pl.col("line").str.len_chars() == _record()["length"]
    cut = ours.select("row", *_fields(), whole=whole).with_columns(
        fault=pl.when(~pl.col("whole")).then(pl.lit(f"it has not {_record()['length']} characters"))
        .when(~pl.col("debet_credit").is_in(["D", CREDIT])).then(pl.lit("it says neither D (debit) nor C (credit)"))
    )  # fmt: skip
    sign = pl.when(pl.col("debet_credit") == CREDIT).then(pl.lit("-")).otherwise(pl.lit(""))
    euros, cents = pl.col("declaratiebedrag").str.head(-2), pl.col("declaratiebedrag").str.tail(2)
    claims = cut.with_columns(
        pl.col("zzp").str.replace("^0+$", ""),
        pl.col("functie").str.replace("^0+$", ""),
        *(pl.col(day).str.replace(r"^(\d{4})(\d\d)(\d\d)$", "$1-$2-$3") for day in ("begindatum", "einddatum")),
        bedrag=sign + euros + "." + cents,
        instelling=pl.lit(provider),
        leveringsvorm=pl.lit(""),
    )
    return Claims(name, _parsed(claims), aside=lines.height - ours.height)


def _fields() -> list[pl.Expr]:
    """The fields of a prestatierecord, without the blanks that fill them up."""
    place, found = 0, []
    for name, width in _record()["fields"].items():
        found.append(pl.col("line").str.slice(place, width).str.strip_chars().alias(name))
        place += width
    return found


def _parsed(frame: pl.DataFrame) -> pl.DataFrame:
    """Declarations as texts with their days and amounts, and what of it cannot be read."""
    known = frame if "fault" in frame.columns else frame.with_columns(fault=pl.lit(None, pl.String))
    rows = known.with_columns(
        care=care(), start=days(pl.col("begindatum")), end=days(pl.col("einddatum")), cents=_cents(pl.col("bedrag"))
    )
    fault = (
        pl.when(pl.col("fault").is_not_null()).then("fault")
        .when(~pl.col("bsn").str.contains(r"^\d{9}$")).then(pl.lit("bsn is not 9 digits"))
        .when(pl.col("care").is_null()).then(pl.lit("either zzp or functie must be filled"))
        .when(pl.col("prestatie") == "").then(pl.lit("there is no prestatie"))
        .when(pl.col("start").is_null()).then(pl.lit("begindatum is no date"))
        .when(pl.col("end").is_null()).then(pl.lit("einddatum is no date"))
        .when(pl.col("end") < pl.col("start")).then(pl.lit("it ends before it begins"))
        .when(pl.col("cents").is_null()).then(pl.lit("the amount is no number"))
    )  # fmt: skip
    return rows.select(
        "row", "bsn", "instelling", pl.col("care").fill_null(""), "leveringsvorm", "codelijst", "prestatie", "start",
        "end", pl.col("cents").fill_null(0), fault=fault,
    )  # fmt: skip


def _cents(text: pl.Expr) -> pl.Expr:
    """An amount in whole cents; null for what is no amount."""
    parts = text.str.replace(",", ".", literal=True).str.strip_prefix("-").str.split_exact(".", 1)
    euros = parts.struct.field("field_0").cast(pl.Int64, strict=False)
    cents = parts.struct.field("field_1").fill_null("").str.pad_end(2, "0").cast(pl.Int64, strict=False)
    sign = pl.when(text.str.starts_with("-")).then(-1).otherwise(1)
    return pl.when(text.str.contains(AMOUNT)).then(sign * (euros * CENTS + cents))
