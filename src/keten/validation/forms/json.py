"""JSON: the form for programs (contract, "Findings, JSON")."""

import json
from collections.abc import Sequence
from typing import Any

from keten.validation.findings import Finding
from keten.validation.report import Report


def render(reports: Sequence[Report]) -> str:
    """One object for one input, a list for more."""
    objects = [_report(report) for report in reports]
    return json.dumps(objects[0] if len(objects) == 1 else objects, indent=1, ensure_ascii=False)


def _report(report: Report) -> dict[str, Any]:
    return {
        "verdict": report.verdict,
        "release": report.release,
        "schemaVersion": report.schema_version,
        "message": report.message,
        "referenceDate": str(report.day) if report.day else report.input.dagtekening,
        "input": {
            "name": report.input.name,
            "bytes": report.input.bytes,
            "sha256": report.input.sha256,
            "identificatie": report.input.identificatie,
            "dagtekening": report.input.dagtekening,
        },
        "counts": {"clients": report.clients, "findings": report.total, "byCode": dict(report.by_code)},
        "truncated": report.truncated,
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
        "locations": list(finding.locations),
        "text": finding.text,
    }
