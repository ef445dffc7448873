"""Text: the form for people. Per input the verdict, then per finding what is wrong, then where, then the code."""

from collections.abc import Sequence

from keten.validation.findings import Finding
from keten.validation.report import Report

SHOWN = 50
"""Findings shown per input; a person who needs more asks for another form."""


def render(reports: Sequence[Report]) -> str:
    """A block per input, and a closing line for more than one."""
    blocks = [_report(report) for report in reports]
    if len(reports) > 1:
        invalid = sum(report.verdict != "valid" for report in reports)
        blocks.append(f"{len(reports)} messages: {len(reports) - invalid} valid, {invalid} not.")
    return "\n".join(blocks)


def _report(report: Report) -> str:
    what = (
        f"{report.message} {report.release}, schema {report.schema_version}" if report.message else "no known message"
    )
    head = f"{report.input.name}: {report.verdict} ({what}, {report.clients} clients)"
    lines = [f"  {line}" for finding in report.findings[:SHOWN] for line in _finding(finding)]
    hidden = report.total - min(len(report.findings), SHOWN)
    if hidden:
        lines.append(f"  ... and {hidden} more; --format json lists them.")
    return "\n".join([head, *lines])


def _finding(finding: Finding) -> list[str]:
    where = finding.locations[0] if finding.locations else "the message as a whole"
    return [finding.text, f"    at {where}  [{finding.code}]"]
