"""Puts records into message files: who sends to whom on which day, some dozens of clients to a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from keten.core.folders import within
from keten.messages import Layout, clients_xml, headers_xml, layout_of, write_xml
from keten.population.drawing.catalogue import catalogue
from keten.population.drawing.moments import date_text
from keten.population.teams import Team
from keten.population.told.dossiers import Dossiers
from keten.population.told.messages import Records
from keten.population.told.tables import tables_of
from keten.standard import Release

DELIVERY = ("message", "sender", "sent", "receiver", "ex06_message")
"""What the records of a file have in common."""

WRONG_SUBVERSION = "9"


@dataclass(frozen=True, slots=True)
class Filed:
    """What was written of a message: files, client records in them, and bytes."""

    files: int = 0
    records: int = 0
    bytes: int = 0

    def __add__(self, other: "Filed") -> "Filed":
        return Filed(self.files + other.files, self.records + other.records, self.bytes + other.bytes)


def write_files(release: Release, team: Team, found: Records, known: Dossiers, folder: Path) -> dict[str, Filed]:
    """Write the messages of a team below a folder: one folder per sender, in it one per message."""
    records = _in_files(found.records)
    written: dict[str, Filed] = {}
    for (message,), files in _files(records, team).group_by("message", maintain_order=True):
        layout = layout_of(release, str(message))
        chosen = records.filter(pl.col("message") == message)
        clients = clients_xml(layout, tables_of(layout, Records(chosen, found.lines), known))
        headers = headers_xml(layout, {"Header": _headers(layout, files)})
        sizes = [
            _write(layout, folder, file, header, clients.slice(file["start"], file["clients"]))
            for file, header in zip(files.iter_rows(named=True), headers, strict=True)
        ]
        written[layout.message.name] = Filed(len(sizes), chosen.height, sum(sizes))
    return written


def _in_files(records: pl.DataFrame) -> pl.DataFrame:
    """The records in the order of their files: no client stands twice in one (`series`), and none is too full (`part`)."""
    series = pl.int_range(pl.len()).over([*DELIVERY, "client"])
    place = pl.int_range(pl.len()).over([*DELIVERY, "series"])
    ordered = records.with_columns(series=series).sort(*DELIVERY, "series", "client", maintain_order=True)
    return ordered.with_columns(part=place // catalogue().sending["clients_per_file"])


def _files(records: pl.DataFrame, team: Team) -> pl.DataFrame:
    """The files: where their records start among those of the message, how many there are, and the Identificatie."""
    files = records.group_by(*DELIVERY, "series", "part", maintain_order=True).agg(clients=pl.len().cast(pl.Int64))
    number = pl.int_range(1, pl.len() + 1).over("sender").cast(pl.String).str.zfill(6)
    return files.with_columns(
        start=(pl.col("clients").cum_sum() - pl.col("clients")).over("message"),
        identificatie=pl.lit(f"{team.number:04d}") + number,
        sent=date_text("sent"),
    )


def _headers(layout: Layout, files: pl.DataFrame) -> pl.DataFrame:
    """The table Header: a row for each file."""
    subversion = pl.lit(layout.release.message_version["BerichtSubversie"])
    return files.select(
        BerichtCode=pl.lit(layout.message.code),
        BerichtVersie=pl.lit(layout.release.message_version["BerichtVersie"]),
        BerichtSubversie=pl.when("ex06_message").then(pl.lit(WRONG_SUBVERSION)).otherwise(subversion),
        Afzender="sender",
        Ontvanger="receiver",
        **{"BerichtIdentificatie/Identificatie": "identificatie", "BerichtIdentificatie/Dagtekening": "sent"},
    )


def _write(layout: Layout, folder: Path, file: Mapping[str, str], header: str, clients: pl.Series) -> int:
    """Write one file; its size in bytes."""
    name = f"{file['sent'].replace('-', '')}-{file['receiver']}-{file['identificatie']}.xml"
    path = within(folder, f"{file['sender']}/{layout.message.name}/{name}")
    with path.open("wb") as stream:
        write_xml(layout, header, [clients], stream)
        return stream.tell()
