"""Books in CSV: a line per assignment, the columns named as the fields are (docs/comparison.md)."""

import csv
import io
from collections.abc import Sequence

import polars as pl

from keten.comparison.books import REJECTED, File, Told, record_schema
from keten.comparison.forms import FORMS, blank_as_absent
from keten.comparison.terms import fields, logical_key
from keten.messages import Source
from keten.messages.defects import Refused

FILLED = ("bsn", "zorgeenheid", "ingangsdatum")
"""What no assignment can do without."""

MARK = "\ufeff"
FIRST_LINE = 2
"""The line of the first record, below the names of the columns."""


class _NoBook(ValueError):
    """A file is no book; the text says why."""


class _OtherList(ValueError):
    """A file is not meant to be a book; the text says why."""


def read_spreadsheets(sources: Sequence[Source], first: int) -> Told:
    """Read CSV files; their numbers count from `first`."""
    files: list[File] = []
    frames, rejected, told = [pl.DataFrame(schema=record_schema())], [pl.DataFrame(schema=REJECTED)], set[str]()
    for number, source in enumerate(sources, first):
        try:
            frame = _frame(source)
        except _NoBook as error:
            files.append(File(source.name, "CSV", refused=str(error)))
            continue
        except _OtherList as error:
            files.append(File(source.name, "CSV", aside=str(error)))
            continue
        records, wrong = _records(frame, number)
        told |= set(frame.columns) & set(fields())
        files.append(File(source.name, "CSV"))
        frames.append(records)
        rejected.append(wrong.select(pl.lit(source.name).alias("file"), "location", "reason"))
    records, wrong = pl.concat(frames), pl.concat(rejected)
    return Told(
        records, frozenset(told), files, wrong, {"read": records.height + wrong.height, "rejected": wrong.height}
    )


def _frame(source: Source) -> pl.DataFrame:
    """The columns of a file that are fields, all of them as text. Raises _NoBook."""
    try:
        with source.open() as stream:
            text = stream.read()
        head = text.split(b"\n", 1)[0].decode("utf-8")
        separator = max(",;\t", key=head.count)
        frame = pl.read_csv(io.BytesIO(text), separator=separator, infer_schema=False, raise_if_empty=False)
        names = [name.strip().lower() for name in next(csv.reader([head.removeprefix(MARK)], delimiter=separator), [])]
    except (Refused, UnicodeDecodeError, csv.Error, pl.exceptions.PolarsError) as error:
        raise _NoBook(f"It cannot be read as CSV in UTF-8: {_reason(error)}.") from None
    if len(names) != frame.width or len(set(names)) < len(names):
        raise _NoBook("It names two of its columns alike, or not all of them.")
    frame.columns = names
    if "bsn" not in frame.columns:
        raise _OtherList("It has no column bsn, so it is no list of assignments.")
    missing = [name for name in logical_key() if name not in frame.columns]
    if missing:
        raise _NoBook(f"It has no column {', '.join(missing)}; the first line must name the columns.")
    return frame.select(name for name in fields() if name in frame.columns)


def _reason(error: Exception) -> str:
    """What went wrong, without anything of the content."""
    return str(error) if isinstance(error, Refused) else "a line has more values than columns, or a letter is no UTF-8"


def _records(frame: pl.DataFrame, number: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records of a file, and the lines that hold a value in another form than its field has; empty lines are none."""
    given = frame.select(blank_as_absent(pl.col(name)).alias(name) for name in frame.columns)
    values = given.select(FORMS[fields()[name].form](pl.col(name)).alias(name) for name in frame.columns)
    wrong = [
        pl.when(given[name].is_not_null() & values[name].is_null() | (name in FILLED) & given[name].is_null()).then(
            pl.lit(name)
        )
        for name in frame.columns
    ]
    lines = pl.format("line {}", pl.int_range(FIRST_LINE, pl.len() + FIRST_LINE))
    listed = values.with_columns(location=lines, file=pl.lit(number, pl.UInt32)).with_columns(
        reason=pl.concat_str(*wrong, separator=", ", ignore_nulls=True)
    )
    listed = listed.filter(given.select(pl.any_horizontal(pl.all().is_not_null())).to_series())
    right = listed.filter(pl.col("reason") == "")
    absent = [pl.lit(None, pl.String).alias(name) for name in fields() if name not in frame.columns]
    return right.with_columns(*absent).select(*record_schema()), listed.filter(pl.col("reason") != "").select(
        "location", reason=pl.format("No such value for {}.", "reason")
    )
