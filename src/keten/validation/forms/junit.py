"""JUnit: for build servers. A suite per input; in it a case per code that was found, or one that passed."""

from collections.abc import Iterable, Iterator

from keten.validation.advising import to_do
from keten.validation.findings import Finding
from keten.validation.forms.wording import about, attribute, whose, xml_text
from keten.validation.report import Report


def render(reports: Iterable[Report]) -> Iterator[str]:
    """One document."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="keten validate">\n'
    for report in reports:
        yield from _suite(report)
    yield "</testsuites>\n"


def _suite(report: Report) -> Iterator[str]:
    name, unclear = attribute(report.input.name), int(report.verdict == "unclear")
    failed = len(report.by_code)
    tests = failed + unclear or 1
    numbers = f'tests="{tests}" failures="{failed}" errors="{unclear}" skipped="0" time="{report.seconds:.3f}"'
    yield f"<testsuite name={name} {numbers}>\n"
    if unclear:
        yield f'<testcase classname={name} name="verdict"><error message="The judgement was interrupted."/></testcase>\n'
    elif not failed:
        yield f"<testcase classname={name} name={attribute(about(report))}/>\n"
    for code, count in sorted(report.by_code.items()):
        found = [finding for finding in report.findings if finding.code == code]
        yield f"<testcase classname={name} name={attribute(code)}>\n"
        yield f"<failure type={attribute(code)} message={attribute(f'{count}x. {to_do(code, found)}')}>"
        yield from (f"\n{xml_text(_line(one))}" for one in found)
        yield "\n</failure>\n</testcase>\n"
    yield "</testsuite>\n"


def _line(finding: Finding) -> str:
    return f"{whose(finding)}: {finding.text} {' '.join(finding.locations)}".rstrip()
