"""Judges a message: reads it once, whatever its size, and gathers what is wrong."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from keten.messages import Defect, Reading, Source, read
from keten.standard import Release, load
from keten.validation.dating import DAGTEKENING, counting_day, judge_as_of
from keten.validation.findings import NOT_VALID, NOT_XML, Finding
from keten.validation.report import Input, Report, Verdict
from keten.validation.structure import finding

MOST_FINDINGS = 10_000


Told = Callable[[Finding], None]
"""Told of every finding, in the order in which they are found."""


class Interrupted(KeyboardInterrupt):
    """Somebody stopped the judgement. `report` has the verdict `unclear` and what was found until then."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


class _Gathering:
    """Counts every defect and keeps the first ones; tells of all."""

    def __init__(self, reading: Reading, most: int, tell: Told | None) -> None:
        self.reading, self.most, self.tell = reading, most, tell
        self.of_message, self.kept, self.by_code = list[Finding](), list[Defect](), Counter[str]()

    def add_finding(self, found: Finding) -> None:
        """Gather a finding about the message as a whole."""
        self.by_code[found.code] += 1
        self.of_message.append(found)
        if self.tell:
            self.tell(found)

    def add(self, defects: Iterable[Defect]) -> None:
        """Gather what is wrong with the structure."""
        for defect in defects:
            self.by_code[NOT_XML if defect.kind in ("not xml", "forbidden") else NOT_VALID] += 1
            if not self.most or len(self.of_message) + len(self.kept) < self.most:
                self.kept.append(defect)
            if self.tell:
                self.tell(finding(defect, f"{self._client_path}[{defect.client}]"))

    def findings(self) -> tuple[Finding, ...]:
        """What was kept, with an index on a client only where there are more."""
        path, single = self._client_path, self.reading.clients == 1
        kept = (finding(defect, path if single else f"{path}[{defect.client}]") for defect in self.kept)
        return (*self.of_message, *kept)

    @property
    def _client_path(self) -> str:
        return "/" + "/".join(self.reading.layout.client_path) if self.reading.layout else ""


def validate(
    source: Source | Path | str,
    *,
    release: str | None = None,
    as_of: date | None = None,
    jobs: int = 1,
    max_findings: int = MOST_FINDINGS,
    tell: Told | None = None,
) -> Report:
    """Judge one message.

    Args:
        source: a path, or a Source of `keten.messages.find_sources`.
        release: judge as a message of this release, optionally with its schema version (`2.0@1.3`); without it, the
            release is taken from the document, in its latest schema version.
        as_of: judge as on this day: in the schema version that counted then (unless `release` names one), and whether
            the release was in use. A reply is judged as on the day of the message it answers.
        jobs: threads that read side by side.
        max_findings: list at most so many findings (all are counted); 0 lists all.
        tell: called with every finding, listed or not, in the order in which they are found. The location of a
            client's finding always has the client's index there.

    Raises:
        UnknownRelease: there is no such release.
        UnreadablePath: the source cannot be opened.
        Interrupted: a KeyboardInterrupt came; it has the report until then.
    """
    chosen = load(release) if release else None
    opened = source if isinstance(source, Source) else Source(str(source), Path(source))
    with opened.open() as stream:
        return _judge(stream, opened.name, chosen, as_of, jobs=jobs, max_findings=max_findings, tell=tell)


def validate_all(
    sources: Iterable[Source],
    *,
    release: str | None = None,
    as_of: date | None = None,
    jobs: int = 1,
    max_findings: int = MOST_FINDINGS,
) -> Iterator[Report]:
    """Judge messages one by one, as `validate` does; one that is interrupted is the last, with the verdict `unclear`."""
    for source in sources:
        try:
            yield validate(source, release=release, as_of=as_of, jobs=jobs, max_findings=max_findings)
        except Interrupted as interrupted:
            yield interrupted.report
            return


def _judge(
    stream: BinaryIO,
    name: str,
    release: Release | None,
    as_of: date | None,
    *,
    jobs: int,
    max_findings: int,
    tell: Told | None,
) -> Report:
    started = time.perf_counter()
    reading = read(stream, pick=(lambda _: release) if release else load)
    gathering = _Gathering(reading, max_findings, tell)
    out_of_use = judge_as_of(reading, as_of, choose=release is None) if as_of else None
    if out_of_use:
        gathering.add_finding(out_of_use)
    gathering.add([reading.refusal] if reading.refusal else [])
    try:
        for batch in reading.batches(jobs=jobs, tables=False):
            gathering.add(batch.defects)
    except KeyboardInterrupt:
        raise Interrupted(_report(reading, name, gathering, as_of, started, verdict="unclear")) from None
    gathering.add(reading.defects)
    return _report(reading, name, gathering, as_of, started, verdict="invalid" if gathering.by_code else "valid")


def _report(
    reading: Reading, name: str, gathering: _Gathering, as_of: date | None, started: float, *, verdict: Verdict
) -> Report:
    layout, findings = reading.layout, gathering.findings()
    return Report(
        input=_input(reading, name),
        release=layout.release.id if layout else None,
        schema_version=layout.release.schema_version if layout else None,
        message=layout.message.name if layout else None,
        verdict=verdict,
        findings=findings,
        by_code=gathering.by_code,
        clients=reading.clients,
        truncated=len(findings) < gathering.by_code.total(),
        seconds=time.perf_counter() - started,
        day=counting_day(reading, as_of) if as_of else None,
    )


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
