"""The fixed-width records of an AW319: every line is a record of a known type, or is refused and named (records.yaml)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl
import yaml

VOORLOOP, PRESTATIE, CLOSING = "01", "04", "99"
CREDIT = "C"
SIGNS = ("D", CREDIT)
LINE_ENDS = b"\r\n"
LOOKED_AT = 10
"""Lines among which there is a record if the file has records."""

CONTROL = r"[\x00-\x1f\x7f]"
BOM = b"\xef\xbb\xbf".decode("latin-1")

COUNTED = {"verzekerden": "02", "debiteuren": "03", "prestaties": PRESTATIE, "commentaren": "98"}
"""The types of records that a closing record counts, by the name of the field; `details` is all of these."""


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """The types of records: name, length, and where they are read, their fields with their widths."""
    text = (files("keten.calculation.coupling") / "records.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    assert all(sum(one["fields"].values()) == one["length"] for one in found.values() if "fields" in one)
    return found


def holds_records(text: bytes) -> bool:
    """Whether a file consists of records, and is no CSV."""
    return any(_is_record(line.rstrip(LINE_ENDS)) for line in text.split(b"\n", LOOKED_AT)[:LOOKED_AT])


def _is_record(line: bytes) -> bool:
    return len(line) == kinds()[PRESTATIE]["length"] and line[:2].isdigit()


def lines_of(text: bytes) -> pl.DataFrame:
    """The lines that are not empty: `row` (from 1), `line`, `kind` (the type of record), and `fault`: why it is none.

    A character is a byte.
    """
    rows = pl.DataFrame({"line": [text.decode("latin-1")]}).select(pl.col("line").str.split("\n").explode())
    lines = rows.with_row_index("row", 1).with_columns(pl.col("line").str.strip_chars_end("\r"))
    lines = lines.filter(pl.col("line") != "").with_columns(kind=pl.col("line").str.head(2))
    length = {kind: one["length"] for kind, one in kinds().items()}
    wanted = pl.col("kind").replace_strict(length, default=None, return_dtype=pl.UInt32)
    fault = (
        pl.when(pl.col("line").str.starts_with(BOM)).then(pl.lit("it begins with a byte order mark (BOM)"))
        .when(wanted.is_null()).then(pl.lit(f"it begins with no type of record ({', '.join(length)})"))
        .when(pl.col("line").str.contains(CONTROL)).then(pl.lit("it holds a control character"))
        .when(pl.col("line").str.len_chars() != wanted).then(pl.format("it has not {} characters", wanted))
    )  # fmt: skip
    return lines.with_columns(fault=fault)


def cut(lines: pl.DataFrame, kind: str) -> pl.DataFrame:
    """The fields of records of a type, without the blanks that fill them up, beside `row` and `fault`."""
    place, found = 0, []
    for name, width in kinds()[kind]["fields"].items():
        found.append(pl.col("line").str.slice(place, width).str.strip_chars().alias(name))
        place += width
    return lines.select("row", "fault", *found)


@dataclass(frozen=True, slots=True)
class Closing:
    """How the closing record goes with what was read: `told` of no weight, and `gaps`, by which something is missing."""

    told: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


def closing_of(lines: pl.DataFrame, cents: int) -> Closing:
    """Hold the closing record against the records that were read, and the sum of their amounts."""
    ends = lines.filter(pl.col("fault").is_null(), kind=CLOSING)
    if ends.is_empty() and (lines["kind"] == VOORLOOP).any():
        return Closing(gaps=("There is no closing record (99): the file was cut off.",))
    if ends.is_empty():
        return Closing(told=("There is no closing record (99) that says how many there should be.",))
    row = int(ends["row"][0])
    behind = lines.filter(pl.col("row") > row)["row"]
    gaps = (
        [f"Behind the closing record, in line {row}, there is more, from line {behind[0]} on."] if len(behind) else []
    )
    said = cut(ends.head(1), CLOSING).row(0, named=True)
    totals = [said[name] for name in (*COUNTED, "details", "bedrag")]
    if not any(totals):
        return Closing((f"The closing record, in line {row}, says no totals.",), tuple(gaps))
    counts = {name: int((lines["kind"] == kind).sum()) for name, kind in COUNTED.items()}
    gaps += _differences(said, {**counts, "details": sum(counts.values())})
    gaps += _difference_of_amounts(said, cents)
    return Closing(gaps=tuple(gaps))


def _differences(said: Mapping[str, str], counts: Mapping[str, int]) -> Iterator[str]:
    for name, count in counts.items():
        if not said[name] and not count:
            continue
        if not said[name].isdecimal():
            yield f"The closing record says no number of {name}."
        elif int(said[name]) != count:
            yield f"The closing record says {int(said[name]):,} {name}; {count:,} were read."


def _difference_of_amounts(said: Mapping[str, str], cents: int) -> Iterator[str]:
    if not said["bedrag"].isdecimal() or said["debet_credit"] not in SIGNS:
        yield "The closing record says no amount with D (debit) or C (credit)."
        return
    total = int(said["bedrag"]) * (-1 if said["debet_credit"] == CREDIT else 1)
    if total != cents:
        yield f"The closing record says {total / 100:,.2f} euro; {cents / 100:,.2f} were read."
