"""Tables that people hand in as CSV, from whatever program: what can be read surely is read, and it is told how.

The line that names the columns is looked for, under each separator, by the names that the columns may have. What stands
above it is a title. Nothing of a table is left out without a word: what cannot be read surely is refused as a whole.
"""

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

import polars as pl

from keten.core.errors import UsageError

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MOST_ABOVE, HIGHEST = 30, 8
"""Lines that may stand above the heading, and lines that a heading may have."""

ROWS_AT_ONCE = 50_000
LONGEST_SHAPE = 24
NUMBER, FIRST = "line", 1
DIRECTIVE = re.compile(r'^"?sep=(.)"?,*;*$', re.IGNORECASE)
"""The first line by which Excel is told the separator."""

MADE_TEXT = r'^="?([^"]*)"?$'
"""How spreadsheets are kept from taking a code for a number; an apostrophe does the same."""

BINARY = {b"PK\x03\x04": "a workbook or zip file", b"\xd0\xcf\x11\xe0": "a workbook", b"%PDF": "a PDF"}


class NoTable(UsageError):
    """A file is no table that can be read surely; the text says why in a sentence, with nothing of the content."""

    hint = "Save the sheet as CSV in UTF-8, with the names of the columns in its first line."


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table may have, each with the other names it is known by; those of `demanded` it must have."""

    names: Mapping[str, Sequence[str]]
    demanded: Sequence[str]

    def named(self, heading: Sequence[str]) -> list[str | None]:
        """Which column each name of a heading stands for; None for one that is not asked for."""
        known = {bare(one): name for name, others in self.names.items() for one in (name, *others)}
        return [known.get(bare(one)) for one in heading]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds.

    The names in its `heading`; the columns asked for as texts, null for absent, with the `line` of each row; and what had
    to be `assumed`, in words.
    """

    heading: tuple[str, ...]
    rows: pl.DataFrame
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Heading:
    """Where the columns are named: the separator, the first line from 0 and the one after the last, and the names."""

    separator: str
    first: int
    after: int
    names: tuple[str, ...]


def bare(name: str) -> str:
    """The name of a column without what people write differently: case, blanks, signs.

    >>> bare(" AGB-code ")
    'agbcode'
    """
    return "".join(one for one in name.casefold() if one.isalnum())


def shape(text: pl.Expr) -> pl.Expr:
    """How a value is written without what it says: 9 for a digit, a for a letter."""
    blurred = text.str.replace_all(r"\p{N}", "9").str.replace_all(r"\p{L}", "a").str.replace_all(r"\p{C}", "?")
    short = blurred.str.slice(0, LONGEST_SHAPE)
    return pl.when(blurred.str.len_chars() > LONGEST_SHAPE).then(pl.format("{}...", short)).otherwise(short)


def first_names(content: bytes) -> set[tuple[str, ...]]:
    """The names in the first line that is not empty, under each separator; what is no text has none."""
    try:
        lines = [line for line in _lines(_decoded(content)[0]) if line.strip()][:1]
    except NoTable:
        return set()
    return {tuple(map(bare, found[0])) for one in SEPARATORS if lines and (found := _record(lines, one))}


def read_table(content: bytes, columns: Columns) -> Table:
    """The table in the content of a file. Raises NoTable."""
    text, assumed = _decoded(content)
    lines = list(_lines(text))
    told = DIRECTIVE.match(lines[0].strip(" \r\n")) if lines else None
    heading = _heading(lines, columns, told.group(1) if told else None)
    names = columns.named(heading.names)
    for name in names:
        if name and names.count(name) > 1:
            raise NoTable(f"It has more than one column {name}.")
    above = [line for line in lines[bool(told) : heading.first] if line.strip()]
    _demand_title(above, heading, columns)
    if above:
        assumed.append(f"the columns are named in line {heading.first + 1}, and what stands above it is a title")
    if heading.separator == "|":
        assumed.append("the values are separated by bars")
    assumed += [
        f"{name} stands in a column of another name"
        for name, one in zip(names, heading.names, strict=True)
        if name and bare(name) != bare(one)
    ]
    rows = _rows("".join(lines[heading.after :]), heading, names)
    if not rows.height:
        raise NoTable("It names its columns, but has no row.")
    return Table(heading.names, rows, tuple(assumed))


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and the encoding in words where it is not UTF-8. Raises NoTable."""
    if not content.strip(b" \t\r\n\0"):
        raise NoTable("It is empty.")
    for sign, kind in BINARY.items():
        if content.startswith(sign):
            raise NoTable(f"It is {kind}, not CSV.")
    encoding, named = _encoding(content)
    try:
        text = content.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise NoTable(f"It cannot be read: a letter in it is not in {named}.") from None
    if "\0" in text:
        raise NoTable("It is no text: it holds bytes that no text has.")
    if not text.strip():
        raise NoTable("It is empty.")
    return text, [] if named == "UTF-8" else [f"its letters are in {named}"]


def _encoding(content: bytes) -> tuple[str, str]:
    """How the text of a file is encoded, for Python and for people."""
    start = content[:400]
    for mark, zeros, encoding in ((BOM_UTF16_LE, start[1::2], "utf-16-le"), (BOM_UTF16_BE, start[::2], "utf-16-be")):
        if content.startswith(mark) or (zeros and not any(zeros)):
            return encoding, "UTF-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", "Windows-1252"
    return "utf-8", "UTF-8"


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, as CSV knows them."""
    return iter(StringIO(text, newline=""))


def _record(lines: Sequence[str], separator: str) -> tuple[list[str], int] | None:
    """The first record of some lines, and how many lines it takes; None for what is none."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        return next(reader, []), reader.line_num
    except csv.Error:
        return None


def _heading(lines: Sequence[str], columns: Columns, separator: str | None) -> _Heading:
    """The heading among the first lines. Raises NoTable when there is none or more than one."""
    found, best = [], set[str]()
    for first in range(min(MOST_ABOVE, len(lines))):
        for one in SEPARATORS if separator is None else (separator,):
            record = _record(lines[first : first + HIGHEST], one)
            names = {name for name in columns.named(record[0]) if name} if record else set()
            best = max(best, names, key=len)
            if record and names.issuperset(columns.demanded):
                found.append(_Heading(one, first, first + record[1], tuple(name.strip() for name in record[0])))
    if len({heading.first for heading in found}) > 1:
        raise NoTable(f"It names its columns in line {found[0].first + 1} and again in line {found[1].first + 1}.")
    if not found:
        raise NoTable(_no_heading(best, columns))
    return found[0]


def _no_heading(best: set[str], columns: Columns) -> str:
    missing = [name for name in columns.demanded if name not in best]
    if best:
        return f"It has no column {', '.join(missing)}; its first line must name the columns."
    return f"No line of its first {MOST_ABOVE} names the columns {', '.join(missing)}."


def _demand_title(above: Sequence[str], heading: _Heading, columns: Columns) -> None:
    """Raises NoTable when what stands above a heading may be rows of the table."""
    for line in above:
        record = _record([line], heading.separator)
        if record and sum(bool(value.strip()) for value in record[0]) >= max(2, len(columns.demanded)):
            raise NoTable(f"Above the names of its columns, in line {heading.first + 1}, stands what may be a row.")


def _rows(body: str, heading: _Heading, names: Sequence[str | None]) -> pl.DataFrame:
    """The rows below the heading that hold anything. Raises NoTable."""
    places = {name: place for place, name in enumerate(names) if name}
    rows = _plain_rows(body, heading, places)
    rows = _exact_rows(body, heading, places) if rows is None else rows
    cleaned = rows.with_columns(_cleaned(name) for name in places)
    return cleaned.filter(pl.any_horizontal(pl.col(list(places)).is_not_null()))


def _plain_rows(body: str, heading: _Heading, places: Mapping[str, int]) -> pl.DataFrame | None:
    """The rows of a text without quotation marks, a row a line; None where the exact way has to be gone."""
    lines = body.count("\n") + (not body.endswith("\n"))
    if not body or '"' in body or body.count("\r") != body.count("\r\n"):
        return None
    schema = {f"{place}": pl.String for place in range(len(heading.names))}
    try:
        rows = pl.read_csv(body.encode(), separator=heading.separator, has_header=False, quote_char=None, schema=schema)
    except pl.exceptions.PolarsError:
        return None
    if rows.height != lines:
        return None
    numbers = pl.int_range(heading.after + FIRST, heading.after + FIRST + lines, dtype=pl.UInt32, eager=True)
    return rows.select(numbers.alias(NUMBER), *(pl.col(f"{place}").alias(name) for name, place in places.items()))


def _exact_rows(body: str, heading: _Heading, places: Mapping[str, int]) -> pl.DataFrame:
    """The rows of any text. Raises NoTable."""
    schema = {NUMBER: pl.UInt32, **dict.fromkeys(places, pl.String)}
    records, frames = _records(body, heading), [pl.DataFrame(schema=schema)]
    while block := list(islice(records, ROWS_AT_ONCE)):
        numbers, values = [line for line, _ in block], [row for _, row in block]
        told = {name: [row[place] for row in values] for name, place in places.items()}
        frames.append(pl.DataFrame({NUMBER: numbers, **told}, schema))
    return pl.concat(frames)


def _records(body: str, heading: _Heading) -> Iterator[tuple[int, list[str]]]:
    """The rows below the heading, each with its line, filled up to the width of the heading. Raises NoTable."""
    width, line = len(heading.names), heading.after + FIRST
    reader = csv.reader(_lines(body), delimiter=heading.separator, strict=True)
    try:
        for row in reader:
            following = heading.after + FIRST + reader.line_num
            if len(row) > width and any(map(str.strip, row[width:])):
                raise NoTable(f"Line {line} has more values than there are columns.")
            if following > line + 1:
                _demand_one_row(row, heading.separator, width, line)
            yield line, row + [""] * (width - len(row))
            line = following
    except csv.Error:
        raise NoTable(f"A quotation mark in line {line}, or a value in it, has no end.") from None


def _demand_one_row(row: Sequence[str], separator: str, width: int, line: int) -> None:
    """Raises NoTable when a value of several lines has swallowed what may be a row of its own."""
    if any(part.count(separator) >= width - 1 for value in row for part in value.splitlines()[1:]):
        raise NoTable(f"A quotation mark in line {line} is not closed in that line.")


def _cleaned(name: str) -> pl.Expr:
    """A column without white space, and without what made its values text for a spreadsheet; null where nothing is left."""
    text = pl.col(name).str.strip_chars().str.replace(MADE_TEXT, "$1").str.replace("^'", "").str.strip_chars()
    return pl.when(text != "").then(text).alias(name)
