"""JSON: the form for programs (contract, "Findings, JSON")."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from keten.core.plain import plain
from keten.validation.findings import Finding
from keten.validation.report import Report


def render(reports: Iterable[Report]) -> Iterator[str]:
    """One object for one input, a list for more."""
    waiting = iter(reports)
    first, second = next(waiting, None), next(waiting, None)
    if first is not None and second is None:
        yield f"{_dumped(first)}\n"
        return
    begin = "["
    for report in chain((one for one in (first, second) if one), waiting):
        yield f"{begin}\n{_dumped(report)}"
        begin = ","
    yield "\n]\n" if first else "[]\n"


def _dumped(report: Report) -> str:
    return json.dumps(_report(report), indent=1, ensure_ascii=False)


def _report(report: Report) -> dict[str, Any]:
    return {
        "verdict": report.verdict,
        "release": report.release,
        "schemaVersion": report.schema_version,
        "message": report.message,
        "referenceDate": str(report.day) if report.day else _plain(report.input.dagtekening),
        "input": {
            "name": plain(report.input.name),
            "bytes": report.input.bytes,
            "sha256": report.input.sha256,
            "identificatie": _plain(report.input.identificatie),
            "dagtekening": _plain(report.input.dagtekening),
        },
        "counts": {"clients": report.clients, "findings": report.total, "byCode": dict(report.by_code)},
        "truncated": report.truncated,
        "notJudged": dict(report.not_judged),
        "seconds": round(report.seconds, 3),
        "findings": [_finding(finding) for finding in report.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "layer": finding.layer,
        "severity": finding.severity,
        "returnCode": finding.return_code,
        "client": finding.client,
        "locations": [plain(location) for location in finding.locations],
        "text": plain(finding.text),
    }


def _plain(text: str | None) -> str | None:
    return None if text is None else plain(text)
