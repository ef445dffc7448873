"""Rapport: the sector's own form in XML, one document per message; what it has no element for stands in a comment."""

from collections.abc import Iterable, Iterator

from keten.standard import Release
from keten.validation.dating import DAGTEKENING
from keten.validation.findings import Finding
from keten.validation.forms.wording import caveats, xml_text
from keten.validation.reply_texts import says
from keten.validation.report import Report

NAMESPACE = "http://www.istandaarden.nl/validatie/1_1/rapport/schema"
WHOLE_MESSAGE = f"/{Release.root_element}"
"""Where a finding lies that has no place: the form wants at least one."""


def render(reports: Iterable[Report]) -> Iterator[str]:
    """A document for each report; more than one are for files of their own."""
    for report in reports:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Rapport xmlns="{NAMESPACE}">\n'
        yield from _header(report)
        yield from (f"<!-- {caveat} -->\n" for caveat in caveats(report))
        yield "<Fouten>\n"
        yield from map(_fout, report.findings)
        yield "</Fouten>\n</Rapport>\n"


def _header(report: Report) -> Iterator[str]:
    """What the header of the message says, without white space around it; nothing where it says nothing."""
    header = {name: text.strip() for name, text in report.input.header.items()}
    yield "<Header>\n"
    yield from (_element(name, header.get(name, "")) for name in ("BerichtCode", "BerichtVersie", "BerichtSubversie"))
    identificatie = _element("Identificatie", (report.input.identificatie or "").strip())
    yield f"<BerichtIdentificatie>\n{identificatie}{_element('Dagtekening', header.get(DAGTEKENING, ''))}"
    yield "</BerichtIdentificatie>\n"
    rule_set = says()["rule_sets"].get(report.release)
    yield _element("XSLTVersie", rule_set) if rule_set else ""
    yield "</Header>\n"


def _fout(finding: Finding) -> str:
    parts = [
        _element("Code", finding.code),
        _element("Retourcode", finding.return_code) if finding.return_code else "",
        *(_element("Locatie", location) for location in finding.locations or (WHOLE_MESSAGE,)),
        _element("Details", finding.text),
    ]
    return f"<Fout>\n{''.join(parts)}</Fout>\n"


def _element(name: str, text: str) -> str:
    return f"<{name}>{xml_text(text)}</{name}>\n"
