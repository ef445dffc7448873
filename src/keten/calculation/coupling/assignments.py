"""What is assigned: from AW33 and ZK33 messages of any release, the latest version of each assignment."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from keten.calculation.coupling.columns import columns_of, text_of
from keten.calculation.coupling.periods import merged
from keten.calculation.coupling.table import WrongTable, days, ends
from keten.core import UsageError
from keten.core.data import read_plain
from keten.core.days import FOREVER
from keten.core.plain import plain
from keten.messages import Aside, Batch, Source, find_sources, read
from keten.messages.values import as_time

MESSAGES = ("AW33", "ZK33")
FUNCTIE, ZZP = "ToegewezenFunctie", "ToegewezenZorgzwaartepakket"
PGB = "2"
LOGICAL_KEY = ["bsn", "instelling", "care", "leveringsvorm", "start"]
HOLDER = ["bsn", "instelling", "care", "leveringsvorm"]
"""Whose assignment it is, and of what: periods of the same that touch are one to a declaration."""

SCHEMA = {
    "bsn": pl.String,
    "instelling": pl.String,
    "care": pl.String,
    "leveringsvorm": pl.String,
    "start": pl.Int32,
    "end": pl.Int32,
    "assigned": pl.Int32,
    "assigned_at": pl.Int64,
    "sent": pl.Int32,
    "withdrawn": pl.Boolean,
}
CONTRACT_COLUMNS = ("instelling", "contract", "ingangsdatum", "einddatum")


class NoAssignments(UsageError):
    """There is nothing to check declarations against."""

    hint = "Give a file, folder or zip file with AW33 or ZK33 messages."


@dataclass(frozen=True, slots=True, eq=False)
class Assignments:
    """The assignments in force: `periods` with HOLDER, `start` and `end`.

    `messages` were read, `unreadable` were not to their end, and `clients_refused` were not valid: what stood in those
    is not in the periods. `versions` of assignments were read, of which `count` are left.
    `aside` is what lay among the messages and is none.
    """

    periods: pl.DataFrame
    messages: int
    unreadable: int
    clients_refused: int
    versions: int
    count: int
    aside: tuple[Aside, ...] = ()


def read_assignments(path: str) -> Assignments:
    """The assignments in the messages below a path. Raises NoAssignments."""
    frames = [pl.DataFrame(schema=SCHEMA)]
    messages = unreadable = refused = 0
    given = find_sources([path])
    for source in given:
        found, wrong, broken = _of_message(source)
        frames += found
        messages += bool(found)
        unreadable += broken
        refused += wrong
    if not messages:
        raise NoAssignments(f"There is no AW33 or ZK33 in {path!r} that can be read.")
    versions = pl.concat(frames)
    latest = _latest(versions)
    return Assignments(
        merged(latest, HOLDER), messages, unreadable, refused, versions.height, latest.height, given.aside
    )


def read_contracts(path: Path) -> pl.DataFrame:
    """Which provider has which contract: instelling, contract, start, end. Raises WrongTable."""
    frame = columns_of(path, text_of(read_plain(path, WrongTable)), CONTRACT_COLUMNS, (), WrongTable)
    rows = frame.select(
        "row", "short", "instelling", "contract", start=days(pl.col("ingangsdatum")), end=ends(pl.col("einddatum"))
    )
    wrong = rows.filter(pl.any_horizontal(pl.col("start", "end").is_null()) | (pl.col("end") < pl.col("start")))
    if wrong.height or rows["short"].any():
        row = (*wrong["row"], *rows.filter("short")["row"])[0]
        raise WrongTable(
            f"{plain(str(path))}, row {row}: it has not {len(CONTRACT_COLUMNS)} values of which the last two are dates like "
            "2018-04-01 in their order; the end may be empty."
        )
    return merged(rows.drop("row", "short"), ["instelling", "contract"])


def _of_message(source: Source) -> tuple[list[pl.DataFrame], int, bool]:
    """The assignments in one message, how many of its clients were not valid, and whether it could not be read on."""
    frames: list[pl.DataFrame] = []
    refused = 0
    with source.open() as stream:
        reading = read(stream)
        if reading.layout is not None and reading.layout.message.name not in MESSAGES:
            return [], 0, False
        if not reading.header:
            return [], 0, True
        sent = reading.header["Header"]["BerichtIdentificatie/Dagtekening"][0]
        for batch in reading.batches():
            frames += _of_batch(batch, sent)
            refused += batch.clients - len(batch.numbers)
    return frames or [pl.DataFrame(schema=SCHEMA)], refused, reading.broken


def _of_batch(batch: Batch, sent: str) -> Iterable[pl.DataFrame]:
    """Its assigned functies and packages; a pgb is declared by nobody, though in 1.2 it names an Instelling."""
    if not len(batch.numbers):
        return
    clients = batch.tables["Client"]["Bsn"]
    indications = batch.tables["Indicatie"]["parent"]
    for name in (FUNCTIE, ZZP):
        table = batch.tables[name]
        if table.height:
            frame = table.with_columns(bsn=clients[indications[table["parent"]]], sent=pl.lit(sent))
            declared = pl.col("instelling").is_not_null() & (pl.col("leveringsvorm") != PGB)
            yield _narrowed(frame, zzp=name == ZZP).filter(declared)


def _narrowed(frame: pl.DataFrame, *, zzp: bool) -> pl.DataFrame:
    absent = pl.lit("")
    return frame.select(
        pl.col("bsn").cast(pl.String),
        instelling=pl.col("Instelling"),
        care=pl.format("ZZP {}", "ZzpCode") if zzp else pl.format("functie {}", "FunctieCode"),
        leveringsvorm=pl.col("Leveringsvorm") if zzp else absent,
        start=days(pl.col("Ingangsdatum")),
        end=ends(pl.col("Einddatum").fill_null("")).fill_null(FOREVER),
        assigned=days(pl.col("Toewijzingsdatum")),
        assigned_at=as_time(pl.col("Toewijzingstijd")).cast(pl.Int64).fill_null(2**62),
        sent=days(pl.col("sent")),
        withdrawn=pl.col("RedenIntrekking").is_not_null(),
    )


def _latest(versions: pl.DataFrame) -> pl.DataFrame:
    """The version that counts of each assignment; one withdrawn holds until its end, if that lies after its start."""
    ordered = versions.sort(*LOGICAL_KEY, "assigned", "assigned_at", "sent", "end", "withdrawn")
    counts = ordered.group_by(LOGICAL_KEY, maintain_order=True).last()
    ends_later = (pl.col("end") < FOREVER) & (pl.col("end") > pl.col("start"))
    stands = pl.when("withdrawn").then(ends_later).otherwise(pl.col("end") >= pl.col("start"))
    return counts.filter(stands).select(*HOLDER, "start", "end")
