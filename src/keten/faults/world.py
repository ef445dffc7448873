"""What faults are chosen from: every file of a conversion, its clients and their assignments, as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from keten.conversion import ASSIGNMENTS
from keten.core import UsageError
from keten.core.columns import stacked
from keten.core.plain import plain
from keten.core.tasks import Pool, Tell, run
from keten.messages import CLIENT, Layout, Tables, layout_of, read
from keten.messages.joining import join_tables
from keten.standard import load

ZZP, FUNCTIE = "ToegewezenZorgzwaartepakket", "ToegewezenFunctie"
RELATIE, ADDRESS, INDICATION, HEADER = "Relatie", "Client/Contact", "Indicatie", "Header"
DAY = timedelta(days=1)
IN_SHARE = 100
"""Files that one task looks at."""

TRACED = ("leveringsvorm", "new_leveringsvorm", "new_file", "new_client", "instelling", "new_code", "code", "klasse")
"""The columns of the list of old assignments that faults look at."""

OF_CLIENT = {
    CLIENT: ("Bsn", "GeheimeClient", "Geboortedatum/Datum", "Naam/Geslachtsnaam/Achternaam", "Partneropname"),
    INDICATION: ("Besluitnummer", "Ingangsdatum", "Einddatum"),
    ADDRESS: ("Adres/Huis/Huisnummer", "Adres/Huis/HuisnummerToevoeging", "Adres/Straatnaam", "Adres/Postcode"),
}
"""The cells of a client that faults look at; of an address those of the first."""


OF_ONE_KIND = {
    f"{CLIENT}:Partneropname", "FunctieCode", "ZzpCode", "Leveringsvorm", "Opslag", "Vervoer", "VoorkeurClient",
    "ToewijzingPercentage", "Dossierhouder", "CoordinatorZorgThuis", "Opname",
}  # fmt: skip
"""Cells that only one kind of message or of assignment has."""


class NotClean(UsageError):
    """A folder in which no faults can be planted: it does not hold the valid messages of a conversion."""

    hint = "Convert into an empty folder, and plant in what came out."


@dataclass(frozen=True, slots=True)
class World:
    """A conversion to plant faults in.

    `files`: file (its name in the folder), message, sender, receiver, identificatie, clients (how many).
    `clients`: a row per client in a file: file, client (from 1), bsn, and its cells as `table:column`; `relaties`,
    `stoornissen`: how many it has. `items`: a row per assignment: file, client, bsn, besluit, indicated_from, table, row
    (from 1, in its client and table), rows (how many there are) and its cells. Both with message, sender, receiver and
    clients of the file, and as texts the `cutover`, its `eve`, and the first day of new assignments proper (`late`).
    `functies`: those of 1.2 that became MPT: file, client, Instelling and ZzpCode of it, functie_code, functie_klasse.
    """

    folder: Path
    release: str
    files: pl.DataFrame
    clients: pl.DataFrame
    items: pl.DataFrame
    functies: pl.DataFrame


def survey(folder: Path, names: Sequence[str], pool: Pool, tell: Tell, *, release: str, cutover: date) -> World:
    """Look at the files of a conversion. Raises NotClean."""
    shares = [names[first : first + IN_SHARE] for first in range(0, len(names), IN_SHARE)]
    seen = run(pool, tell, "look", look, ((folder, share, release) for share in shares), count=len(shares))
    files, clients, items = (_joined([one[place] for one in seen]) for place in range(3))
    known = clients.select(
        "file", "client", "bsn", besluit="Indicatie:Besluitnummer", indicated_from="Indicatie:Ingangsdatum"
    )
    header = files.drop("identificatie").with_columns(
        cutover=pl.lit(str(cutover)), eve=pl.lit(str(cutover - DAY)), late=pl.lit(str(cutover + 2 * DAY))
    )
    items = items.join(known, on=["file", "client"], maintain_order="left")
    return World(
        folder,
        release,
        files,
        clients.join(header, on="file", maintain_order="left"),
        items.join(header, on="file", maintain_order="left"),
        _functies(folder),
    )


def look(folder: Path, names: Sequence[str], release: str) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Files, clients and items of some files."""
    found = [_look(folder, name, release) for name in names]
    # in one piece: Polars (2.1), with one thread, has been seen to wait for ever when it hands over a frame of many
    files, clients, items = (_joined([one[place] for one in found]).rechunk() for place in range(3))
    return files, clients, items


def content(path: Path, release: str) -> tuple[Layout, Tables, Tables]:
    """The layout of a message, its header and its clients. Raises NotClean."""
    chosen = load(release)
    with path.open("rb") as stream:
        reading = read(stream, pick=lambda _: chosen)
        batches = list(reading.batches())
    if reading.layout is None or reading.defects or any(batch.defects for batch in batches):
        raise NotClean(f"{plain(str(path))} is no valid message of {release}.")
    layout = layout_of(chosen, reading.layout.message.name)
    return layout, reading.header, join_tables(layout.client_tables, [batch.tables for batch in batches])


def _joined(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of several files or classes. Raises WrongColumns."""
    return stacked(frames, may_lack=OF_ONE_KIND, what="a table of faults")


def _functies(folder: Path) -> pl.DataFrame:
    """What the conversion says of functies that became an MPT."""
    try:
        traced = pl.read_csv(folder / ASSIGNMENTS, infer_schema=False).select(*TRACED)
    except (OSError, pl.exceptions.PolarsError):
        raise NotClean(f"{plain(str(folder / ASSIGNMENTS))} is no list of what became of assignments.") from None
    merged = traced.filter(pl.col("leveringsvorm").is_null() & (pl.col("new_leveringsvorm") == "7"))
    return merged.drop_nulls("new_file").select(
        file="new_file",
        client=pl.col("new_client").cast(pl.Int64, strict=False),
        Instelling="instelling",
        ZzpCode="new_code",
        functie_code="code",
        functie_klasse="klasse",
    )


def _look(folder: Path, name: str, release: str) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    layout, header, tables = content(folder / name, release)
    head = header["Header"].row(0, named=True)
    file = {
        "file": name,
        "message": layout.message.name,
        "sender": head["Afzender"],
        "receiver": head["Ontvanger"],
        "identificatie": head["BerichtIdentificatie/Identificatie"],
        "clients": tables[CLIENT].height,
    }
    items = _joined([_items(tables, name, table) for table in (FUNCTIE, ZZP)])
    return pl.DataFrame([file]), _clients(tables, name), items


def _clients(tables: Tables, name: str) -> pl.DataFrame:
    """A row per client. A client has one Indicatie, so rows of both hang on the same number."""
    found = tables[CLIENT].select(pl.lit(name).alias("file"), pl.col("Bsn").cast(pl.String).alias("bsn"))
    found = found.with_row_index("client", offset=1).with_columns(pl.col("client").cast(pl.Int64))
    for table, columns in OF_CLIENT.items():
        first = tables[table] if table == CLIENT else tables[table].unique("parent", keep="first", maintain_order=True)
        client = pl.int_range(1, pl.len() + 1) if table == CLIENT else pl.col("parent").cast(pl.Int64) + 1
        there = [column for column in columns if column in first.columns]
        cells = first.select(client.alias("client"), *(pl.col(c).cast(pl.String).alias(f"{table}:{c}") for c in there))
        found = found.join(cells, on="client", how="left", maintain_order="left")
    for table, counted in ((RELATIE, "relaties"), ("Stoornis", "stoornissen")):
        counts = tables[table].group_by(client=pl.col("parent").cast(pl.Int64) + 1).agg(pl.len().alias(counted))
        found = found.join(counts, on="client", how="left", maintain_order="left")
    return found.with_columns(pl.col("relaties", "stoornissen").fill_null(0))


def _items(tables: Tables, name: str, table: str) -> pl.DataFrame:
    frame = tables[table]
    return frame.select(
        pl.lit(name).alias("file"),
        (pl.col("parent").cast(pl.Int64) + 1).alias("client"),
        pl.lit(table).alias("table"),
        pl.int_range(1, pl.len() + 1).over("parent").alias("row"),
        pl.len().over("parent").alias("rows"),
        *(pl.col(column).cast(pl.String) for column in frame.columns if column != "parent"),
    )


Row = Mapping[str, object]
"""A row of one of the tables above."""
