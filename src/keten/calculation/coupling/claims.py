"""Declarations: from a CSV file, or from the prestatierecords of an AW319 (docs/coupling.md)."""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from keten.calculation.coupling.columns import SHORT, columns_of, text_of
from keten.calculation.coupling.records import (
    CREDIT,
    PRESTATIE,
    SIGNS,
    Closing,
    closing_of,
    cut,
    holds_records,
    lines_of,
)
from keten.calculation.coupling.table import care, days
from keten.core import UsageError
from keten.core.data import read_plain

COLUMNS = ("bsn", "instelling", "zzp", "functie", "prestatie", "begindatum", "einddatum", "bedrag")
OPTIONAL = ("leveringsvorm", "codelijst", "referentie")

AMOUNT = r"^-?\d{1,10}([.,]\d{1,2})?$"
CENTS = 100
MOST_BYTES = 128 << 20
"""What a file of declarations may hold: four hundred thousand of an AW319."""


class WrongClaims(UsageError):
    """A file of declarations that cannot be read."""

    hint = "docs/coupling.md describes the columns of a CSV file and the records of an AW319 that are read."


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Declarations that were read.

    Columns of `rows`: `row` (from 1, as in the file), `bsn`, `instelling` ("" where the file does not say), `care`,
    `leveringsvorm` and `codelijst` ("" for not said), `prestatie`, `start`, `end`, `cents`, and `fault`: what cannot be
    read in it, null for none; then what else can be read still stands. `aside` counts records of other types, `closing` says
    whether these are all.
    """

    name: str
    rows: pl.DataFrame
    aside: int = 0
    closing: Closing = field(default_factory=Closing)


def read_claims(path: Path, provider: str = "") -> Claims:
    """The declarations in a file; `provider` is whose they are where the file does not say. Raises WrongClaims."""
    text = read_plain(path, WrongClaims, MOST_BYTES, pipe=True)
    if holds_records(text):
        return _of_records(path.name, text, provider)
    frame = columns_of(path, text_of(text), COLUMNS, OPTIONAL, WrongClaims)
    given = pl.when(pl.col("instelling") == "").then(pl.lit(provider)).otherwise("instelling")
    return Claims(path.name, _parsed(frame.with_columns(instelling=given)))


def _of_records(name: str, text: bytes, provider: str) -> Claims:
    """The prestatierecords among fixed-width records, and the lines that are no records."""
    lines = lines_of(text)
    ours = lines.filter((pl.col("kind") == PRESTATIE) | pl.col("fault").is_not_null())
    known = ours.select(line=pl.when(kind=PRESTATIE).then("line").otherwise(pl.lit("")))["line"]
    fields = cut(ours.with_columns(known), PRESTATIE).with_columns(
        fault=pl.when(pl.col("fault").is_not_null()).then("fault")
        .when(~pl.col("debet_credit").is_in(SIGNS)).then(pl.lit("it says neither D (debit) nor C (credit)"))
    )  # fmt: skip
    sign = pl.when(pl.col("debet_credit") == CREDIT).then(pl.lit("-")).otherwise(pl.lit(""))
    euros, cents = pl.col("declaratiebedrag").str.head(-2), pl.col("declaratiebedrag").str.tail(2)
    declared = fields.with_columns(
        pl.col("zzp").str.replace("^0+$", ""),
        pl.col("functie").str.replace("^0+$", ""),
        *(pl.col(day).str.replace(r"^(\d{4})(\d\d)(\d\d)$", "$1-$2-$3") for day in ("begindatum", "einddatum")),
        bedrag=sign + euros + "." + cents,
        instelling=pl.lit(provider),
        leveringsvorm=pl.lit(""),
        short=pl.lit(value=False),
    )
    rows = _parsed(declared)
    return Claims(name, rows, lines.height - ours.height, closing_of(lines, int(rows["cents"].sum())))


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
        .when("short").then(pl.lit(SHORT))
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
