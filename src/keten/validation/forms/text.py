"""Text: the form for people. Per input the verdict, then per problem what to do, then client by client where."""

from collections.abc import Iterable, Iterator

from keten.core.plain import plain
from keten.validation.advising import to_do
from keten.validation.findings import Finding
from keten.validation.forms.wording import about, whose
from keten.validation.report import Report

SHOWN = 50
"""Findings shown per input; a person who needs more asks for another form."""


def render(reports: Iterable[Report]) -> Iterator[str]:
    """A block per input, then how many there were, if more than one, and what could not be judged."""
    judged = valid = 0
    not_judged: set[str] = set()
    for report in reports:
        judged += 1
        valid += report.verdict == "valid"
        not_judged.update(report.not_judged)
        yield from (f"{line}\n" for line in _report(report))
    if judged > 1:
        yield f"{judged} messages: {valid} valid, {judged - valid} not.\n"
    if not_judged:
        yield f"Not judged: {', '.join(sorted(not_judged))}; --format json says why.\n"


def _report(report: Report) -> Iterator[str]:
    yield f"{plain(report.input.name)}: {report.verdict} ({about(report)})"
    if report.verdict == "unclear":
        yield "  The judgement was interrupted; what follows is what was found until then."
    shown = report.findings[:SHOWN]
    for code, count in report.by_code.items():
        yield from _problem(code, count, [finding for finding in shown if finding.code == code])
    hidden = report.total - len(shown)
    if hidden:
        yield f"  ... and {hidden} more; --format json lists them."


def _problem(code: str, count: int, shown: list[Finding]) -> Iterator[str]:
    """What to do, and the code; then finding by finding the record, what is wrong if that differs, and the places."""
    words = to_do(code, shown)
    yield f"  {plain(words)}  [{code}, {count}x]"
    for finding in shown:
        mark = "" if finding.severity == "error" else " (a warning)"
        said = "" if finding.text == words else f": {plain(finding.text)}"
        yield f"    {whose(finding)}{mark}{said}"
        yield from (f"        at {plain(location)}" for location in finding.locations)
