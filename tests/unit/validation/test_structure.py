"""Findings about structure say what is wrong, where, and what was expected; never what stood there."""

import pytest

from keten.messages import Defect
from keten.standard import load
from keten.validation.structure import FOREIGN, SENTENCES, finding, words

TYPES = load("2.0").types
CASES = {
    "value": (
        Defect("value", "/Geslacht", 3, "Geslacht", TYPES["LDT_JaNee"]),
        "Geslacht has a value that is not allowed. Expected: 1 (Ja) or 2 (Nee).",
    ),
    "missing": (Defect("missing", "", 3, "Bsn"), "Bsn is missing."),
    "misplaced": (
        Defect("misplaced", "/Bsn", 3, "Bsn", detail="before Naam"),
        "Bsn stands in the wrong place. Expected: before Naam.",
    ),
    "namespace": (
        Defect("namespace", "/Bsn", 3, "Bsn", detail="urn:its-own"),
        "Bsn stands in the wrong namespace. Expected: urn:its-own.",
    ),
    "unexpected": (
        Defect("unexpected", "/X", 3, "X", expected=("Bsn", "Naam", "Geslacht")),
        "X does not belong here. Expected: Bsn, Naam or Geslacht.",
    ),
    "unexpected at the end": (
        Defect("unexpected", "/X", 3, "X"),
        "X does not belong here. Expected: no other element.",
    ),
    "text": (Defect("text", "/Naam", 3, "Naam"), "Naam holds text between its elements. Expected: elements only."),
    "attribute": (
        Defect("attribute", "/Naam", 3, "Naam"),
        "Naam has an attribute. Expected: none, the standard has no attributes.",
    ),
    "attribute of a value": (
        Defect("attribute", "/Geslacht", 3, "Geslacht", TYPES["LDT_JaNee"]),
        "Geslacht has an attribute. Expected: none, the standard has no attributes.",
    ),
    "other": (Defect("other", "/Naam", 3, "Naam"), "Naam does not have the content that its type demands."),
    "forbidden": (Defect("forbidden", detail="It is too large."), "It is too large."),
    "release": (Defect("release", detail="It is a message of 2.1."), "It is a message of 2.1."),
    "not xml": (
        Defect("not xml", detail="Premature end of data.", line=7),
        "This is not well-formed XML. Line 7: Premature end of data.",
    ),
    "not xml at all": (Defect("not xml", detail="It is empty."), "This is not well-formed XML. It is empty."),
}


@pytest.mark.parametrize(("defect", "sentence"), CASES.values(), ids=CASES.keys())
def test_every_kind_of_defect_has_its_words(defect: Defect, sentence: str) -> None:
    """They are read by people who must act on them, and do not change between occurrences."""
    assert words(defect) == sentence


def test_the_sentences_are_those_of_the_kinds_that_need_one() -> None:
    """The other kinds bring their own words."""
    assert {defect.kind for defect, _ in CASES.values()} - {*SENTENCES, *FOREIGN} == {"forbidden", "release", "not xml"}


@pytest.mark.parametrize(
    ("kind", "code", "layer"), [("not xml", "XML", "xml"), ("forbidden", "XML", "xml"), ("value", "XSD", "structure")]
)
def test_the_code_says_on_which_layer_a_finding_lies(kind: str, code: str, layer: str) -> None:
    """XML that cannot be read, or a structure that is not that of the message; either way it is rejected."""
    found = finding(Defect(kind, "/Bsn", 2, "Bsn"), "/Bericht/Clienten/Client[2]")  # type: ignore[arg-type]
    assert (found.code, found.layer, found.severity, found.return_code) == (code, layer, "error", "0001")


def test_the_location_leads_from_the_document_to_the_element() -> None:
    """Through the client that it is about, if it is about one; what is not XML has no location."""
    client_path = "/Bericht/Clienten/Client[2]"
    assert finding(Defect("value", "/Bsn", 2, "Bsn"), client_path).locations == ("/Bericht/Clienten/Client[2]/Bsn",)
    assert finding(Defect("value", "/Bericht/Header", None, "Header"), client_path).locations == ("/Bericht/Header",)
    assert finding(Defect("not xml", client=2), client_path).locations == ()
