"""A release from its data: later schema versions by their differences, and data that does not hold together."""

from typing import Any

import pytest

from keten.standard import load
from keten.standard.assembling import amend
from keten.standard.notation import BadNotation
from tests.unit.standard.making import release


def content() -> dict[str, Any]:
    """Data as the files hold it."""
    return {
        "types": {"LDT_A": "string codes", "LDT_B": "string"},
        "codes": {"LDT_A": {"1": "een", "2": "twee"}},
        "structures": {"CDT_S": {"X": "LDT_B"}},
        "messages": {"ABC1": {"Root": {"A": "LDT_A"}, "Los": {"B": "LDT_B"}}},
    }


def test_a_difference_puts_in_place_what_became_otherwise() -> None:
    """Types, structures and classes stand in it as they became, codes one by one."""
    amended = content()
    change = {
        "types": {"LDT_B": "date", "LDT_C": "string codes"},
        "codes": {"LDT_A": {"2": "TWEE", "3": "drie"}, "LDT_C": {"9": "negen"}},
        "structures": {"CDT_T": {"Y": "LDT_C"}},
        "messages": {"ABC1": {"Root": {"A?": "LDT_A"}}, "ABC2": {"Root": {"C": "LDT_C"}}},
    }
    amend(amended, change)
    assert amended == {
        "types": {"LDT_A": "string codes", "LDT_B": "date", "LDT_C": "string codes"},
        "codes": {"LDT_A": {"1": "een", "2": "TWEE", "3": "drie"}, "LDT_C": {"9": "negen"}},
        "structures": {"CDT_S": {"X": "LDT_B"}, "CDT_T": {"Y": "LDT_C"}},
        "messages": {"ABC1": {"Root": {"A?": "LDT_A"}, "Los": {"B": "LDT_B"}}, "ABC2": {"Root": {"C": "LDT_C"}}},
    }


def test_null_takes_away() -> None:
    """What a difference gives as null is there no longer."""
    amended = content()
    amend(amended, {"types": {"LDT_B": None}, "codes": {"LDT_A": {"1": None}}, "messages": {"ABC1": {"Los": None}}})
    assert amended["types"] == {"LDT_A": "string codes"}
    assert amended["codes"] == {"LDT_A": {"2": "twee"}}
    assert amended["messages"] == {"ABC1": {"Root": {"A": "LDT_A"}}}


def test_what_is_not_there_cannot_be_taken_away() -> None:
    """A difference that does not fit what it is a difference of is refused."""
    with pytest.raises(BadNotation, match=r"LDT_X is taken away, but it is not there\."):
        amend(content(), {"types": {"LDT_X": None}})


@pytest.mark.parametrize(
    ("structures", "classes", "message"),
    [
        ("{}", "Root: {A: Tekst, B: Weg}", r"ABC1/Root/B: there is no type Weg\."),
        ("{S: {X: Weg}}", "Root: {A: S}", r"S/X: there is no type Weg\."),
    ],
)
def test_every_type_must_exist(structures: str, classes: str, message: str) -> None:
    """An element of a type that is no simple type, structure or class is refused, with its place."""
    with pytest.raises(BadNotation, match=message):
        release(structures=structures, messages={"ABC1": classes})


def test_a_later_schema_version_leaves_the_earlier_one_as_it_was() -> None:
    """Each schema version is a release of its own, whatever was read before."""
    assert "LDT_HuisnummerToevoeging" in load("2.0@1.4").types
    patterns = [load(f"2.0@{version}").types["LDT_HuisnummerToevoeging"].patterns for version in ("1.3", "1.4", "1.3")]
    assert patterns == [(r".*[^\s].*", "([A-Z0-9])+"), (r".*[^\s].*",), (r".*[^\s].*", "([A-Z0-9])+")]
