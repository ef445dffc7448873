"""Judges a message: reads it once, whatever its size, and gathers what is wrong."""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

import polars as pl

from keten.core.tasks import in_order
from keten.messages import Batch, Defects, Reading, Source, Table, read
from keten.messages.values import is_value
from keten.standard import load
from keten.validation.collector import Gathering, Told
from keten.validation.dating import DAGTEKENING, counting_day, judge_as_of
from keten.validation.report import Input, Report, Verdict
from keten.validation.rules import Offences, Plan, Register, plan

MOST_FINDINGS = 10_000


class Interrupted(KeyboardInterrupt):
    """Somebody stopped the judgement. `report` has the verdict `unclear` and what was found until then."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report

    def __reduce__(self) -> tuple[type["Interrupted"], tuple[Report]]:
        """How it is made again in the process that it is sent to."""
        return type(self), (self.report,)


def validate(
    source: Source | Path | str | BinaryIO,
    *,
    release: str | None = None,
    as_of: date | None = None,
    jobs: int = 1,
    max_findings: int = MOST_FINDINGS,
    rules: bool = True,
    register: Register | None = None,
    tell: Told | None = None,
) -> Report:
    """Judge one message: its structure, and by the rules of its release every client with a valid structure.

    Args:
        source: a path, a Source of `keten.messages.find_sources`, or an open stream of bytes.
        release: judge as a message of this release, optionally with its schema version (`2.0@1.3`); without it, the
            release is taken from the document, in its latest schema version.
        as_of: judge as on this day: in the schema version that counted then (unless `release` names one), and whether
            the release was in use. A reply is judged as on the day of the message it answers.
        jobs: threads that read side by side.
        max_findings: list at most so many findings (all are counted); 0 lists all.
        rules: judge by the rules too, not by structure alone.
        register: the AGB codes there are; without it, the rules about them are not judged.
        tell: called with every finding, listed or not, in the order in which they are found, until it returns False. The
            location of a client's finding always has the client's index there.

    Raises:
        UnknownRelease: there is no such release.
        UnreadablePath: the source cannot be opened.
        Interrupted: a KeyboardInterrupt came; it has the report until then.

    >>> from io import BytesIO
    >>> report = validate(BytesIO(b"<Bericht/>"))
    >>> report.verdict, [finding.layer for finding in report.findings]
    ('invalid', ['structure'])
    """
    chosen = load(release) if release is not None else None
    name, opening = _open(source)
    with opening as stream:
        reading = read(stream, pick=(lambda _: chosen) if chosen else load)
        out_of_use = judge_as_of(reading, as_of, choose=chosen is None) if as_of else None
        judging = _Judging(
            reading, name, _plan(reading, register) if rules else None, as_of, most=max_findings, tell=tell
        )
        if out_of_use:
            judging.gathering.add_finding(out_of_use)
        return judging.run(jobs)


def _open(source: Source | Path | str | BinaryIO) -> tuple[str, AbstractContextManager[BinaryIO]]:
    """The name of a source, and the source opened; a stream is left open."""
    if isinstance(source, Source):
        return source.name, source.open()
    if isinstance(source, str | Path):
        return str(source), Source(str(source), Path(source)).open()
    return str(getattr(source, "name", "stream")), nullcontext(source)


def validate_all(
    sources: Iterable[Source],
    *,
    release: str | None = None,
    as_of: date | None = None,
    jobs: int = 1,
    max_findings: int = MOST_FINDINGS,
    rules: bool = True,
    register: Register | None = None,
) -> Iterator[Report]:
    """Judge messages one by one, as `validate` does; one that is interrupted is the last, with the verdict `unclear`."""
    for source in sources:
        try:
            yield validate(
                source,
                release=release,
                as_of=as_of,
                jobs=jobs,
                max_findings=max_findings,
                rules=rules,
                register=register,
            )
        except Interrupted as interrupted:
            yield interrupted.report
            return


class _Judging:
    """One message being judged."""

    def __init__(
        self, reading: Reading, name: str, rules: Plan | None, as_of: date | None, *, most: int, tell: Told | None
    ) -> None:
        self.reading, self.name, self.rules, self.as_of = reading, name, rules, as_of
        self.started = time.perf_counter()
        layout = reading.layout
        self.gathering = Gathering(most, "/" + "/".join(layout.client_path) if layout else "", tell)

    def run(self, jobs: int) -> Report:
        """Read the message to its end. Raises Interrupted."""
        try:
            self._gather(jobs)
        except KeyboardInterrupt:
            raise Interrupted(self._report("unclear")) from None
        return self._report("invalid" if self.gathering.by_code else "valid")

    def _gather(self, jobs: int) -> None:
        reading, rules, gathering = self.reading, self.rules, self.gathering
        gathering.add_defects(Defects((reading.refusal,) if reading.refusal else ()))
        if rules:
            gathering.add_header(rules, reading.header)
        batches = reading.batches(jobs=jobs, tables=rules is not None)
        for batch, found in in_order(jobs, partial(_judged, rules), batches):
            gathering.add_defects(batch.defects)
            if rules:
                gathering.add_clients(rules, batch, found)
        gathering.add_defects(Defects(tuple(reading.defects)))
        gathering.close()

    def _report(self, verdict: Verdict) -> Report:
        layout, gathering = self.reading.layout, self.gathering
        return Report(
            input=_input(self.reading, self.name),
            release=layout.release.id if layout else None,
            schema_version=layout.release.schema_version if layout else None,
            message=layout.message.name if layout else None,
            verdict=verdict,
            findings=gathering.findings(self.reading.clients),
            by_code=gathering.by_code,
            clients=self.reading.clients,
            truncated=len(gathering.kept) < gathering.by_code.total(),
            seconds=time.perf_counter() - self.started,
            not_judged=self.rules.unjudged if self.rules else {},
            day=counting_day(self.reading, self.as_of) if self.as_of else None,
        )


def _judged(rules: Plan | None, batch: Batch) -> tuple[Batch, list[tuple[str, Offences]]]:
    """A batch and what offends in its clients, which is placed only if it is to be listed."""
    return batch, list(rules.of_clients(batch.tables)) if rules else []


def _plan(reading: Reading, register: Register | None) -> Plan | None:
    """The rules for a message; None for one that has none, as a reply."""
    layout = reading.layout
    if layout is None or layout.message.is_reply:
        return None
    header = reading.header.get("Header")
    right = header is not None and header.height == 1 and header.select(_right(layout.tables["Header"])).item()
    return plan(layout, header.row(0, named=True) if header is not None and right else None, register)


def _right(header: Table) -> pl.Expr:
    """Whether the values of a header are of their types; what is absent is not looked at."""
    typed = ((column.name, column.type) for column in header.columns if column.type)
    return pl.all_horizontal(is_value(pl.col(name), kind).fill_null(value=True) for name, kind in typed)


def _input(reading: Reading, name: str) -> Input:
    header = reading.header_texts
    return Input(
        name=name,
        bytes=reading.bytes,
        sha256=reading.sha256,
        identificatie=header.get("BerichtIdentificatie/Identificatie"),
        dagtekening=header.get(DAGTEKENING),
        header=header,
    )
