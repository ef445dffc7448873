"""The overview of changes as people read it."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from keten.standard import Release, load
from keten.standard.differences import concerning, differences
from keten.standard.forms import overview
from keten.standard.forms.places import Places
from tests.unit.standard.making import release

CASES = Path(__file__).parents[3] / "cases" / "standard"
FACTS: list[dict[str, Any]] = tomllib.loads((CASES / "differences.toml").read_text(encoding="utf-8"))["fact"]


def shown(old: Release, new: Release, message: str | None = None) -> list[str]:
    """The lines of the overview, without blanks at their ends and with single blanks between columns."""
    found = differences(old, new)
    console = Console(width=200, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(overview.render(found if message is None else concerning(found, message)))
    return [" ".join(line.split()) for line in captured.get().splitlines()]


def test_what_changed_in_a_small_release() -> None:
    """Title, then per kind of thing the changes under the name of what changed, with the messages that share them."""
    types = "{Tekst: string, Code: string codes, Weg: date}"
    old = release(
        types=types,
        codes="{Code: {'1': EÉN, '2': twee, '3': '', '4': ''}}",
        structures="{S: {A: Tekst}}",
        messages={"ABC1": "{Root: {A: S, C: Code, D: Weg}}", "ABC2": "{Root: {A: S, C: Code}}"},
    )
    new = release(
        types="{Tekst: string ..5, Code: string codes, Nieuw: integer}",
        codes="{Code: {'1': Een, '2': deux, '5': vijf, '6': '', '7': ''}}",
        structures="{S: {'A?': Tekst}, T: {N: Nieuw}}",
        messages={
            "ABC1": "{Root: {A: S, C: Code, K: K}, K: {T: T}}",
            "ABC3": "{Root: {A: S}}",
        },
    )
    assert shown(old, new) == [
        "From release 9.0 (schema 1.0) to release 9.0 (schema 1.0)",
        "",
        "Messages",
        "- ABC2 proef; CIZ → zorgkantoor",
        "+ ABC3 proef; CIZ → zorgkantoor",
        "",
        "Structures that all messages share",
        "S",
        "~ A required → optional",
        "T",
        "+ new structure",
        "+ N required Nieuw",
        "",
        "Classes of the messages",
        "Root",
        "- D required Weg all messages",
        "+ K required K, after C all messages",
        "K",
        "+ new class all messages",
        "+ T required T all messages",
        "",
        "Simple types",
        "Tekst",
        "~ length new: ..5",
        "Code",
        "~ 2 twee → deux",
        "+ 5 vijf",
        "~ 1 EÉN → Een",
        "- 2 codes gone 3, 4",
        "+ 2 new codes 6, 7",
        "Weg",
        "- type gone a date (yyyy-mm-dd)",
        "Nieuw",
        "+ new type a whole number",
    ]


def block(lines: Sequence[str], name: str) -> list[str]:
    """The lines under the name of a class, structure or type."""
    rest = list(lines[lines.index(name) + 1 :])
    ends = [number for number, line in enumerate(rest) if not line or " " not in line]
    return rest[: ends[0]] if ends else rest


def test_a_class_that_is_gone_in_some_messages_and_altered_in_others() -> None:
    """What went with the class is told with it, once; what changed in the others is told of those only."""
    kind = "{Root: {K: K}, K: {A: Tekst, B: Tekst}}"
    old = release(messages={"ABC1": kind, "ABC2": kind, "ABC3": kind})
    changed = "{Root: {K: K}, K: {A: Tekst}}"
    new = release(messages={"ABC1": "{Root: {A: Tekst}}", "ABC2": changed, "ABC3": changed})
    assert block(shown(old, new), "K") == ["- class gone A, B ABC1", "- B required Tekst ABC2 ABC3"]


def test_a_class_that_is_new_in_some_messages() -> None:
    """Its elements are told with it, without their places."""
    new = "{Root: {K: K}, K: {A: Tekst, B: Tekst}}"
    kinds = {"ABC1": "{Root: {X: Tekst}}", "ABC2": "{Root: {K: K}, K: {A: Tekst}}"}
    lines = shown(release(messages=kinds), release(messages={"ABC1": new, "ABC2": new}))
    assert block(lines, "K") == [
        "+ new class ABC1",
        "+ A required Tekst ABC1",
        "+ B required Tekst, after A all messages",
    ]


def test_changes_of_one_name_stand_together() -> None:
    """What happened to elements of one name in different messages is told in neighbouring lines."""
    old = release(messages={"ABC1": "{Root: {A: Tekst, B: Tekst}}", "ABC2": "{Root: {A: Tekst, 'B?': Tekst}}"})
    new = release(
        messages={"ABC1": "{Root: {Z: Tekst, A: Tekst, 'B*': Tekst}}", "ABC2": "{Root: {A: Tekst, 'B*': Tekst}}"}
    )
    assert block(shown(old, new), "Root") == [
        "+ Z required Tekst, first ABC1",
        "~ B required → one or more ABC1",
        "~ B optional → one or more ABC2",
    ]


def test_a_list_of_codes_that_is_gone_as_a_whole() -> None:
    """The codes are told together, also when they have names: the type takes any value now."""
    old = release(types="{Tekst: string codes}", codes="{Tekst: {'1': een, '2': twee}}")
    assert block(shown(old, release()), "Tekst") == ["- all 2 codes gone 1, 2"]


def test_one_message_alone() -> None:
    """Named in the title, and not again behind each change."""
    lines = shown(load("2.1"), load("2.2"), "CA317")
    assert lines[0] == "CA317, from release 2.1 (schema 1.2) to release 2.2 (schema 1.0)"
    assert block(lines, "Client") == ["- Geboortedatum required CDT_Geboortedatum"]
    assert block(lines, "LDT_Leveringsvorm") == ["+ 9 Verkeerde bed (VKB)"]


def test_nothing_to_tell() -> None:
    """One line says that nothing changed."""
    assert shown(load("2.0"), load("2.0")) == ["Release 2.0 (schema 1.9) and release 2.0 (schema 1.9) do not differ."]
    unchanged = shown(load("2.0@1.8"), load("2.0@1.9"), "AW33")
    assert unchanged == ["Release 2.0 (schema 1.8) and release 2.0 (schema 1.9) do not differ in AW33."]


@cache
def lines_between(old: str, new: str) -> list[str]:
    """The overview of two releases, made once for all tests."""
    return shown(load(old), load(new))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['old']}-{fact['new']}: {fact['says']}")
def test_a_published_change_can_be_read(fact: dict[str, Any]) -> None:
    """Every change that is known from the published change lists stands under the name of what changed."""
    lines = lines_between(fact["old"], fact["new"])
    for told in fact.get("told", []):
        name = next((told[kind] for kind in ("class", "structure", "type") if kind in told), "Messages")
        text = " ".join(block(lines, name))
        said = [told[key] for key in ("element", "code", "target", "origin") if key in told]
        assert all(each in text for each in said), told


def test_messages_are_named_in_few_words() -> None:
    """All, all replies, all but a few; else by name."""
    where = Places(differences(load("2.0"), load("2.1")))
    everything = list(load("2.0").messages)
    replies = [name for name in everything if load("2.0").messages[name].is_reply]
    assert where(["basisschema", *everything]) == "all messages and their common schema"
    assert where(everything) == "all messages"
    assert where(replies) == "all replies"
    assert where([name for name in everything if name not in replies]) == "all but the replies"
    assert where([name for name in everything if name not in ("AW317", "AW318")]) == "all but AW317 AW318"
    assert where(["AW33", "AW34"]) == "AW33 AW34"
    assert where([]) == ""
