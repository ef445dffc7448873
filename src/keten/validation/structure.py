"""Findings about structure: the reader's defects, in words that say what was expected."""

from keten.messages import Defect
from keten.standard.describing import describe, enumerate_choices
from keten.validation.findings import NOT_VALID, NOT_XML, Finding


def finding(defect: Defect, client_path: str) -> Finding:
    """The finding for a defect; `client_path` leads to the client that the defect concerns, if it concerns one."""
    xml = defect.kind in ("not xml", "forbidden")
    path = defect.path if defect.client is None else client_path + defect.path
    return Finding(
        code=NOT_XML if xml else NOT_VALID,
        layer="xml" if xml else "structure",
        text=words(defect),
        client=defect.client,
        locations=(path,) if path and not xml else (),
    )


def words(defect: Defect) -> str:
    """What is wrong, and what was expected instead. Never the value itself: it may be about a person."""
    if defect.kind in ("forbidden", "release"):
        return defect.detail
    if defect.kind == "not xml":
        where = f"Line {defect.line}: " if defect.line else ""
        return f"This is not well-formed XML. {where}{defect.detail}"
    if defect.kind in FOREIGN:
        return FOREIGN[defect.kind].format(name=defect.name)
    expected = _expected(defect)
    sentence = SENTENCES[defect.kind].format(name=defect.name)
    return f"{sentence} Expected: {expected}." if expected else sentence


def _expected(defect: Defect) -> str:
    if defect.expected:
        return enumerate_choices([*defect.expected])
    if defect.kind == "unexpected":
        return "no other element"
    return describe(defect.type) if defect.type else defect.detail


SENTENCES = {
    "value": "{name} has a value that is not allowed.",
    "missing": "{name} is missing.",
    "misplaced": "{name} stands in the wrong place.",
    "namespace": "{name} stands in the wrong namespace.",
    "unexpected": "{name} does not belong here.",
    "other": "{name} does not have the content that its type demands.",
}
"""What is wrong, by kind of defect; what was expected instead follows where it can be named."""

FOREIGN = {
    "text": "{name} holds text between its elements. Expected: elements only.",
    "attribute": "{name} has an attribute. Expected: none, the standard has no attributes.",
}
"""What no message may hold, whatever its type."""
