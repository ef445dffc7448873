"""JSON: the form for programs (contract, "Findings, JSON"), with the places on both sides and what to do."""

import json
from typing import Any

from keten.acceptance.codes import codes
from keten.acceptance.judgement import Judgement

MOST_FINDINGS = 10_000
"""Findings that are listed; all are counted."""


def render(judgement: Judgement) -> str:
    """One object."""
    target, figures = judgement.settings.target, judgement.figures
    shown = judgement.findings.head(MOST_FINDINGS)
    value = {
        "verdict": "valid" if judgement.accepted else "invalid",
        "release": target.id,
        "schemaVersion": target.schema_version,
        "referenceDate": str(judgement.settings.dagtekening),
        "counts": {
            "clients": figures["clients"]["after"],
            "findings": judgement.findings.height,
            "byCode": figures["codes"],
        },
        "truncated": shown.height < judgement.findings.height,
        "figures": figures,
        "resends": judgement.resends.head(MOST_FINDINGS).to_dicts(),
        "findings": [_finding(row) for row in shown.iter_rows(named=True)],
    }
    return json.dumps(value, indent=1, ensure_ascii=False)


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    places = zip(row["after_files"], row["after_clients"], row["after_locations"], strict=False)
    return {
        "code": row["code"],
        "layer": "rule",
        "severity": row["severity"],
        "rules": list(codes()[row["code"]].rules),
        "zorgkantoor": row["zorgkantoor"],
        "provider": row["provider"],
        "client": row["after_clients"][0] if row["after_clients"] else row["before_client"],
        "locations": row["after_locations"],
        "before": {
            "file": row["before_file"],
            "client": row["before_client"],
            "location": row["before_location"],
        },
        "after": [{"file": file, "client": client, "location": location} for file, client, location in places],
        "text": row["text"],
        "action": row["action"],
    }
