"""Writes the messages of 2.0 from the content on the spool and the new items (rules M3, M4, N3, N6, K2, Z3).

The third task of the conversion, for one batch of messages.
"""

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from keten.conversion.after import spool
from keten.conversion.after.content_pass import RECORD, spooled
from keten.conversion.content.carry_over import ASSIGNED
from keten.conversion.settings import Settings
from keten.core.days import written
from keten.core.folders import within
from keten.messages import CLIENT, Layout, Tables, clients_xml, headers_xml, layout_of, write_xml
from keten.messages.joining import join_tables, take_clients

FUNCTIE, ZZP = ASSIGNED
YES, NO = "1", "2"
LONGEST_ID = 12


@dataclass(frozen=True, slots=True)
class Written:
    """A message that was written: its number, identification, size and digest, and the assignments that stand in it."""

    out: int
    identificatie: str
    items: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages of one kind that are written together.

    `outs` and `slots`: as planned (see `sending`); `items`: the new items by message, sender, receiver and dossier.
    """

    outs: pl.DataFrame
    slots: pl.DataFrame
    items: pl.DataFrame


def assemble(batch: Batch, spooled_in: Path, folder: Path, settings: Settings) -> list[Written]:
    """Write the messages of a batch into a folder, each by its name."""
    outs, slots = batch.outs, batch.slots
    layout = layout_of(settings.target, outs["message"][0])
    tables = _content(layout, outs, slots, spooled_in)
    tables[CLIENT] = _client(layout, tables[CLIENT], settings)
    tables |= _assigned(layout, slots, batch.items, settings)
    clients = clients_xml(layout, tables)
    return _write(layout, outs, clients, folder, settings)


def _content(layout: Layout, outs: pl.DataFrame, slots: pl.DataFrame, spooled_in: Path) -> Tables:
    """The content of the batch, a row of Client per slot."""
    meta = spooled(layout)
    joined = join_tables(meta, list(spool.parts(spooled_in, outs["batch"][0], list(meta))))
    rows = joined[CLIENT].select(RECORD).with_row_index("row").unique(RECORD, keep="first")
    return take_clients(meta, joined, slots.join(rows, on=RECORD, maintain_order="left")["row"])


def _client(layout: Layout, frame: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """The clients with what only 2.0 knows of them (K2)."""
    partner = pl.when(pl.col("Bsn").is_in(list(settings.partners))).then(pl.lit(YES)).otherwise(pl.lit(NO))
    complete = frame.with_columns(Partneropname=partner, BsnPartner=pl.lit(None, pl.String))
    return complete.select(column.name for column in layout.client_tables[CLIENT].columns)


def _assigned(layout: Layout, slots: pl.DataFrame, items: pl.DataFrame, settings: Settings) -> Tables:
    """The tables of assignments. A client has one Indicatie, so the row of Client is the row that they hang on."""
    keys = ["message", "sender", "receiver", "dossier"]
    order = ["parent", "code", "instelling", "leveringsvorm", "start"]
    placed = slots.with_row_index("parent").join(items, on=keys).sort(order)
    cells = placed.with_columns(
        FunctieCode="code",
        ZzpCode="code",
        Instelling="instelling",
        Zorgkantoor="zorgkantoor",
        Soort=pl.col("soort").cast(pl.String),
        Toewijzingsdatum=pl.lit(settings.assigned.isoformat()),
        Toewijzingstijd=pl.lit(f"00:{settings.repeat:02}:00"),
        ToewijzingPercentage=_percentage(layout),
        Ingangsdatum=written(pl.col("start")),
        Einddatum=written(pl.col("end")),
        RedenIntrekking=pl.lit(None, pl.String),
        Klasse="klasse",
        Opslag="opslag",
        Vervoer="vervoer",
        InstellingBestemming="bestemming",
        Leveringsvorm="leveringsvorm",
        Dossierhouder="dossierhouder",
        CoordinatorZorgThuis="coordinator",
        Opname="opname",
    )
    return {
        name: cells.filter(pl.col("zzp") == (name == ZZP)).select(
            "parent", *(column.name for column in layout.client_tables[name].columns)
        )
        for name in ASSIGNED
    }


def _percentage(layout: Layout) -> pl.Expr:
    """A pgb has no percentage; ZK33 2.0 demands one all the same: 0 (Z3)."""
    share = pl.col("percentage").cast(pl.String)
    without = "0" if layout.message.name == "ZK33" else None
    return pl.when(pl.col("instelling").is_null()).then(pl.lit(without, pl.String)).otherwise(share)


def _write(layout: Layout, outs: pl.DataFrame, clients: pl.Series, folder: Path, settings: Settings) -> list[Written]:
    """Write the messages; their headers need the identifications that follow from their clients."""
    texts, first = [], 0
    for count in outs["clients"]:
        texts.append("".join(clients.slice(first, count)))
        first += count
    ids = [_identification(name, text) for name, text in zip(outs["name"], texts, strict=True)]
    headers = headers_xml(layout, _headers(layout, outs, ids, settings))
    return [
        _write_one(layout, out, identification, (header, text), within(folder, name))
        for out, name, identification, header, text in zip(outs["out"], outs["name"], ids, headers, texts, strict=True)
    ]


def _identification(name: str, clients: str) -> str:
    """The identification of a message: the same for the same name and content (M3)."""
    digest = hashlib.sha256(f"{name}\n{clients}".encode()).digest()
    return b32encode(digest).decode()[:LONGEST_ID]


def _headers(layout: Layout, outs: pl.DataFrame, ids: list[str], settings: Settings) -> Tables:
    version = layout.release.message_version
    header = outs.select(
        pl.lit(layout.message.code).alias("BerichtCode"),
        *(pl.lit(value).alias(name) for name, value in version.items()),
        pl.col("sender").alias("Afzender"),
        pl.col("receiver").alias("Ontvanger"),
        pl.Series("BerichtIdentificatie/Identificatie", ids),
        pl.lit(settings.dagtekening.isoformat()).alias("BerichtIdentificatie/Dagtekening"),
    )
    return {"Header": header.select(column.name for column in layout.tables["Header"].columns)}


def _write_one(layout: Layout, out: int, identification: str, parts: tuple[str, str], path: Path) -> Written:
    header, clients = parts
    with path.open("wb") as stream:
        write_xml(layout, header, [[clients]], stream)
    content = path.read_bytes()
    items = sum(clients.count(f"</{name}>") for name in ASSIGNED)
    return Written(out, identification, items, len(content), hashlib.sha256(content).hexdigest())
