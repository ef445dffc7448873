"""Frames of what was read: client records with the digests of their content, assigned items, indicated care."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.acceptance.reading.digests import digests
from keten.acceptance.reading.repairs import as_target
from keten.acceptance.reading.spool import BEFORE
from keten.acceptance.settings import Settings
from keten.messages import CLIENT, Tables, layout_of
from keten.messages.joining import join_tables
from keten.messages.values import as_date, as_number, as_time
from keten.standard import Release

KINDS = ("AW33", "ZK33")
FILE_ROOM = 1 << 32
"""A record is known by the number of its file times this, plus its number in the file."""

ITEM = {"ToegewezenFunctie": "FunctieCode", "ToegewezenZorgzwaartepakket": "ZzpCode"}
INDICATED = {"GeindiceerdeFunctie": "FunctieCode", "GeindiceerdZorgzwaartepakket": "ZzpCode"}
TEXTS = {
    "soort": "Soort",
    "klasse": "Klasse",
    "bestemming": "InstellingBestemming",
    "intrekking": "RedenIntrekking",
    "owner": "Zorgkantoor",
    "vervoer": "Vervoer",
    "voorkeur": "VoorkeurClient",
    "dossierhouder": "Dossierhouder",
    "coordinator": "CoordinatorZorgThuis",
    "opname": "Opname",
}

OF_PACKAGES = {"ToewijzingPercentage", "Dossierhouder", "CoordinatorZorgThuis", "Opname"}
LACKING = {
    "ToegewezenFunctie": OF_PACKAGES | {"VoorkeurClient"},
    "ToegewezenZorgzwaartepakket": OF_PACKAGES | {"VoorkeurClient", "Opslag", "Vervoer"},
}
"""The cells that a class of items may lack: those of the other class, and those that 1.2 or 2.0 does not have."""


@dataclass(slots=True)
class Piece:
    """Clients of one message: of which kind and file, where in it, and what its header tells."""

    kind: str
    file: int
    tables: Tables
    numbers: npt.NDArray[np.int64]
    header: Mapping[str, Any]


def release_of(side: str, settings: Settings) -> Release:
    """The release of the messages of a side."""
    return settings.source if side == BEFORE else settings.target


def frames_of(side: str, waiting: Sequence[Piece], settings: Settings) -> Iterator[dict[str, pl.DataFrame]]:
    """The frames of what was read, per kind of message."""
    for kind in KINDS:
        pieces = [piece for piece in waiting if piece.kind == kind]
        if not pieces:
            continue
        layout = layout_of(release_of(side, settings), kind)
        tables = join_tables(layout.client_tables, [piece.tables for piece in pieces])
        records = _records(kind, pieces, tables)
        if side == BEFORE:
            target = layout_of(settings.target, kind)
            content, unfit = as_target(layout, target, tables)
            records = records.with_columns(unfit.alias("unfit")).hstack(digests(target, content))
            frames = {"records": records, "items": _items(tables, records), "indicated": _indicated(tables, records)}
            without = records["record"].gather(_undated(tables))
            yield {name: frame.filter(~pl.col("record").is_in(without.implode())) for name, frame in frames.items()}
        else:
            records = records.hstack(_partners(kind, tables)).hstack(digests(layout, tables))
            yield {"records": records, "items": _items(tables, records)}


def _undated(tables: Tables) -> pl.Series:
    """The rows of clients with a period in a year beyond 9999, which no calendar shows: with them nothing can be judged."""
    dates = (pl.col("Ingangsdatum"), pl.col("Einddatum"))
    wrong = pl.any_horizontal(as_date(date).is_null() & date.is_not_null() for date in dates)
    inner = pl.concat([tables[name].filter(wrong)["parent"] for name in (*INDICATED, *ITEM)])
    indications = tables["Indicatie"]
    return pl.concat([indications["parent"].gather(inner), indications.filter(wrong)["parent"]]).unique()


def _partners(kind: str, tables: Tables) -> pl.DataFrame:
    """What client records tell of partners: Partneropname in an AW33, and whether a ZK33 names one."""
    nothing = pl.lit(None, pl.String)
    return tables[CLIENT].select(
        (pl.col("Partneropname") if kind == KINDS[0] else nothing).alias("partneropname"),
        (pl.col("BsnPartner") if kind == KINDS[1] else nothing).is_not_null().alias("partner"),
    )


def _records(kind: str, pieces: Sequence[Piece], tables: Tables) -> pl.DataFrame:
    """The client records: from which message, which client and indication."""
    heights = [len(piece.numbers) for piece in pieces]
    number = np.concatenate([piece.numbers for piece in pieces])

    def of_header(name: str, kind: Any = pl.String) -> pl.Series:  # noqa: ANN401 a Polars type
        return pl.Series(name, [piece.header.get(name) for piece in pieces], kind).gather(
            np.repeat(np.arange(len(pieces)), heights)
        )

    file = np.repeat(np.array([piece.file for piece in pieces], np.int64), heights)
    indication = tables["Indicatie"].select(
        pl.col("Besluitnummer").alias("besluit"),
        as_date(pl.col("Ingangsdatum")).alias("valid_from"),
        as_date(pl.col("Einddatum")).alias("valid_until"),
    )
    return pl.DataFrame(
        {
            "record": file * FILE_ROOM + number,
            "kind": pl.Series([kind]).new_from_index(0, len(number)) if len(number) else pl.Series([], dtype=pl.String),
            "sender": of_header("sender"),
            "receiver": of_header("receiver"),
            "identificatie": of_header("identificatie"),
            "dagtekening": of_header("dagtekening", pl.Date),
            "count": of_header("count", pl.Int64),
            "bsn": tables[CLIENT]["Bsn"],
        }
    ).hstack(indication.with_columns(_plain_number("besluit")))


def _plain_number(name: str) -> pl.Expr:
    """A number as a text without what does not change its value."""
    return as_number(pl.col(name)).cast(pl.String).fill_null(pl.col(name))


def _items(tables: Tables, records: pl.DataFrame) -> pl.DataFrame:
    """The assigned items of client records, of both classes."""
    return pl.concat([_of_class(name, tables[name], tables, records) for name in ITEM])


def _of_class(name: str, frame: pl.DataFrame, tables: Tables, records: pl.DataFrame) -> pl.DataFrame:
    functie = name == "ToegewezenFunctie"
    without = LACKING[name] - set(frame.columns)

    def cell(column: str) -> pl.Expr:
        return pl.lit(None, pl.String) if column in without else pl.col(column)

    moment = as_time(pl.col("Toewijzingstijd"))
    rows = frame.select(
        pl.lit(functie).alias("functie"),
        pl.col(ITEM[name]).alias("code"),
        pl.col("Instelling").fill_null("").alias("provider"),
        (pl.lit("") if functie else pl.col("Leveringsvorm")).alias("vorm"),
        as_date(pl.col("Ingangsdatum")).alias("start"),
        as_date(pl.col("Einddatum")).alias("end"),
        as_date(pl.col("Toewijzingsdatum")).alias("assigned"),
        moment.cast(pl.Int64).fill_null(24 * 3600 * 10**9).alias("moment"),
        as_number(cell("Opslag")).alias("opslag"),
        as_number(cell("ToewijzingPercentage")).alias("percentage"),
        *(cell(column).alias(alias) for alias, column in TEXTS.items()),
        (pl.int_range(pl.len()).over("parent") + 1).alias("place"),
        pl.len().over("parent").alias("of"),
        pl.col("parent"),
    )
    client = tables["Indicatie"]["parent"].gather(rows["parent"])
    above = records.select("record", "bsn")[client]
    return rows.drop("parent").hstack(above)


def _indicated(tables: Tables, records: pl.DataFrame) -> pl.DataFrame:
    """The indicated care of client records."""
    found = []
    for name, code in INDICATED.items():
        frame = tables[name].select(
            pl.lit(name == "GeindiceerdeFunctie").alias("functie"),
            pl.col(code).alias("code"),
            as_date(pl.col("Ingangsdatum")).alias("start"),
            as_date(pl.col("Einddatum")).alias("end"),
            pl.col("Financiering").alias("financiering"),
            pl.col("parent"),
        )
        client = tables["Indicatie"]["parent"].gather(frame["parent"])
        found.append(frame.drop("parent").hstack(records.select("record", "bsn")[client]))
    return pl.concat(found)
