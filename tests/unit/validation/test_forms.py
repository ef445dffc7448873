"""The forms of a report: text for people, JSON for programs."""

import json

from keten.validation import Finding, Report
from keten.validation.forms import FORMS
from keten.validation.report import Input


def report(findings: int, *, total: int | None = None, message: str | None = "AW33") -> Report:
    """A report with so many findings listed, of a total."""
    number = findings if total is None else total
    return Report(
        input=Input("in/a.xml", 10, "ab" * 32, "B1", "2018-04-03"),
        release="2.0" if message else None,
        schema_version="1.3" if message else None,
        message=message,
        verdict="invalid" if number else "valid",
        findings=tuple(
            Finding("XSD", "structure", f"Wrong {at}.", at, (f"/Bericht/X[{at}]",)) for at in range(1, findings + 1)
        ),
        by_code={"XSD": number} if number else {},
        clients=7,
        truncated=number > findings,
        seconds=0.12345,
    )


def test_text_gives_the_verdict_then_the_findings() -> None:
    """What is wrong first, then where."""
    assert FORMS["text"]([report(1)]).splitlines() == [
        "in/a.xml: invalid (AW33 2.0, schema 1.3, 7 clients)",
        "  Wrong 1.",
        "      at /Bericht/X[1]  [XSD]",
    ]


def test_text_shows_the_first_findings_and_says_how_many_more_there_are() -> None:
    """Whether they were listed or only counted."""
    assert FORMS["text"]([report(60, total=100)]).splitlines()[-1] == "  ... and 50 more; --format json lists them."
    assert FORMS["text"]([report(3, total=5)]).splitlines()[-1] == "  ... and 2 more; --format json lists them."


def test_text_closes_with_a_count_when_there_are_more_inputs() -> None:
    """How many are valid, how many not."""
    assert (
        FORMS["text"]([report(0), report(1), report(0, message=None)]).splitlines()[-1] == "3 messages: 2 valid, 1 not."
    )
    assert "no known message" in FORMS["text"]([report(0, message=None)])


def test_json_gives_an_object_for_one_input_and_a_list_for_more() -> None:
    """With everything that is known, and seconds to a thousandth."""
    one = json.loads(FORMS["json"]([report(2, total=3)]))
    assert (one["counts"], one["truncated"], one["seconds"]) == (
        {"clients": 7, "findings": 3, "byCode": {"XSD": 3}},
        True,
        0.123,
    )
    assert [finding["locations"] for finding in one["findings"]] == [["/Bericht/X[1]"], ["/Bericht/X[2]"]]
    assert json.loads(FORMS["json"]([report(2, total=3), report(2, total=3)])) == [one, one]
