"""CSV as columns of texts: what people and spreadsheets write, of which nothing may get lost."""

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from io import StringIO
from pathlib import Path

import polars as pl

from keten.core import UsageError
from keten.core.plain import plain

SEPARATORS = (";", ",")
LINE_END = re.compile(r"\r\n|\n|\r")
SHORT = "it has fewer values than there are columns"


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or else in the code page of old spreadsheets."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def columns_of(
    path: Path, text: str, required: tuple[str, ...], optional: tuple[str, ...], error: type[UsageError]
) -> pl.DataFrame:
    """A CSV text as texts without white space around them, "" for absent, each with its `row` from 1; empty rows are none.

    `short`: whether a row has fewer values than there are columns. Raises `error` for other columns, and for rows with more
    values than columns: an amount of 12,50 between commas would be read as 12.
    """
    text = text.lstrip()
    first = LINE_END.split(text, 1)[0]
    separator = next((sign for sign in SEPARATORS if sign in first), ",")
    try:
        names = [name.strip().lower() for name in next(csv.reader([first.rstrip()], delimiter=separator), [])]
        _demand(path, names, required, optional, error)
        frame = _rows(text, names, separator)
    except (csv.Error, pl.exceptions.PolarsError, ValueError):  # whose text may repeat what stands in the file
        raise error(
            f"{plain(str(path))} is no table of values separated by {separator!r}: a quotation mark is not closed, or a row "
            "has more values than there are columns."
        ) from None
    absent = [pl.lit("").alias(name) for name in optional if name not in frame.columns]
    texts = frame.with_columns(pl.col(names).fill_null("").str.strip_chars()).with_columns(*absent)
    return texts.with_row_index("row", 1).filter(pl.any_horizontal(pl.col(names) != ""))


def _rows(text: str, names: list[str], separator: str) -> pl.DataFrame:
    """The rows below the first. Raises csv.Error, ValueError and PolarsError for what is no table."""
    if '"' in text or "\0" in text:
        return _careful(text, names, separator)
    lines = pl.DataFrame({"line": [text]}).select(pl.col("line").str.strip_suffix("\n").str.split("\n").explode())
    lines = lines.with_columns(pl.col("line").str.strip_suffix("\r"))
    if lines["line"].str.contains("\r", literal=True).any():
        raise ValueError("a line ends as no other")
    values = lines[1:].select(pl.col("line").str.split_exact(separator, len(names)))
    if values["line"].struct.field(f"field_{len(names)}").is_not_null().any():
        raise ValueError("a row has more values than there are columns")
    frame = values.unnest("line").drop(f"field_{len(names)}")
    short = pl.col(f"field_{len(names) - 1}").is_null()
    return frame.with_columns(short=short).rename({f"field_{place}": name for place, name in enumerate(names)})


def _careful(text: str, names: list[str], separator: str) -> pl.DataFrame:
    """The same for a text with quotation marks, in which a value may hold separators and line ends."""
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))[1:]
    if any(len(row) > len(names) for row in rows):
        raise ValueError("a row has more values than there are columns")
    whole = [[*row, *[None] * (len(names) - len(row)), len(row) < len(names)] for row in rows]
    return pl.DataFrame(whole, {**dict.fromkeys(names, pl.String), "short": pl.Boolean}, orient="row")


def _demand(
    path: Path, found: list[str], required: tuple[str, ...], optional: tuple[str, ...], error: type[UsageError]
) -> None:
    """What the first line holds is repeated only where it is a heading: it may be somebody's data."""
    wrong = [f"no column {name}" for name in required if name not in found]
    if not wrong:
        wrong = [f"an unknown column {name!r}" for name in found if name not in (*required, *optional)]
        wrong += [f"more than one column {name}" for name in (*required, *optional) if found.count(name) > 1]
    if wrong:
        perhaps = f", and perhaps {', '.join(optional)}" if optional else ""
        raise error(f"{plain(str(path))} has {', '.join(wrong)}; expected are {', '.join(required)}{perhaps}.")
