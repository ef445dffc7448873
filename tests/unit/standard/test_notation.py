"""The notation of the release data: what a line means, and what is said of one that means nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.standard import Element, SimpleType
from keten.standard.notation import BadNotation, read_class, read_type


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("string", {}),
        ("date [^:Z]*", {"base": "date", "patterns": ("[^:Z]*",)}),
        ("string 1..4", {"min_length": 1, "max_length": 4}),
        ("string ..4", {"max_length": 4}),
        ("string 1.. x+ y+", {"min_length": 1, "patterns": ("x+", "y+")}),
        ("integer 0..99", {"base": "integer", "minimum": 0, "maximum": 99}),
    ],
)
def test_a_line_of_a_type(line: str, expected: dict[str, Any]) -> None:
    """A base, then perhaps bounds (of the length of a text, of the value of an integer) and patterns."""
    assert read_type("T", line) == SimpleType("T", **{"base": "string", **expected})


def test_a_coded_type() -> None:
    """A type whose line ends in `codes` takes the codes that are listed for it."""
    assert read_type("T", "string ..1 codes", {"1": "Ja"}).codes == {"1": "Ja"}


@pytest.mark.parametrize(
    ("key", "line", "expected"),
    [
        ("A", "T", Element("A", "T")),
        ("A?", "T", Element("A", "T", optional=True)),
        ("A*", "T", Element("A", "T", repeats=True)),
        ("A?*", "T x+", Element("A", "T", optional=True, repeats=True, patterns=("x+",))),
    ],
)
def test_a_line_of_an_element(key: str, line: str, expected: Element) -> None:
    """A name with its cardinality, a type, and what narrows it in place."""
    assert read_class("K", {key: line}) == (expected,)


@given(st.from_regex(r"[A-Z]\w{0,8}", fullmatch=True), st.booleans(), st.booleans())
def test_the_marks_of_a_name_are_its_cardinality(name: str, optional: bool, repeats: bool) -> None:  # noqa: FBT001 as drawn
    """Whatever the name, ? and * say whether it may be absent and may repeat."""
    key = name + "?" * optional + "*" * repeats
    assert read_class("K", {key: "T"}) == (Element(name, "T", optional, repeats),)


@pytest.mark.parametrize(
    ("line", "codes", "message"),
    [
        ("text ..4", {}, "T: 'text' is no base type; there are string, integer, date, time."),
        ("string codes", {}, "T: 'codes' must stand in types.yaml exactly when codes.yaml lists them."),
        ("string", {"1": "Ja"}, "T: 'codes' must stand in types.yaml exactly when codes.yaml lists them."),
    ],
)
def test_a_wrong_line_of_a_type(line: str, codes: dict[str, str], message: str) -> None:
    """The error names the type and what is wrong with its line."""
    with pytest.raises(BadNotation) as caught:
        read_type("T", line, codes)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("key", "line", "message"),
    [
        ("A*?", "T", "K: 'A*?' is not NAME, NAME?, NAME* or NAME?*."),
        ("A B", "T", "K: 'A B' is not NAME, NAME?, NAME* or NAME?*."),
        ("A", None, "K/A: None is no type."),
        ("A", 12, "K/A: 12 is no type."),
    ],
)
def test_a_wrong_line_of_an_element(key: str, line: Any, message: str) -> None:  # noqa: ANN401 as YAML has it
    """The error names the class and the element."""
    with pytest.raises(BadNotation) as caught:
        read_class("K", {key: line})
    assert str(caught.value) == message
    assert "docs/standard.md" in caught.value.hint
