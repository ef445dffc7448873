"""Reports made for the tests, and a form as one text."""

from collections import Counter
from datetime import date

from keten.validation import Finding, Report
from keten.validation.forms import FORMS
from keten.validation.report import Input, Verdict

HEADER = {
    "BerichtCode": "352",
    "BerichtVersie": "5",
    "BerichtSubversie": "0",
    "BerichtIdentificatie/Identificatie": "B1",
    "BerichtIdentificatie/Dagtekening": "2018-04-03",
}
HOSTILE = "in/<b>&\"'\x1b[31m\u202e\udcff]]>{{ 7*7 }}.xml"
"""A name that a screen, a parser or a template might act on."""


def finding(number: int = 1, *, code: str = "XSD") -> Finding:
    """A finding about a client."""
    return Finding(code, "structure", f"Wrong {number}.", number, (f"/Bericht/Clienten/Client[{number}]/X",))


def report(
    *findings: Finding,
    total: int | None = None,
    name: str = "in/a.xml",
    message: str | None = "AW33",
    release: str = "2.0",
    verdict: Verdict | None = None,
    day: date | None = None,
) -> Report:
    """A report with these findings listed, of a total with the code XSD."""
    codes = dict(Counter(one.code for one in findings)) if total is None else {"XSD": total}
    return Report(
        input=Input(name, 10, "ab" * 32, "B1", "2018-04-03", HEADER if message else {}),
        release=release if message else None,
        schema_version="1.3" if message else None,
        message=message,
        verdict=verdict or ("invalid" if codes else "valid"),
        findings=findings,
        by_code=codes,
        clients=7,
        truncated=sum(codes.values()) > len(findings),
        seconds=0.12345,
        day=day,
    )


def rendered(form: str, *reports: Report) -> str:
    """Reports in a form, as one text."""
    return "".join(FORMS[form](reports))
