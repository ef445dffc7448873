"""Text: the form for people. Per input the verdict, then what to do, then client by client what is wrong and where."""

from collections.abc import Iterable, Iterator

from keten.validation.advising import advice
from keten.validation.findings import Finding
from keten.validation.forms.wording import about, plain, whose
from keten.validation.report import Report

SHOWN = 50
"""Findings shown per input; a person who needs more asks for another form."""


def render(reports: Iterable[Report]) -> Iterator[str]:
    """A block per input, and a closing line for more than one."""
    judged = valid = 0
    for report in reports:
        judged += 1
        valid += report.verdict == "valid"
        yield from (f"{line}\n" for line in _report(report))
    if judged > 1:
        yield f"{judged} messages: {valid} valid, {judged - valid} not.\n"


def _report(report: Report) -> Iterator[str]:
    yield f"{plain(report.input.name)}: {report.verdict} ({about(report)})"
    if report.verdict == "unclear":
        yield "  The judgement was interrupted; what follows is what was found until then."
    if report.by_code:
        yield "  What to do:"
        yield from (f"    {advice(code)}  [{code}, {count}x]" for code, count in sorted(report.by_code.items()))
        yield "  What is wrong, and where:"
        yield from (f"    {line}" for finding in report.findings[:SHOWN] for line in _finding(finding))
    hidden = report.total - min(len(report.findings), SHOWN)
    if hidden:
        yield f"    ... and {hidden} more; --format json lists them."


def _finding(finding: Finding) -> Iterator[str]:
    """The record first, then the words, then every place; the code last."""
    mark = "" if finding.severity == "error" else "Warning: "
    yield f"{whose(finding)}: {mark}{plain(finding.text)}  [{finding.code}]"
    yield from (f"    at {plain(location)}" for location in finding.locations)
