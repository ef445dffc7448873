"""The standard as plain data for programs."""

import json as library
from typing import Any

import pytest

from keten.standard import load, load_versions
from keten.standard.differences import concerning, differences
from keten.standard.forms import json


def parsed(data: json.Data | list[json.Data]) -> Any:  # noqa: ANN401 as JSON is
    """What a program reads back."""
    return library.loads(json.write(data))


def test_the_list_of_releases() -> None:
    """Per release its days of use and its schema versions; no days in force for one that never counted."""
    (release,) = parsed(json.listing([load_versions("2.0")]))
    assert (release["release"], release["follows"], release["messageCount"]) == ("2.0", "1.2", 22)
    assert release["inUse"] == {"from": "2018-04-03", "until": "2019-12-31", "days": 638}
    assert release["schemas"][0] == {"version": "1.2", "published": "2017-12-19", "inForce": None}
    assert release["schemas"][1]["inForce"] == {"from": "2018-04-03", "until": "2018-04-17", "days": 15}


def test_an_open_end_is_null() -> None:
    """Of a release that is still in use neither the last day nor their number is known."""
    assert parsed(json.release(load("2.2")))["inUse"] == {"from": "2021-01-01", "until": None, "days": None}


def test_a_message() -> None:
    """Its place in the chain, and its elements within each other."""
    message = parsed(json.message(load("2.0"), "CA317"))
    assert (message["from"], message["to"], message["answeredBy"]) == ("zorgkantoor", "cak", "CA318")
    header, clients = message["root"]["elements"]
    assert header["elements"][0] == {
        "name": "BerichtCode",
        "cardinality": "1",
        "type": "LDT_BerichtCode",
        "patterns": ["406"],
        "value": "406",
    }
    assert clients["elements"][0]["cardinality"] == "1..*"


def test_a_simple_type() -> None:
    """What narrows it and where it is used."""
    kind = parsed(json.simple_type(load("2.0"), "LDT_JaNee"))
    assert (kind["base"], kind["maxLength"], kind["codes"]) == ("string", 1, {"1": "Ja", "2": "Nee"})
    assert "minLength" not in kind
    assert {"in": "Client", "element": "Partneropname", "messages": ["AW33", "AW34"]} in kind["usedIn"]


def test_a_structure() -> None:
    """Its elements and where it is used."""
    structure = parsed(json.structure(load("2.0"), "CDT_Huis"))
    assert structure["elements"][0]["name"] == "Huisnummer"
    assert structure["usedIn"] == [{"in": "CDT_Adres", "element": "Huis", "messages": []}]


def test_the_differences() -> None:
    """Each with its kind, what changed, and the messages; what a change does not have is left out."""
    found = parsed(json.overview(differences(load("2.1"), load("2.2"))))
    assert (found["old"], found["new"], found["equal"]) == ("2.1@1.2", "2.2@1.0", False)
    assert found["structures"] == []
    assert {
        "class": "GeleverdZorgzwaartepakket",
        "change": "added",
        "element": {"name": "Behandeling", "cardinality": "0..1", "type": "LDT_JaNee"},
        "after": "Leveringsvorm",
        "messages": ["AW35", "AW36", "ZK35", "ZK36"],
    } in found["classes"]
    assert {"type": "LDT_Leveringsvorm", "change": "code added", "code": "9", "name": "Verkeerde bed (VKB)"} in found[
        "types"
    ]
    assert all(change["used"] is False for change in found["classes"] if "used" in change)
    assert {"type": "LDT_Besluitnummer", "change": "appeared"} in found["types"]


@pytest.mark.parametrize(("message", "equal"), [("AW33", True), ("ZK31", False)])
def test_one_message_alone(message: str, equal: bool) -> None:  # noqa: FBT001 as pytest hands it
    """Equal or not is said of that message."""
    found = parsed(json.overview(concerning(differences(load("2.0@1.8"), load("2.0@1.9")), message)))
    assert (found["message"], found["equal"]) == (message, equal)
