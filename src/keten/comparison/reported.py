"""Reads messages and keeps what they tell of assignments: one row for every element that names one (messages.yaml)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from keten.comparison.books import PLACE, REJECTED, File
from keten.comparison.clients import bsns_of
from keten.comparison.forms import FORMS, Form, blank_as_absent, of_hundredths
from keten.comparison.terms import Part, fields, parts
from keten.messages import CLIENT, Batch, Defect, Layout, Reading, Source, Tables, read
from keten.messages.joining import join_tables
from keten.messages.values import as_time
from keten.validation.structure import words

CLIENTS_AT_ONCE, BATCHES_AT_ONCE = 1_000, 50
"""What is worked on together: enough for columns to pay off, few enough for memory (a batch takes a MiB or more)."""

END_OF_DAY = 24 * 60 * 60 * 10**9
PGB = "2"
Schema = dict[str, type[pl.DataType]]
MARKS = ("intrekking", "mutatie", "status")
"""What is told besides the fields, and decides whether the rest counts."""


def event_schema() -> Schema:
    """Columns of what messages tell: part, all fields, marks, stamp (day and nanosecond), dagtekening, place."""
    texts = ("part", *fields(), *MARKS, "day", "dagtekening")
    return {**dict.fromkeys(texts, pl.String), "moment": pl.Int64, **PLACE}


@dataclass(frozen=True, slots=True)
class Heard:
    """What messages tell (event_schema), the fields they can tell, the files, and what is not valid (REJECTED)."""

    events: pl.DataFrame
    fields: frozenset[str]
    files: Sequence[File]
    rejected: pl.DataFrame


def read_messages(sources: Sequence[Source], wanted: Sequence[str], first: int) -> Heard:
    """Read the messages that are wanted; the files' numbers count from `first`."""
    gathering = _Gathering(wanted)
    files = [gathering.read(source, number) for number, source in enumerate(sources, first)]
    gathering.narrow()
    rejected = pl.DataFrame(gathering.rejected, REJECTED, orient="row")
    return Heard(_placed(gathering.frames, files, first), frozenset(gathering.told), files, rejected)


def _placed(frames: list[pl.DataFrame], files: Sequence[File], first: int) -> pl.DataFrame:
    """All that was told, with its location; without what stood in files that could not be read to their end."""
    schema = event_schema()
    if not frames:
        return pl.DataFrame(schema=schema)
    facts = pl.DataFrame(
        [(number, file.clients > 1, bool(file.refused)) for number, file in enumerate(files, first)],
        {"file": pl.UInt32, "several": pl.Boolean, "refused": pl.Boolean},
        orient="row",
    )
    index = pl.when("several").then(pl.format("[{}]", "number")).otherwise(pl.lit(""))
    events = pl.concat(frames).join(facts, on="file", maintain_order="left").filter(~pl.col("refused"))
    return events.with_columns(location=pl.concat_str("root", index, "path")).select(*schema)


class _Gathering:
    """Gathers batches of one kind of message until their columns pay off, then narrows them to what is needed."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self.wanted = wanted
        self.layout: Layout | None = None
        self.waiting: list[tuple[int, str, Batch]] = []
        self.frames: list[pl.DataFrame] = []
        self.rejected: list[tuple[str, str, str, str | None]] = []
        self.told: set[str] = set()

    def read(self, source: Source, number: int) -> File:
        """Read one file."""
        with source.open() as stream:
            reading = read(stream)
            file = self._file(source.name, reading)
            problems = [words(reading.refusal)] if reading.refusal else []
            if reading.layout and not file.aside:
                problems += self._take(reading, reading.layout, number, source)
        return replace(file, clients=reading.clients, refused=" ".join(dict.fromkeys(problems)))

    def _file(self, name: str, reading: Reading) -> File:
        if reading.layout is None:
            return File(name)
        message, release = reading.layout.message.name, reading.layout.release.id
        aside = "" if message in self.wanted else f"An {message} is no part of this book."
        return File(name, f"{message} {release}", aside=aside)

    def _take(self, reading: Reading, layout: Layout, number: int, source: Source) -> list[str]:
        """Take the clients of a message; what is wrong with the message as a whole."""
        if self.layout is not layout:
            self.narrow()
        self.layout = layout
        self.told |= _told(layout)
        dagtekening = reading.header["Header"]["BerichtIdentificatie/Dagtekening"].item() if reading.header else ""
        problems: list[str] = []
        wrong: dict[int, Defect] = {}
        for batch in reading.batches():
            wrong |= {one.client: one for one in batch.defects.firsts() if one.client}
            problems += [words(defect) for defect in batch.defects.apart if defect.client is None]
            if len(batch.numbers):
                self.waiting.append((number, dagtekening, batch))
            if (
                len(self.waiting) >= BATCHES_AT_ONCE
                or sum(len(one.numbers) for *_, one in self.waiting) >= CLIENTS_AT_ONCE
            ):
                self.narrow()
        self._reject(wrong, layout, source)
        return problems + [words(defect) for defect in reading.defects]

    def _reject(self, wrong: Mapping[int, Defect], layout: Layout, source: Source) -> None:
        """List the clients that are not valid, each once."""
        root = _root(layout)
        known = bsns_of(source, layout, wrong) if wrong else {}
        self.rejected += [
            (source.name, f"{root}[{client}]{one.path}", words(one), known.get(client)) for client, one in wrong.items()
        ]

    def narrow(self) -> None:
        """Narrow the batches that wait."""
        if self.layout is None or not self.waiting:
            return
        tables = join_tables(self.layout.client_tables, [batch.tables for _, _, batch in self.waiting])
        clients = _clients(self.waiting, tables)
        for name, part in parts()[self.layout.message.name].items():
            if name in self.layout.tables:
                self.frames.append(_events(self.layout, tables, name, part, clients))
        self.waiting.clear()


def _told(layout: Layout) -> set[str]:
    """The fields that a message of a release can tell."""
    told = {"bsn"}
    for name, part in parts()[layout.message.name].items():
        for table, elements in ((name, part.fields), (_above(layout, name), part.above)):
            columns = {column.name for column in layout.tables[table].columns} if table in layout.tables else set()
            told |= {field for field, element in elements.items() if element in columns and field in fields()}
    return told


def _above(layout: Layout, name: str) -> str:
    """The table that the rows of a table hang on; none for a table that the release does not have."""
    return (layout.tables[name].parent or "") if name in layout.tables else ""


def _root(layout: Layout) -> str:
    return "/" + "/".join(layout.client_path)


def _clients(waiting: Sequence[tuple[int, str, Batch]], tables: Tables) -> pl.DataFrame:
    """File, number, dagtekening and bsn of each client in the joined tables of batches."""
    heights = [len(batch.numbers) for _, _, batch in waiting]
    return pl.DataFrame(
        {
            "file": np.repeat([file for file, _, _ in waiting], heights),
            "number": np.concatenate([batch.numbers for _, _, batch in waiting]),
            "dagtekening": np.repeat([day for _, day, _ in waiting], heights),
        },
        schema_overrides={"file": pl.UInt32, "dagtekening": pl.String},
    ).hstack(_values(tables[CLIENT], {"bsn": "Bsn"}))


def _events(layout: Layout, tables: Tables, name: str, part: Part, clients: pl.DataFrame) -> pl.DataFrame:
    """What the rows of one table tell, each with its client and its path from there."""
    frame, table = tables[name], layout.tables[name]
    above, told, path = frame["parent"], [], ""
    if table.parent is not None and table.parent != CLIENT:
        told.append(_values(tables[table.parent][above], part.above))
        path = "/" + "/".join(layout.tables[table.parent].path)
        above = tables[table.parent]["parent"].gather(above)
    told += [clients[above], _values(frame, part.fields), _stamped(frame, part.stamp)]
    events = pl.concat([*told, frame.select(path=_path(f"{path}/{'/'.join(table.path)}"))], how="horizontal")
    events = events.with_columns(root=pl.lit(_root(layout)), part=pl.lit(part.part))
    columns: Schema = {**event_schema(), "root": pl.String, "path": pl.String, "number": pl.Int64}
    columns.pop("location")
    absent = [pl.lit(None, kind).alias(one) for one, kind in columns.items() if one not in events.columns]
    pgb = pl.col("leveringsvorm").eq_missing(PGB)
    return (
        events.with_columns(*absent)
        .with_columns(instelling=pl.when(~pgb).then("instelling"))
        .select(pl.col(one).cast(kind) for one, kind in columns.items())
    )


def _path(element: str) -> pl.Expr:
    """The path of a row, with its number where it has siblings."""
    number = pl.format("[{}]", pl.int_range(1, pl.len() + 1).over("parent"))
    return pl.concat_str(pl.lit(element), pl.when(pl.len().over("parent") > 1).then(number).otherwise(pl.lit("")))


def _values(frame: pl.DataFrame, elements: Mapping[str, str]) -> pl.DataFrame:
    """The fields and marks that the elements of a table tell, each in its one form."""
    return frame.select(_form(name)(pl.col(one)).alias(name) for name, one in elements.items() if one in frame.columns)


def _form(name: str) -> Form:
    """The form of a field as messages write it; marks stay as they are."""
    known = fields().get(name)
    if known is None:
        return blank_as_absent
    return of_hundredths if known.form == "percentage" else FORMS[known.form]


def _stamped(frame: pl.DataFrame, stamp: tuple[str, ...]) -> pl.DataFrame:
    """When a version was made: its day and the moment of that day."""
    if not stamp:
        return pl.DataFrame()
    day, moment = (pl.col(name) for name in stamp)
    return frame.select(day=FORMS["date"](day), moment=as_time(moment).cast(pl.Int64).fill_null(END_OF_DAY))
