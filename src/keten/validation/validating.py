"""Judges a message: reads it once, whatever its size, and gathers what is wrong."""

import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from keten.messages import Defect, Reading, Source, read
from keten.standard import Release, load
from keten.validation.findings import NOT_VALID, NOT_XML, Finding
from keten.validation.report import Input, Report
from keten.validation.structure import finding

MOST_FINDINGS = 10_000


class _Gathering:
    """Counts every defect and keeps the first ones."""

    def __init__(self, most: int) -> None:
        self.most, self.kept, self.by_code = most, list[Defect](), Counter[str]()

    def add(self, defects: Iterable[Defect]) -> None:
        for defect in defects:
            self.by_code[NOT_XML if defect.kind in ("not xml", "forbidden") else NOT_VALID] += 1
            if not self.most or len(self.kept) < self.most:
                self.kept.append(defect)


def validate(
    source: Source | Path | str,
    *,
    release: str | None = None,
    jobs: int = 1,
    max_findings: int = MOST_FINDINGS,
) -> Report:
    """Judge one message.

    Args:
        source: a path, or a Source of `keten.messages.find_sources`.
        release: judge as a message of this release, optionally with its schema version (`2.0@1.3`); without it, the
            release is taken from the document, in its latest schema version.
        jobs: threads that read side by side.
        max_findings: list at most so many findings (all are counted); 0 lists all.

    Raises:
        UnknownRelease: there is no such release.
        UnreadablePath: the source cannot be opened.
    """
    chosen = load(release) if release else None
    opened = source if isinstance(source, Source) else Source(str(source), Path(source))
    with opened.open() as stream:
        return _judge(stream, opened.name, chosen, jobs, max_findings)


def _judge(stream: BinaryIO, name: str, release: Release | None, jobs: int, max_findings: int) -> Report:
    started = time.perf_counter()
    reading = read(stream, pick=(lambda _: release) if release else load)
    gathering = _Gathering(max_findings)
    gathering.add([reading.refusal] if reading.refusal else [])
    for batch in reading.batches(jobs=jobs, tables=False):
        gathering.add(batch.defects)
    gathering.add(reading.defects)
    layout = reading.layout
    return Report(
        input=_input(reading, name),
        release=layout.release.id if layout else None,
        schema_version=layout.release.schema_version if layout else None,
        message=layout.message.name if layout else None,
        verdict="invalid" if gathering.by_code else "valid",
        findings=_findings(reading, gathering.kept),
        by_code=gathering.by_code,
        clients=reading.clients,
        truncated=len(gathering.kept) < gathering.by_code.total(),
        seconds=time.perf_counter() - started,
    )


def _findings(reading: Reading, defects: list[Defect]) -> tuple[Finding, ...]:
    path = "/" + "/".join(reading.layout.client_path) if reading.layout else ""
    single = reading.clients == 1
    return tuple(finding(defect, path if single else f"{path}[{defect.client}]") for defect in defects)


def _input(reading: Reading, name: str) -> Input:
    header = reading.header.get("Header")
    cells = header.row(0, named=True) if header is not None and header.height else {}
    return Input(
        name=name,
        bytes=reading.bytes,
        sha256=reading.sha256,
        identificatie=cells.get("BerichtIdentificatie/Identificatie"),
        dagtekening=cells.get("BerichtIdentificatie/Dagtekening"),
    )
