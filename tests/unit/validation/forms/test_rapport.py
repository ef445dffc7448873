"""The sector's own form."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from keten.validation import Finding, Report
from keten.validation.forms.rapport import NAMESPACE
from tests.unit.validation.forms.making import HOSTILE, finding, rendered, report

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[3] / "cases" / "validation" / "rapport.xsd"))
ODD = Finding("XSD", "structure", "<x> & \x00 ]]> does not belong.", None, ("/Bericht/\x01<y>",))
REPORTS = {
    "valid": report(),
    "with findings": report(finding(1), finding(2)),
    "of a finding without a place": report(Finding("XML", "xml", "It is empty."), message=None),
    "of hostile input": report(ODD, name=HOSTILE),
    "with a rule set": report(finding(code="CD050"), release="2.2"),
    "interrupted": report(verdict="unclear"),
    "cut off": report(finding(), total=12),
}


@pytest.mark.parametrize("one", REPORTS.values(), ids=REPORTS.keys())
def test_it_has_the_form_of_the_sector(one: Report) -> None:
    """Whatever was found."""
    SCHEMA.assertValid(_tree(one))


@pytest.mark.parametrize(
    ("one", "caveat"),
    [
        (report(verdict="unclear"), "The judgement was interrupted."),
        (report(finding(), total=12), "Only the first 1 of 12 findings are listed."),
    ],
)
def test_a_comment_says_that_there_is_more(one: Report, caveat: str) -> None:
    """Whoever reads it must not take a part for all."""
    assert [str(node.text).strip() for node in _tree(one).iter(etree.Comment)] == [caveat]


def test_white_space_around_a_text_of_the_header_is_left_out() -> None:
    """As the types of the form take it away."""
    one = report()
    header = {name: f"\n {text}\t" for name, text in one.input.header.items()}
    padded = replace(one, input=replace(one.input, header=header, identificatie=" B1"))
    assert rendered("rapport", padded) == rendered("rapport", one)


def _tree(one: Report) -> etree._Element:
    return etree.fromstring(rendered("rapport", one).encode())


def test_it_says_what_was_found_and_where() -> None:
    """The header as the message has it, and a Fout per finding."""
    two = Finding("TR016", "rule", "It ends late.", 2, ("/Bericht/A", "/Bericht/B[2]"), return_code="9016")
    root = _tree(report(two, release="2.1"))
    texts = [(etree.QName(one).localname, one.text) for one in root.iter() if not len(one)]
    assert root.tag == f"{{{NAMESPACE}}}Rapport"
    assert texts == [
        ("BerichtCode", "352"),
        ("BerichtVersie", "5"),
        ("BerichtSubversie", "0"),
        ("Identificatie", "B1"),
        ("Dagtekening", "2018-04-03"),
        ("XSLTVersie", "1.9.21"),
        ("Code", "TR016"),
        ("Retourcode", "9016"),
        ("Locatie", "/Bericht/A"),
        ("Locatie", "/Bericht/B[2]"),
        ("Details", "It ends late."),
    ]
