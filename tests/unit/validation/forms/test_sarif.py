"""SARIF is the form of code scanners."""

import json
from typing import Any

from keten.validation import Finding, Report
from tests.unit.validation.forms.making import HOSTILE, finding, rendered, report


def run(*reports: Report) -> dict[str, Any]:
    """The one run of reports."""
    document = json.loads(rendered("sarif", *reports).encode())
    assert (document["version"], document["$schema"][-10:]) == ("2.1.0", "2.1.0.json")
    (only,) = document["runs"]
    assert isinstance(only, dict)
    return only


def test_every_finding_is_a_result() -> None:
    """With its rule, level, words and places."""
    warning = Finding("CS023", "rule", "It is late.", 2, ("/Bericht/A", "/Bericht/B"), "warning", "S023")
    only = run(report(warning))
    assert only["results"] == [
        {
            "ruleId": "CS023",
            "level": "warning",
            "message": {"text": "It is late."},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": "in/a.xml"}},
                    "logicalLocations": [
                        {"fullyQualifiedName": "/Bericht/A", "kind": "element"},
                        {"fullyQualifiedName": "/Bericht/B", "kind": "element"},
                    ],
                }
            ],
            "properties": {"layer": "rule", "returnCode": "S023", "client": 2},
        }
    ]


def test_the_rules_are_those_that_were_broken() -> None:
    """Each once, in order, with what to do."""
    only = run(report(finding(1), finding(2)), report(finding(1, code="CS003")))
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["CS003", "XSD"]
    assert rules[0]["help"]["text"] == "Give the element a value that is allowed here."
    assert len(only["results"]) == 3
    assert only["invocations"] == [{"executionSuccessful": True}]


def test_a_run_that_was_interrupted_did_not_succeed() -> None:
    """Whoever reads it must not take silence for right."""
    (invocation,) = run(report(verdict="unclear"), report())["invocations"]
    assert (invocation["executionSuccessful"], said(invocation)) == (
        False,
        ["in/a.xml: The judgement was interrupted."],
    )


def test_a_list_that_was_cut_off_is_told() -> None:
    """With how many there are."""
    (invocation,) = run(report(finding(), total=12))["invocations"]
    told = "in/a.xml: Only the first 1 of 12 findings are listed."
    assert (invocation["executionSuccessful"], said(invocation)) == (True, [told])


def said(invocation: dict[str, Any]) -> list[str]:
    """The words of its notifications."""
    return [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]


def test_nothing_wrong_is_no_result() -> None:
    """And no rule."""
    only = run(report())
    assert (only["results"], only["tool"]["driver"]["rules"]) == ([], [])


def test_a_hostile_name_is_an_address() -> None:
    """Percent-encoded, as bytes."""
    (result,) = run(report(finding(), name=HOSTILE))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("in/%3Cb%3E%26%22%27%1B%5B31m%E2%80%AE%FF")
