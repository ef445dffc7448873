"""A coupling table: which prestaties may be declared on what is assigned, under which contract, when (docs/coupling.md)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path

import polars as pl

from keten.calculation.coupling.columns import SHORT, columns_of, text_of
from keten.calculation.coupling.periods import day_number
from keten.core import UsageError
from keten.core.data import read_plain
from keten.core.days import FOREVER
from keten.core.plain import plain
from keten.messages.values import as_date
from keten.standard import Period, Release, UnknownRelease, load

HEADING = re.compile(r"#\s*(\w+)\s*:\s*(.*?)[\s;,]*$")
LINE = re.compile(r"[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+")
REQUIRED = ("id", "version", "release", "codelijst", "from", "source", "fictitious")
OPTIONAL = ("to",)

COLUMNS = ("zzp", "functie", "leveringsvorm", "contract", "prestatie", "ingangsdatum", "einddatum")
REMARK = "omschrijving"
KEY = ["care", "leveringsvorm", "contract", "prestatie"]
"""What a row couples: the assigned care, in which leveringsvorm, under which contract ("" for any), with which prestatie."""


class WrongTable(UsageError):
    """A coupling table, or a table beside it, that cannot be used."""

    hint = "docs/coupling.md describes the form of the tables; `keten couple --table FILE --check` tests one."


@dataclass(frozen=True, slots=True, eq=False)
class CouplingTable:
    """A version of a coupling table.

    `codelijst` is the list that its prestaties are of, `valid` the days on which this version counts. Columns of `rows`:
    `row` (from 1), `care` ("ZZP 755", "functie 31"), `leveringsvorm` and `contract` ("" for none), `prestatie`, `start`,
    `end` (see `periods`), and `fault`: what is wrong with how the row is written, null where nothing is.
    """

    name: str
    id: str
    version: str
    release: Release
    codelijst: str
    valid: Period
    source: str
    fictitious: bool
    rows: pl.DataFrame

    def __str__(self) -> str:
        return f"{self.id} {self.version}"


def load_table(path: Path) -> CouplingTable:
    """The coupling table in a file. Raises WrongTable."""
    text = text_of(read_plain(path, WrongTable))
    headings = _headings(path, text)
    rows = _rows(columns_of(path, _without_remarks(text), COLUMNS, (REMARK,), WrongTable))
    if rows.is_empty():
        raise WrongTable(f"{plain(str(path))} has no rows: by it nothing could be declared.")
    return CouplingTable(
        name=path.name,
        id=headings["id"],
        version=headings["version"],
        release=_release(path, headings["release"]),
        codelijst=headings["codelijst"],
        valid=_valid(path, headings),
        source=headings["source"],
        fictitious=headings["fictitious"] != "no",
        rows=rows,
    )


def days(text: pl.Expr) -> pl.Expr:
    """The number of a day written as a date; null for what is no date, or of no year that Python knows."""
    number = as_date(text).cast(pl.Int32)
    return pl.when(number >= day_number(date.min)).then(number)


def ends(text: pl.Expr) -> pl.Expr:
    """The same for an end that may be absent."""
    return pl.when(text == "").then(pl.lit(FOREVER, pl.Int32)).otherwise(days(text))


def care() -> pl.Expr:
    """The assigned care of columns zzp and functie, of which one is filled; null if both or none are."""
    zzp, functie = pl.col("zzp"), pl.col("functie")
    return (
        pl.when((zzp != "") & (functie == "")).then(pl.format("ZZP {}", zzp))
        .when((zzp == "") & (functie != "")).then(pl.format("functie {}", functie))
    )  # fmt: skip


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    rows = frame.with_columns(care=care(), start=days(pl.col("ingangsdatum")), end=ends(pl.col("einddatum")))
    package = pl.col("care").str.starts_with("ZZP")
    fault = (
        pl.when(pl.col("care").is_null()).then(pl.lit("a row names either a zzp or a functie"))
        .when(package & (pl.col("leveringsvorm") == "")).then(pl.lit("a zzp needs a leveringsvorm"))
        .when(~package & (pl.col("leveringsvorm") != "")).then(pl.lit("a functie has no leveringsvorm"))
        .when(pl.col("prestatie") == "").then(pl.lit("there is no prestatie"))
        .when(pl.col("start").is_null()).then(pl.lit("ingangsdatum is no date like 2018-04-01"))
        .when(pl.col("end").is_null()).then(pl.lit("einddatum is no date like 2018-04-01"))
        .when(pl.col("end") < pl.col("start")).then(pl.lit("it ends before it starts"))
        .when("short").then(pl.lit(SHORT))
    )  # fmt: skip
    return rows.select("row", pl.col("care").fill_null(""), *KEY[1:], "start", "end", fault=fault)


def _without_remarks(text: str) -> str:
    """The table below its headings; a spreadsheet puts quotation marks around a line that holds its separator."""
    lines = LINE.findall(text)
    return "".join(line for line in lines if not line.startswith(("#", '"#')))


def _headings(path: Path, text: str) -> Mapping[str, str]:
    """The lines `# name: value` above a table."""
    lines = text.splitlines()
    above = takewhile(lambda line: line.startswith(("#", '"#')) or not line.strip(" ,;"), lines)
    matches = [match for line in above if (match := HEADING.fullmatch(line.strip('"')))]
    found = {match[1]: match[2] for match in matches}
    twice = [name for name in (*REQUIRED, *OPTIONAL) if sum(match[1] == name for match in matches) > 1]
    if twice:
        raise WrongTable(f"{plain(str(path))} says {', '.join(twice)} more than once; which counts cannot be known.")
    missing = [name for name in REQUIRED if not found.get(name)]
    if missing:
        raise WrongTable(
            f"{plain(str(path))} does not say {', '.join(missing)}; it should begin with lines like `# id: ...`."
        )
    if found["fictitious"] not in ("yes", "no"):
        raise WrongTable(f"{plain(str(path))}: fictitious is {found['fictitious']!r}; it is yes or no.")
    return found


def _valid(path: Path, headings: Mapping[str, str]) -> Period:
    edges: dict[str, date | None] = {"to": None}
    for name in ("from", "to"):
        if written := headings.get(name):
            try:
                edges[name] = date.fromisoformat(written)
            except ValueError:
                raise WrongTable(f"{plain(str(path))}: {name} is {written!r}; it is a date like 2018-04-01.") from None
    start = edges["from"]
    assert start is not None
    period = Period(start, edges["to"])
    if period.days == 0:
        raise WrongTable(f"{plain(str(path))} is valid {period}: it ends before it starts.")
    return period


def _release(path: Path, reference: str) -> Release:
    try:
        return load(reference)
    except UnknownRelease as failure:
        raise WrongTable(f"{plain(str(path))} is written for a release that is not known: {failure}") from None
