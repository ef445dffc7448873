"""Reads the content of the clients that are sent again, converts it and puts it on the spool.

The second task of the conversion, over the same share of the files as the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from keten.conversion.after import spool
from keten.conversion.before.extraction import CLIENTS_AT_ONCE, MESSAGES, clients_of
from keten.conversion.content.carry_over import ASSIGNED, ROW, Content
from keten.conversion.content.repairs import convert_content
from keten.conversion.settings import Settings
from keten.core import KetenError
from keten.messages import CLIENT, Batch, Layout, Source, Table, Tables, layout_of, read
from keten.messages.joining import join_tables, slice_clients, take_clients
from keten.messages.locating import path_of_row

REPAIR = {
    "record": pl.UInt32,
    "path": pl.String,
    "before": pl.String,
    "after": pl.String,
    "lossy": pl.Boolean,
}
RECORD = "record"


class SourceChanged(KetenError):
    """A file is not what it was when it was read the first time."""

    hint = "Convert again, and let nobody write to the source meanwhile."


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the files, and what is wanted of it.

    `digests`: the sha256 of each, as read the first time. `wanted`: file (from 0 in the share), number, record (its number
    in the books) and batch; a client that goes into several batches is there several times.
    """

    number: int
    sources: Sequence[Source]
    digests: Sequence[str]
    wanted: pl.DataFrame


def carry(share: Share, folder: Path, settings: Settings) -> pl.DataFrame:
    """Put the content of the wanted clients on the spool; the repairs that were made (REPAIR). Raises SourceChanged."""
    source, target = layout_of(settings.source, MESSAGES[0]), layout_of(settings.target, MESSAGES[0])
    repairs = [pl.DataFrame(schema=REPAIR)]
    stored: dict[int, list[Tables]] = {}
    for batches in _read(share):
        tables, records = _wanted_clients(source, batches, share.wanted)
        content = convert_content(source, target, tables)
        repairs.append(_repairs(source, tables, records, content))
        for batch, part in _by_batch(target, content, records, share.wanted):
            stored.setdefault(batch, []).append(part)
    for batch, some in stored.items():
        spool.put(folder, batch, share.number, join_tables(spooled(target), some))
    return pl.concat(repairs)


def spooled(target: Layout) -> dict[str, Table]:
    """The tables that are stored, without those of assignments."""
    return {name: table for name, table in target.client_tables.items() if name not in ASSIGNED}


def _read(share: Share) -> Iterator[list[tuple[int, Batch]]]:
    """The batches of the files from which something is wanted, so many at once that their columns pay off."""
    waiting: list[tuple[int, Batch]] = []
    for number in share.wanted["file"].unique().sort():
        with share.sources[number].open() as stream:
            reading = read(stream)
            for batch in reading.batches():
                waiting.append((number, batch))
                if sum(len(one.numbers) for _, one in waiting) >= CLIENTS_AT_ONCE:
                    yield waiting
                    waiting = []
        if reading.sha256 != share.digests[number]:
            raise SourceChanged(f"{share.sources[number].name} changed while it was being converted.")
    if waiting:
        yield waiting


def _wanted_clients(source: Layout, batches: list[tuple[int, Batch]], wanted: pl.DataFrame) -> tuple[Tables, pl.Series]:
    """The tables of the wanted clients, and the record of each."""
    present = (
        clients_of(batches)
        .with_row_index("row")
        .join(wanted.select("file", "number", RECORD).unique(), on=["file", "number"], maintain_order="left")
    )
    joined = join_tables(source.client_tables, [batch.tables for _, batch in batches if len(batch.numbers)])
    return take_clients(source.client_tables, joined, present["row"]), present[RECORD]


def _repairs(source: Layout, tables: Tables, records: pl.Series, content: Content) -> pl.DataFrame:
    """What was repaired, by record and path."""
    rows = []
    for frame in content.repairs:
        for table, row, column, before, after, lossy in frame.iter_rows():
            client, path = path_of_row(source, tables, table, row)
            rows.append((records[client], f"{path}/{column}", before, after, lossy))
    return pl.DataFrame(rows, REPAIR, orient="row")


def _by_batch(
    target: Layout, content: Content, records: pl.Series, wanted: pl.DataFrame
) -> Iterator[tuple[int, Tables]]:
    """The content of the clients for each batch that wants them; Client tells its record."""
    tables = {name: frame.drop(ROW) for name, frame in content.tables.items()}
    tables[CLIENT] = tables[CLIENT].with_columns(records.alias(RECORD))
    rows = pl.DataFrame({RECORD: records}).with_row_index("row").join(wanted.select(RECORD, "batch"), on=RECORD)
    ordered = rows.sort("batch", "row")
    taken = take_clients(spooled(target), tables, ordered["row"])
    first = 0
    for batch, count in ordered["batch"].rle().struct.unnest().select("value", "len").iter_rows():
        yield batch, slice_clients(spooled(target), taken, first, count)
        first += count
