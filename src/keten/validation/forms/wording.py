"""Words that several forms share, safe to show whatever a file is called."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from keten.core.plain import plain
from keten.validation.findings import Finding
from keten.validation.report import Report


def xml_text(text: str) -> str:
    """A text as it stands in XML."""
    return escape(plain(text))


def attribute(text: str) -> str:
    """A text as the value of an attribute, with its quotes."""
    return quoteattr(plain(text))


def about(report: Report) -> str:
    """Which message it is, by which schema it was judged, and how large it is."""
    if report.message is None:
        return "no known message"
    clients = "1 client" if report.clients == 1 else f"{report.clients} clients"
    day = f", as of {report.day}" if report.day else ""
    return f"{report.message} {report.release}, schema {report.schema_version}{day}, {clients}"


def caveats(report: Report) -> Iterator[str]:
    """What a reader must know before taking the findings for all there is."""
    if report.verdict == "unclear":
        yield "The judgement was interrupted."
    if report.truncated:
        yield f"Only the first {len(report.findings)} of {report.total} findings are listed."


def whose(finding: Finding) -> str:
    """The record key: which client it is about."""
    return "the message" if finding.client is None else f"client {finding.client}"
