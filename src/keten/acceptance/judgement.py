"""The judgement: reads both sides into parts, judges part by part, and puts together what was found."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from keten.acceptance.assessing import Given, assess
from keten.acceptance.codes import codes
from keten.acceptance.findings.figures import figures_of
from keten.acceptance.findings.messages_judged import judge_messages, repeated_messages
from keten.acceptance.reading.frames import FILE_ROOM
from keten.acceptance.reading.read_side import DEFECT, FILE, Gathered, gather
from keten.acceptance.reading.spool import AFTER, BEFORE, Spool
from keten.acceptance.reading.unread import UNREAD
from keten.acceptance.settings import Settings
from keten.core import UsageError
from keten.core.scratch import scratch
from keten.core.tasks import Pool, Tell, run
from keten.messages import Source

PIECE = 32 << 20
"""Bytes of messages in one task."""

PART = 12 << 20
"""Bytes of messages before whose clients are judged in one task."""

FINDINGS: dict[str, Any] = {
    "code": pl.String,
    "severity": pl.String,
    "zorgkantoor": pl.String,
    "provider": pl.String,
    "before_file": pl.String,
    "before_client": pl.Int64,
    "before_location": pl.String,
    "after_files": pl.List(pl.String),
    "after_clients": pl.List(pl.Int64),
    "after_locations": pl.List(pl.String),
    "text": pl.String,
    "action": pl.String,
}
"""The columns of the findings. Clients are numbers of records in their file; a Bsn stands nowhere."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, and the numbers (docs/acceptance.md); `accepted` when nothing of it is an error.

    `resends` are versions of assignments that do not stand, with the one that counts (N6).
    """

    findings: pl.DataFrame
    resends: pl.DataFrame
    figures: dict[str, Any]
    settings: Settings

    @property
    def accepted(self) -> bool:
        """Whether the deliveries can be accepted: departures from what was agreed do not stand in the way."""
        return not self.findings.filter(pl.col("severity") == "error").height


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a side into the spool, in a pool."""

    settings: Settings
    pool: Pool
    tell: Tell

    def gathered(self, side: str, sources: Sequence[Source], spool: Spool) -> list[Gathered]:
        """Read all messages of a side; what each task tells about its own."""
        pieces = list(_pieces(sources))
        arguments = ((side, f"{number:05}", piece, self.settings, spool) for number, piece in enumerate(pieces))
        return run(self.pool, self.tell, f"read {side}", gather, arguments, count=len(pieces))


def accept(
    before: Sequence[Source],
    after: Sequence[Source],
    settings: Settings,
    pool: Pool,
    tell: Tell,
    *,
    work: Path | None = None,
) -> Judgement:
    """Judge conversion messages of anybody against the messages before, client by client.

    What is read is kept in a temporary folder in `work`, which all workers must see; among the temporary files of this
    user, if None.

    Raises:
        UsageError: a side holds no message at all.
        UnreadablePath: a source cannot be opened.
    """
    for side, sources in ((BEFORE, before), (AFTER, after)):
        if not sources:
            raise UsageError(f"There is no message (.xml or .zip) in the folder {side}.")
    reader = Reader(settings, pool, tell)
    with _workplace(work) as folder:
        spool = Spool(folder, 1 + sum(source.size for source in before) // PART)
        was, came = reader.gathered(BEFORE, before, spool), reader.gathered(AFTER, after, spool)
        files_before, files = _files(was), _files(came)
        repeated = repeated_messages(files)
        given = Given(
            spool=spool,
            addressed=frozenset((sender, to) for one in was for kind, sender, to in one.routes if kind == "AW33"),
            repeated=frozenset(repeated["file"]),
            unread=pl.DataFrame([row for one in came for row in one.unread], UNREAD),
            settings=settings,
        )
        arguments = ((part, given) for part in range(spool.parts))
        assessed = run(pool, tell, "judge", assess, arguments, count=spool.parts)
    defects = pl.DataFrame([row for one in came for row in one.defects], DEFECT)
    of_messages = judge_messages(files, defects, repeated, settings)
    found = pl.concat([of_messages, *(one.findings for one in assessed)])
    findings = _worded(found, files_before, files)
    figures = figures_of(findings, files_before, files, [one.totals for one in assessed])
    resends = _placed(pl.concat([one.resends for one in assessed]), files)
    return Judgement(findings, resends, figures, settings)


@contextmanager
def _workplace(work: Path | None) -> Iterator[Path]:
    """Where what was read is kept until it is judged; nobody else may look into it."""
    if work is None:
        with scratch() as folder:
            yield folder
        return
    with tempfile.TemporaryDirectory(prefix="keten-accept-", dir=work) as name:
        yield Path(name)


def _placed(resends: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """Versions of assignments with the names of their files, in the order of receivers and files."""
    names = dict(files.select("file", "name").iter_rows())
    places = {"": "record", "counting_": "counting"}
    named = [
        (pl.col(name) // FILE_ROOM).replace_strict(names, default=None, return_dtype=pl.String).alias(f"{prefix}file")
        for prefix, name in places.items()
    ]
    numbered = [(pl.col(name) % FILE_ROOM).alias(f"{prefix}client") for prefix, name in places.items()]
    full = resends.with_columns(named + numbered).rename({"path": "location"}).drop("record", "counting")
    return full.sort("receiver", "sender", "file", "client", "location")


def _pieces(sources: Sequence[Source]) -> Iterator[list[tuple[int, Source]]]:
    """The sources with their numbers, in pieces for one task each."""
    piece: list[tuple[int, Source]] = []
    size = 0
    for number, source in enumerate(sources):
        piece.append((number, source))
        size += source.size
        if size > PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _files(gathered: Sequence[Gathered]) -> pl.DataFrame:
    return pl.DataFrame([row for one in gathered for row in one.files], FILE)


def _worded(found: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The findings in words, with the names of files; errors first, in the order of codes and places."""
    known = pl.DataFrame(
        [(one.code, one.severity, one.text, one.action) for one in codes().values()],
        {"code": pl.String, "severity": pl.String, "text": pl.String, "action": pl.String},
        orient="row",
    )
    full = found.join(known, on="code", how="left", maintain_order="left").with_row_index("finding")
    text = pl.col("text")
    for name in ("subject", "expected", "found"):
        text = text.str.replace(f"{{{name}}}", pl.col(name).fill_null(""), literal=True)
    grave = pl.col("grave").fill_null(value=False)
    worded = full.with_columns(
        text.alias("text"),
        pl.when(grave).then(pl.lit("error")).otherwise(pl.col("severity")).alias("severity"),
        (pl.col("was") // FILE_ROOM).alias("before_number"),
        (pl.col("was") % FILE_ROOM).alias("before_client"),
        pl.col("was_path").alias("before_location"),
        pl.col("paths").fill_null([]).alias("after_locations"),
    )
    names = before.select(pl.col("file").alias("before_number"), pl.col("name").alias("before_file"))
    placed = worded.join(names, on="before_number", how="left", maintain_order="left")
    result = placed.join(_after(full, after), on="finding", how="left", maintain_order="left")
    order = ["severity", "code", "zorgkantoor", "before_file", "before_client", "before_location", "text"]
    return (
        result.with_columns(pl.col("after_files").fill_null([]), pl.col("after_clients").fill_null([]))
        .select(pl.col(name).cast(kind) for name, kind in FINDINGS.items())
        .sort(*order, descending=[True, *[False] * 6], maintain_order=True)
    )


def _after(full: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The files and records after of each finding; a message as a whole has no record number."""
    each = full.select("finding", "records").explode("records").drop_nulls()
    names = after.select(pl.col("file"), pl.col("name"))
    placed = each.with_columns(
        (pl.col("records") // FILE_ROOM).alias("file"), (pl.col("records") % FILE_ROOM).alias("number")
    ).join(names, on="file", how="left", maintain_order="left")
    return placed.group_by("finding", maintain_order=True).agg(
        pl.col("name").alias("after_files"), pl.col("number").alias("after_clients")
    )
