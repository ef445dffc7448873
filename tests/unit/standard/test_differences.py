"""The differences between releases: complete, told once, and those that the published change lists name."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from keten.standard import Element, Release, SimpleType, load, load_versions, release_ids
from keten.standard.changes import Added, Altered, Appeared, Disappeared, Moved, Removed, Renamed
from keten.standard.differences import Difference, Differences, concerning, differences
from keten.standard.forms import json
from tests.unit.standard import applying
from tests.unit.standard.making import release

CASES = Path(__file__).parents[2] / "cases" / "standard"
FACTS: list[dict[str, Any]] = tomllib.loads((CASES / "differences.toml").read_text(encoding="utf-8"))["fact"]

VERSIONS = [version.reference for release_id in release_ids() for version in load_versions(release_id)]
STEPS = [*pairwise(VERSIONS), *pairwise(reversed(VERSIONS)), ("1.2", "2.2"), ("2.2", "1.2")]


@cache
def found_between(old: str, new: str) -> Differences:
    """The differences between two releases, found once for all tests."""
    return differences(load(old), load(new))


@pytest.mark.parametrize(("old", "new"), STEPS, ids=map("-".join, STEPS))
def test_the_differences_make_the_new_release_of_the_old(old: str, new: str) -> None:
    """Nothing is missed: applied to all classes, structures and types of the old release they give those of the new."""
    was, now = load(old), load(new)
    found = found_between(old, new)
    assert unordered(applying.classes(was.structures, found.structures)) == unordered(now.structures)
    assert plain(applying.types(was.types, now.types, found.types)) == plain(now.types)
    for name in was.messages.keys() & now.messages.keys():
        changes = [difference for difference in found.classes if name in difference.messages]
        assert unordered(applying.classes(known(was, now, name), changes)) == unordered(known(now, was, name)), name


def known(release: Release, other: Release, name: str) -> dict[str, tuple[Element, ...]]:
    """The classes of a message that count: those in use, and those that neither release uses."""
    message, counterpart = release.messages[name], other.messages[name]
    idle = counterpart.classes_in_use - message.classes_in_use
    return {name: elements for name, elements in message.classes.items() if name not in idle}


def unordered(classes: Mapping[str, Iterable[Element]]) -> dict[str, list[Element]]:
    """Classes with the patterns of each element sorted: all of them must match, so their order says nothing."""
    return {
        name: [replace(element, patterns=tuple(sorted(element.patterns))) for element in elements]
        for name, elements in classes.items()
    }


def plain(types: Mapping[str, SimpleType]) -> dict[str, SimpleType]:
    """Types with their patterns sorted, for the same reason."""
    return {name: replace(kind, patterns=tuple(sorted(kind.patterns))) for name, kind in types.items()}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['old']}-{fact['new']}: {fact['says']}")
def test_a_published_change_is_told(fact: dict[str, Any]) -> None:
    """What the change lists of the standard name is found, and what they exclude is not."""
    found = json.overview(found_between(fact["old"], fact["new"]))
    entries = [entry for part in ("messages", "structures", "classes", "types") for entry in found[part]]
    for wanted in fact.get("told", []):
        assert any(is_told(wanted, entry) for entry in entries), wanted
    for unwanted in fact.get("untold", []):
        assert [entry for entry in entries if is_told(unwanted, entry)] == []


def is_told(wanted: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Whether an entry of the overview says what is wanted, and perhaps more."""
    return all(says(entry, aspect, value) for aspect, value in wanted.items())


def says(entry: dict[str, Any], aspect: str, value: Any) -> bool:  # noqa: ANN401 as TOML has it
    """Whether an entry says this of one aspect: an element by its name, at least these messages."""
    if aspect in {"cardinality", "patterns"}:
        return bool(entry["element"].get(aspect) == value)
    said = entry.get(aspect)
    if aspect == "messages":
        return set(value) <= set(said or [])
    return bool((said["name"] if isinstance(said, dict) else said) == value)


@pytest.mark.parametrize(("old", "new"), STEPS, ids=map("-".join, STEPS))
def test_a_change_is_told_once(old: str, new: str) -> None:
    """A change that is the same in several messages stands there once, with all of them, each once."""
    found = found_between(old, new)
    for part in (found.messages, found.classes, found.structures, found.types):
        assert len({(difference.name, difference.change) for difference in part}) == len(part)
        assert all(len(set(difference.messages)) == len(difference.messages) for difference in part)


def test_the_rules_find_the_renames_and_moves_that_there_were() -> None:
    """Going forward, these and no others: the rules see no likeness where there is none."""
    forward = [found_between(old, new) for old, new in (*pairwise(VERSIONS), ("1.2", "2.2"))]
    told = [difference for found in forward for difference in (*found.classes, *found.structures)]
    renames = {
        (each.name, each.change.old.name, each.change.new.name) for each in told if isinstance(each.change, Renamed)
    }
    assert renames == {
        ("CDT_Achternaam", "Naam", "Achternaam"),
        ("Beperking", "Beperking", "Categorie"),
        ("Client", "Bopz", "Wzd"),
        ("Aanvraag", "AanvraagFuncties", "AanvraagInstellingen"),
    }
    went = {
        (each.name, each.change.element.name, each.change.target) for each in told if isinstance(each.change, Removed)
    }
    came = {
        (each.change.origin, each.change.element.name, each.name) for each in told if isinstance(each.change, Added)
    }
    moves = {move for move in went | came if None not in move}
    assert moves == {
        ("AanvraagZorgzwaartepakket", "ZzpCode", "Aanvraag"),
        ("AanvraagZorgzwaartepakket", "Leveringsvorm", "Aanvraag"),
        ("MutatieZorgzwaartepakket", "Aanvraag", "Aanvragen"),
        ("Clienten", "Client", "Root"),
    }
    assert not any(isinstance(each.change, Moved) for each in told)


@pytest.mark.parametrize("reference", VERSIONS)
def test_a_release_does_not_differ_from_itself(reference: str) -> None:
    """Nothing is found where nothing changed."""
    assert not differences(load(reference), load(reference))


def compared(old: Release, new: Release) -> list[Difference]:
    """All differences in the classes of the messages."""
    return list(differences(old, new).classes)


def test_an_element_that_went_and_came_in_one_other_class_moved() -> None:
    """Both sides say so: the class that it left, and the class to which it came."""
    old = release(messages={"ABC1": "{Root: {A: Een, B: Twee}, Een: {Datum: Tekst, X: Tekst}, Twee: {Y: Tekst}}"})
    new = release(messages={"ABC1": '{Root: {A: Een, B: Twee}, Een: {X: Tekst}, Twee: {Y: Tekst, "Datum?": Tekst}}'})
    assert compared(old, new) == [
        Difference("Een", Removed(Element("Datum", "Tekst"), target="Twee"), ("ABC1",)),
        Difference("Twee", Added(Element("Datum", "Tekst", optional=True), after="Y", origin="Een"), ("ABC1",)),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{Root: {A: Een, B: Twee}, Een: {Datum: Tekst}, Twee: {Datum: Tekst, Y: Tekst}}", "{Root: {Datum: Tekst}}"),
        ("{Root: {A: Een}, Een: {Datum: Tekst}}", "{Root: {A: Een, Datum: Getal}, Een: {X: Getal}}"),
        ("{Root: {A: Een}, Een: {Datum: Tekst}}", "{Root: {A: Twee}, Twee: {Datum: Tekst}}"),
    ],
    ids=["from two classes", "with another type", "from a class that is gone to one that is new"],
)
def test_otherwise_it_did_not_move(old: str, new: str) -> None:
    """A move is told only where there is one candidate, of the same type, and one of the classes lasts."""
    types = "{Tekst: string, Getal: integer}"
    found = compared(*(release(types=types, messages={"ABC1": text}) for text in (old, new)))
    changes = [difference.change for difference in found]
    assert not any(isinstance(change, Removed) and change.target for change in changes)
    assert not any(isinstance(change, Added) and change.origin for change in changes)


def test_a_class_without_use_is_told_as_such() -> None:
    """A class that no element is of takes no part in moves; that it is listed no more, or in use now, is told."""
    old = release(messages={"ABC1": "{Root: {X: Tekst}, Leeg: {Y: Tekst}, Slaapt: {Z: Tekst}}"})
    new = release(messages={"ABC1": "{Root: {X: Tekst, Y: Tekst, A: Slaapt}, Slaapt: {Z: Tekst}}"})
    assert compared(old, new) == [
        Difference("Root", Added(Element("Y", "Tekst"), "X"), ("ABC1",)),
        Difference("Root", Added(Element("A", "Slaapt"), "Y"), ("ABC1",)),
        Difference("Leeg", Disappeared(used=False), ("ABC1",)),
        Difference("Leeg", Removed(Element("Y", "Tekst")), ("ABC1",)),
        Difference("Slaapt", Appeared(), ("ABC1",)),
        Difference("Slaapt", Added(Element("Z", "Tekst"), None), ("ABC1",)),
    ]


def test_the_place_of_a_message_in_the_chain_is_compared() -> None:
    """Who sends what to whom, what answers it and how soon: each aspect is told with the messages that share it."""
    written = {"ABC1": "Root: {X: Tekst}", "ABC2": "Root: {X: Tekst}"}
    old = release(messages=written)
    sent = {"from": "cak", "to": "ciz"}
    new = release(messages=written, flows={"ABC1": {**sent, "answer_within_workdays": 2}, "ABC2": sent})
    assert differences(old, new).messages == (
        Difference("", Altered("", "sender", "ciz", "cak"), ("ABC1", "ABC2")),
        Difference("", Altered("", "receiver", "zorgkantoor", "ciz"), ("ABC1", "ABC2")),
        Difference("", Altered("", "working days to answer", None, "2"), ("ABC1",)),
    )


def test_messages_come_and_go() -> None:
    """Of a message that only one of the releases has, nothing more is told than that."""
    old = release(messages={"ABC1": "Root: {X: Tekst}", "ABC2": "Root: {X: Tekst}"})
    new = release(messages={"ABC1": "Root: {X: Tekst}", "ABC3": "Root: {X: Tekst}"})
    found = differences(old, new)
    assert {difference.change: difference.messages for difference in found.messages} == {
        Disappeared(): ("ABC2",),
        Appeared(): ("ABC3",),
    }
    assert found.classes == ()


def test_what_concerns_one_message() -> None:
    """Its own changes, and those of the types and structures that it uses; nothing of others."""
    found = concerning(differences(load("2.1"), load("2.2")), "CA317")
    assert [difference.change for difference in found.classes] == [
        Altered("BerichtSubversie", "pattern", "1", "2"),
        Removed(Element("Geboortedatum", "CDT_Geboortedatum")),
    ]
    assert {difference.messages for difference in (*found.messages, *found.classes)} == {("CA317",)}
    assert {difference.name for difference in found.types} == {"LDT_Leveringsvorm"}
    structures = concerning(found_between("2.0", "2.1"), "AW35").structures
    assert {difference.name for difference in structures} == {"CDT_XsdVersie"}
    assert not concerning(differences(load("2.0@1.8"), load("2.0@1.9")), "AW33")
