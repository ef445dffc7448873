"""Reads the messages before the conversion, and keeps what the rules need of them: who sent what to whom, and the items.

One task of the conversion: a share of the files, in one process. What comes back are narrow tables. The content of the
clients is judged here (EX04) and carried over later, for the records that count.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
import polars as pl

from keten.conversion.before.extract_tables import (
    CLIENT_OF_FILE,
    FILE,
    INDICATED,
    ITEM,
    PROBLEM,
    RECORD,
    Schema,
    narrowed,
    undated,
)
from keten.conversion.content.repairs import convert_content
from keten.conversion.settings import SOURCE_RELEASE, Settings
from keten.core.columns import stacked
from keten.messages import Batch, Layout, Reading, Source, Tables, layout_of, read
from keten.messages.joining import join_tables
from keten.messages.locating import path_of_row
from keten.validation.structure import words

MESSAGES = ("AW33", "ZK33")
CLIENTS_AT_ONCE = 1_000
"""Clients whose tables are worked on together: enough for columns to pay off, few enough for memory."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What the rules need of a share of the files. `file` counts from 0 in the share, `number` from 1 in the file.

    `files` (FILE): each with its header, its clients, the assigned functies and ZZPs of those that are valid (`items`), and
    why it is `refused` or left `aside`, if so. `records` (RECORD): a client in a message with its indication's validity.
    `items` (ITEM): its assigned functies and ZZPs; `indicated` (INDICATED): the indicated ones. `failures` (PROBLEM):
    content that no rule repairs; `refused` (PROBLEM): clients that are not valid 1.2.
    """

    files: pl.DataFrame
    records: pl.DataFrame
    items: pl.DataFrame
    indicated: pl.DataFrame
    failures: pl.DataFrame
    refused: pl.DataFrame


def extract(sources: Sequence[Source], settings: Settings) -> Extract:
    """Extract a share of the files. What cannot be read is named in `files` and `refused`; nothing of it is kept."""
    work = _Extraction(settings)
    files = [work.read(source, number) for number, source in enumerate(sources)]
    work.narrow()
    without = [file.file for file in files if file.refused or file.aside]
    found = {name: work.found(name, schema, without) for name, schema in SCHEMAS.items()}
    counted = found["items"].group_by("file").agg(items=pl.len())
    table = pl.DataFrame([astuple(file) for file in files], FILE, orient="row").join(
        counted, on="file", how="left", maintain_order="left"
    )
    return Extract(table.with_columns(pl.col("items").fill_null(0)), **found)


SCHEMAS = {"records": RECORD, "items": ITEM, "indicated": INDICATED, "failures": PROBLEM, "refused": PROBLEM}


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is read, as a row of FILE."""

    file: int
    name: str
    message: str = ""
    sender: str = ""
    receiver: str = ""
    identificatie: str = ""
    dagtekening: str = ""
    clients: int = 0
    sha256: str = ""
    refused: str = ""
    aside: str = ""


class _Extraction:
    """Gathers batches until their columns pay off, then narrows them to what is needed."""

    def __init__(self, settings: Settings) -> None:
        self.source = layout_of(settings.source, MESSAGES[0])
        self.target = layout_of(settings.target, MESSAGES[0])
        self.waiting: list[tuple[int, Batch]] = []
        self.frames: dict[str, list[pl.DataFrame]] = {name: [] for name in SCHEMAS}

    def found(self, name: str, schema: Schema, without: list[int]) -> pl.DataFrame:
        """What was found under a name, without that of some files."""
        return pl.concat([pl.DataFrame(schema=schema), *self.frames[name]]).filter(~pl.col("file").is_in(without))

    def read(self, source: Source, number: int) -> _File:
        """Read one file."""
        with source.open() as stream:
            reading = read(stream)
            file = _file(number, source.name, reading)
            problems = [words(reading.refusal)] if reading.refusal else []
            for batch in () if file.refused or file.aside else reading.batches():
                self._take(number, batch)
                problems += [words(defect) for defect in batch.defects.apart if defect.client is None]
            problems += [words(defect) for defect in reading.defects]
        refused = file.refused or " ".join(dict.fromkeys(problems))
        return replace(file, clients=reading.clients, sha256=reading.sha256, refused=refused)

    def _take(self, number: int, batch: Batch) -> None:
        wrong = {one.client: (number, one.client, one.path, words(one)) for one in reversed([*batch.defects.firsts()])}
        if wrong:
            self.frames["refused"].append(pl.DataFrame(list(wrong.values()), PROBLEM, orient="row"))
        self.waiting.append((number, batch))
        if sum(len(one.numbers) for _, one in self.waiting) >= CLIENTS_AT_ONCE:
            self.narrow()

    def narrow(self) -> None:
        """Narrow the batches that wait."""
        filled = [(file, batch) for file, batch in self.waiting if len(batch.numbers)]
        if filled:
            tables = join_tables(self.source.client_tables, [batch.tables for _, batch in filled])
            clients = clients_of(filled)
            found = narrowed(tables, clients)
            without = undated(found)
            self.frames["refused"].append(without)
            for name, frame in found.items():
                self.frames[name].append(frame.join(without, on=CLIENT_OF_FILE, how="anti", maintain_order="left"))
            self.frames["failures"].append(_failures(self.source, self.target, tables, clients))
        self.waiting.clear()


def _file(number: int, name: str, reading: Reading) -> _File:
    """What the header of a file says, and whether it is a message that can be converted."""
    layout = reading.layout
    if layout is None:
        return _File(number, name)
    header = reading.header["Header"].row(0, named=True) if reading.header else {}
    file = _File(
        number,
        name,
        message=layout.message.name,
        sender=header.get("Afzender") or "",
        receiver=header.get("Ontvanger") or "",
        identificatie=header.get("BerichtIdentificatie/Identificatie") or "",
        dagtekening=header.get("BerichtIdentificatie/Dagtekening") or "",
    )
    if layout.release.id != SOURCE_RELEASE:
        return replace(file, refused=f"It is a message of release {layout.release.id}, not of {SOURCE_RELEASE}.")
    if layout.message.name not in MESSAGES:
        return replace(file, aside=f"An {layout.message.name} holds no assignments.")
    return file


def clients_of(batches: Sequence[tuple[int, Batch]]) -> pl.DataFrame:
    """File and number of each client in the joined tables of batches."""
    heights = [len(batch.numbers) for _, batch in batches]
    return pl.DataFrame(
        {
            "file": np.repeat([file for file, _ in batches], heights),
            "number": np.concatenate([batch.numbers for _, batch in batches]),
        },
        schema={"file": pl.UInt32, "number": pl.UInt32},
    )


def _failures(source: Layout, target: Layout, tables: Tables, clients: pl.DataFrame) -> pl.DataFrame:
    """What no rule repairs, by client and path."""
    rows = []
    failures = stacked(convert_content(source, target, tables).failures, may_lack=(), what="the failures")
    for failure in failures.iter_rows(named=True):
        client, path = path_of_row(source, tables, failure["table"], failure["row"])
        rows.append((*clients.row(client), f"{path}/{failure['column']}", failure["reason"]))
    return pl.DataFrame(rows, PROBLEM, orient="row")
