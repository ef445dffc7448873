"""What the rules need of the clients in tables of messages: narrow tables of records, items and what is indicated."""

import polars as pl

from keten.conversion.before.message_days import parsed, parsed_end
from keten.messages import Tables
from keten.messages.values import as_number, as_time

FUNCTIE, ZZP = "ToegewezenFunctie", "ToegewezenZorgzwaartepakket"
INDICATED_FUNCTIE, INDICATED_ZZP = "GeindiceerdeFunctie", "GeindiceerdZorgzwaartepakket"
END_OF_DAY = 24 * 60 * 60 * 10**9
CLIENT_OF_FILE = ["file", "number"]
Schema = dict[str, type[pl.DataType]]

FILE: Schema = {
    "file": pl.UInt32,
    "name": pl.String,
    "message": pl.String,
    "sender": pl.String,
    "receiver": pl.String,
    "identificatie": pl.String,
    "dagtekening": pl.String,
    "clients": pl.UInt32,
    "sha256": pl.String,
    "refused": pl.String,
    "aside": pl.String,
}
RECORD: Schema = {
    "file": pl.UInt32,
    "number": pl.UInt32,
    "bsn": pl.String,
    "besluit": pl.Int64,
    "from": pl.Int32,
    "until": pl.Int32,
}
ITEM: Schema = {
    "file": pl.UInt32,
    "number": pl.UInt32,
    "zzp": pl.Boolean,
    "code": pl.String,
    "instelling": pl.String,
    "zorgkantoor": pl.String,
    "soort": pl.Int8,
    "assigned": pl.Int32,
    "assigned_at": pl.Int64,
    "start": pl.Int32,
    "end": pl.Int32,
    "intrekking": pl.String,
    "klasse": pl.String,
    "opslag": pl.String,
    "vervoer": pl.String,
    "bestemming": pl.String,
    "leveringsvorm": pl.String,
    "voorkeur": pl.String,
    "place": pl.UInt32,
    "beside": pl.UInt32,
}
INDICATED: Schema = {
    "file": pl.UInt32,
    "number": pl.UInt32,
    "zzp": pl.Boolean,
    "code": pl.String,
    "financiering": pl.String,
    "start": pl.Int32,
    "end": pl.Int32,
}
PROBLEM: Schema = {"file": pl.UInt32, "number": pl.UInt32, "path": pl.String, "reason": pl.String}
"""Columns of the tables of an Extract. `start`, `end` and `assigned` are days (see `days`), `assigned_at` the nanosecond of
that day; `place` is the number of an item among its `beside` siblings."""


def narrowed(tables: Tables, clients: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Records, items and indicated of joined tables. A client has one Indicatie, so their rows are the same."""
    indicatie = tables["Indicatie"]
    records = clients.with_columns(tables["Client"]["Bsn"].alias("bsn")).hstack(
        indicatie.select(
            besluit=as_number(pl.col("Besluitnummer")),
            **{"from": parsed(pl.col("Ingangsdatum")), "until": parsed_end(pl.col("Einddatum"))},
        )
    )
    assigned = [_items(tables[name], zzp=name == ZZP) for name in (FUNCTIE, ZZP)]
    indicated = [_indicated(tables[name], zzp=name != INDICATED_FUNCTIE) for name in (INDICATED_FUNCTIE, INDICATED_ZZP)]
    return {
        "records": records.select(*RECORD),
        "items": _of_clients(assigned, clients).select(*ITEM),
        "indicated": _of_clients(indicated, clients).select(*INDICATED),
    }


def undated(found: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Clients (PROBLEM) that are valid 1.2, but with a date that no calendar of ours holds: beyond the year 9999."""
    missing = [
        found["records"].filter(pl.any_horizontal(pl.col("from", "until").is_null())),
        *(found[name].filter(pl.any_horizontal(pl.col("start", "end").is_null())) for name in ("items", "indicated")),
    ]
    clients = pl.concat([frame.select(CLIENT_OF_FILE) for frame in missing]).unique(maintain_order=True)
    return clients.with_columns(path=pl.lit("/Indicatie"), reason=pl.lit("A date lies beyond the year 9999."))


def _of_clients(frames: list[pl.DataFrame], clients: pl.DataFrame) -> pl.DataFrame:
    """The frames as one, each row with the file and number of its client instead of a parent."""
    joined = pl.concat(frames)
    return joined.hstack(clients[joined["parent"]])


def _items(frame: pl.DataFrame, *, zzp: bool) -> pl.DataFrame:
    """Assigned functies or ZZPs in the same columns."""
    absent = pl.lit(None, pl.String)
    return frame.select(
        "parent",
        zzp=pl.lit(zzp),
        code=pl.col("ZzpCode" if zzp else "FunctieCode"),
        instelling=pl.col("Instelling"),
        zorgkantoor=pl.col("Zorgkantoor"),
        soort=pl.col("Soort").cast(pl.Int8),
        assigned=parsed(pl.col("Toewijzingsdatum")),
        assigned_at=as_time(pl.col("Toewijzingstijd")).cast(pl.Int64).fill_null(END_OF_DAY),
        start=parsed(pl.col("Ingangsdatum")),
        end=parsed_end(pl.col("Einddatum")),
        intrekking=pl.col("RedenIntrekking"),
        klasse=pl.col("Klasse"),
        opslag=absent if zzp else pl.col("Opslag"),
        vervoer=absent if zzp else pl.col("Vervoer"),
        bestemming=pl.col("InstellingBestemming"),
        leveringsvorm=pl.col("Leveringsvorm") if zzp else absent,
        voorkeur=pl.col("VoorkeurClient") if zzp else absent,
        place=pl.int_range(1, pl.len() + 1).over("parent").cast(pl.UInt32),
        beside=pl.len().over("parent").cast(pl.UInt32),
    )


def _indicated(frame: pl.DataFrame, *, zzp: bool) -> pl.DataFrame:
    """Indicated functies or ZZPs in the same columns."""
    return frame.select(
        "parent",
        zzp=pl.lit(zzp),
        code=pl.col("ZzpCode" if zzp else "FunctieCode"),
        financiering=pl.col("Financiering"),
        start=parsed(pl.col("Ingangsdatum")),
        end=parsed_end(pl.col("Einddatum")),
    )
