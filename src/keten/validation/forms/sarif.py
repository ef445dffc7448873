"""SARIF 2.1.0: the form of code scanners. One run; a result per finding, its places as logical locations."""

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from keten.core.plain import plain
from keten.validation.advising import advice, kind_of, to_do
from keten.validation.findings import Finding
from keten.validation.forms.wording import caveats
from keten.validation.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(reports: Iterable[Report]) -> Iterator[str]:
    """One document; what it needs to know of all reports stands behind the results."""
    codes: dict[str, str] = {}
    notes: list[dict[str, Any]] = []
    interrupted, between = False, ""
    yield f'{{\n"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n"columnKind": "unicodeCodePoints",\n"results": ['
    for report in reports:
        for code in report.by_code:
            codes.setdefault(code, advice(code))
        interrupted |= report.verdict == "unclear"
        notes += [_note(f"{report.input.name}: {caveat}") for caveat in caveats(report)]
        uri = quote(report.input.name, errors="surrogateescape")
        for finding in report.findings:
            codes[finding.code] = to_do(finding.code, [finding])
            yield f"{between}\n{_dumped(_result(finding, uri))}"
            between = ","
    invocation = {"executionSuccessful": not interrupted, **({"toolExecutionNotifications": notes} if notes else {})}
    yield f'\n],\n"invocations": [{_dumped(invocation)}],\n'
    yield f'"tool": {_dumped({"driver": _driver(codes)})}\n}}]\n}}\n'


def _note(text: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": plain(text)}}


def _result(finding: Finding, uri: str) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    if finding.locations:
        location["logicalLocations"] = [_place(path) for path in finding.locations]
    return {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": plain(finding.text)},
        "locations": [location],
        "properties": {"layer": finding.layer, "returnCode": finding.return_code, "client": finding.client},
    }


def _place(path: str) -> dict[str, str]:
    return {"fullyQualifiedName": plain(path), "kind": "element"}


def _driver(codes: Mapping[str, str]) -> dict[str, Any]:
    rules = [
        {"id": code, "shortDescription": {"text": kind_of(code)}, "help": {"text": plain(codes[code])}}
        for code in sorted(codes)
    ]
    return {"name": "keten", "version": version("keten"), "rules": rules}


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
