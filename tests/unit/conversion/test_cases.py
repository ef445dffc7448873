"""Every case of the conversion rules (tests/cases/conversion) goes through the whole conversion."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from keten.conversion.account.tracing import ALWAYS, RULES, UNSENT, explanations
from keten.conversion.content.mapping import mapping
from tests.unit.conversion.notation import Assigned, Case, cases, in_order, new_items
from tests.unit.conversion.outcome import Came, Ran, Row, run, settings_of

ROOT = Path(__file__).parents[3]
LAW, ROOM = ROOT / "docs" / "conversion-rules.md", ROOT / "src" / "keten" / "conversion"
RULE = re.compile(r"^- ([A-Z]\d+)\b", re.MULTILINE)
NAMED = re.compile(r"(?<!-)\b([BCNZFRPKM]\d)\b")
CASES = [pytest.param(case, id=f"{case.rule}-{case.name}") for case in cases()]


def _with(key: str) -> list[ParameterSet]:
    """The cases that say something about this."""
    return [one for one in CASES if key in one.values[0].raw]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Ran]:
    """The conversions of all cases, those with equal settings in one, by the number of the case."""
    found: dict[int, Ran] = {}
    for _, some in groupby(sorted(cases(), key=_wishes), _wishes):
        together = list(some)
        ran = run(together, settings_of(together[0]), tmp_path_factory.mktemp("cases"))
        found |= {case.number: ran for case in together}
    return found


def _wishes(case: Case) -> str:
    """What a case wishes of the settings, as text; a partner is named by the BSN of one client only."""
    own = case.number if "partners" in case.raw.get("settings", {}) else ""
    return f"{own} {case.raw.get('options')} {case.raw.get('settings')} {case.raw.get('tariffs')}"


@pytest.mark.parametrize("case", CASES)
def test_what_is_sent(case: Case, runs: Mapping[int, Ran]) -> None:
    """The new items, each with its receivers."""
    assert sorted(runs[case.number].came[case.number].items) == sorted(new_items(case))


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_the_old(case: Case, runs: Mapping[int, Ran]) -> None:
    """Each item's outcome and how it is closed; what is superseded is in no account."""
    old = runs[case.number].came[case.number].old
    expected, found = {}, {}
    for label, item in case.items.items():
        senders = [sender for sender, one in old if one == label]
        own = item.cells["Zorgkantoor"] if item.cells["Zorgkantoor"] in senders else next(iter(senders), "")
        for sender in senders or [own]:
            copied = case.raw.get("copies", {})
            told = copied.get(f"{sender} {label}", copied.get(label, "forwarded"))
            wanted = item.outcome if sender == own else told
            expected[sender, label] = wanted, item.closing if sender == own else ""
            row = old.get((sender, label))
            found[sender, label] = _outcome(row), _closing(item, row) if sender == own else ""
    assert found == expected


def _outcome(row: Row | None) -> str:
    return str(row["outcome"]) if row else "superseded"


def _closing(item: Assigned, row: Row | None) -> str:
    """How an item was closed, in the words of the notation; nothing where the case does not say it."""
    if not item.closing or row is None:
        return ""
    words = {"C1": "closed", "C2": "removed"}
    does = {"C1": "ends", "C2": "removes", "C3": "keeps", "": ""}
    assert row["provider_does"] == does[row["closed_by"]]
    return f"{words[row['closed_by']]} {row['closed_on']}" if row["closed_by"] in words else "untouched"


@pytest.mark.parametrize("case", _with("notes"))
def test_what_is_recorded(case: Case, runs: Mapping[int, Ran]) -> None:
    """The notes of the rules that the case names: no more and no less."""
    wanted = [tuple(line.split(": ", 1)) for line in case.raw["notes"]]
    rules = set(case.raw.get("noted_rules", ())) or {rule for rule, _ in wanted} or {case.rule}
    found = [(rule, text) for rule, text in _recorded(runs[case.number].came[case.number]) if rule in rules]
    assert sorted(rule for rule, _ in found) == sorted(rule for rule, _ in wanted), found
    for rule, text in wanted:
        match = next((one for one in found if one[0] == rule and _says(case, one[1], text.split())), None)
        assert match is not None, (rule, text, found)
        found.remove(match)


def _recorded(came: Came) -> Iterator[tuple[str, str]]:
    """All that was recorded for a case: notes, and values that were dropped."""
    for note in came.notes:
        place = note["location"].removeprefix("/Bericht/Clienten/")
        yield note["rule"], f"{place} {note['what']} {note['before']} -> {note['after']}"
    for row in came.old.values():
        for dropped in filter(None, row["dropped"].split("; ")):
            rule, _, text = dropped.partition(" ")
            yield rule, text


def _says(case: Case, text: str, words: list[str]) -> bool:
    said = all(word in text or (word in "ABCDEF" and case.provider(word) in text) for word in words)
    return said and ("lossy" in words) == ("lossy" in text)


@pytest.mark.parametrize("case", _with("client"))
def test_the_content(case: Case, runs: Mapping[int, Ran]) -> None:
    """What a case says of the client, the same in every message that it stands in."""
    for rows in runs[case.number].came[case.number].clients:
        for name, wanted in case.raw["client"].items():
            _check_content(rows, name, wanted)
    assert runs[case.number].came[case.number].clients


def _check_content(rows: Mapping[str, list[Row]], name: str, wanted: Any) -> None:  # noqa: ANN401 as it stands in YAML
    table, _, column = name.rpartition("/")
    if name in rows and isinstance(wanted, list):
        found = [{key: row.get(key) for key in one} for row, one in zip(rows[name], wanted, strict=True)]
        assert found == [{key: _value(cell, key) for key, cell in one.items()} for one in wanted], name
    elif isinstance(wanted, list):
        assert [row[column] for row in rows[table]] == [_value(cell) for cell in wanted], name
    elif name.startswith("Indicatie/"):
        assert rows["Indicatie"][0].get(name.removeprefix("Indicatie/")) == _value(wanted), name
    else:
        assert rows["Client"][0].get(name) == _value(wanted), name


def _value(cell: str, column: str = "") -> str | int | bool | None:
    """A cell as it stands in YAML: null is absent, true a flag; `parent` is the row of another table."""
    meant: dict[str, bool | None] = {"null": None, "true": True}
    return int(cell) if column == "parent" else meant.get(cell, cell)


@pytest.mark.parametrize("case", _with("header"))
def test_the_header(case: Case, runs: Mapping[int, Ran]) -> None:
    """What a case says of the header of its message."""
    headers = runs[case.number].came[case.number].headers
    wanted = case.raw["header"]
    assert headers
    for header in headers:
        found = {name: case.letters(header[name]) for name in wanted}
        assert found == {name: case.letters(value) for name, value in wanted.items()}


@pytest.mark.parametrize("case", _with("ordered"))
def test_the_order_in_a_file(case: Case, runs: Mapping[int, Ran]) -> None:
    """The items of a client stand in its files in the order in which the case lists them, an indication to a file."""
    lines: dict[str, list[str]] = {}
    for line in new_items(case):
        at, _, item = line.partition(": ")
        lines.setdefault(at, []).append(item.partition(" > ")[0])
    found = runs[case.number].came[case.number].order
    assert found
    assert all(_in_one_order(some) in lines.values() for some in found)


def _in_one_order(items: list[str]) -> list[str]:
    """Items of a file with their words in the order of the notation."""
    return [in_order(1, item.split(), set()).removeprefix("1: ").removesuffix(" > ") for item in items]


@pytest.mark.parametrize("case", _with("reasons"))
def test_the_reason_of_one_percent(case: Case, runs: Mapping[int, Ran]) -> None:
    """Why the right percentage is not known stands with each assignment that got 1%."""
    reasons = [row["percentage_reason"] for row in runs[case.number].came[case.number].old.values()]
    found = sorted(filter(None, reasons))
    assert len(found) == len(case.raw["reasons"])
    assert all(said in one for said, one in zip(sorted(case.raw["reasons"]), found, strict=True))


def test_every_message_is_valid(runs: Mapping[int, Ran]) -> None:
    """All that the cases gave is valid 2.0."""
    assert {name for ran in runs.values() for name in ran.invalid} == set()


def test_the_rules_of_the_law_are_those_of_the_cases() -> None:
    """A file of cases for every rule, and none for what is no rule."""
    law = set(RULE.findall(LAW.read_text(encoding="utf-8")))
    assert {case.rule for case in cases()} == law


def test_the_rules_that_the_program_names_are_rules_of_the_law() -> None:
    """In the mapping of elements, the exceptions and all that explains itself by a rule."""
    law = set(RULE.findall(LAW.read_text(encoding="utf-8")))
    mapped = {rule for lines in mapping().values() for line in lines for how in line.hows for rule in how.rules}
    explained = {rule for one in explanations().values() for rule in one["rule"].split() if rule != "-"}
    made = {rule for some in (*RULES.values(), *UNSENT.values(), ALWAYS) for rule in some.split()}
    assert mapped | explained | made <= law
    in_source = {rule for path in ROOM.rglob("*.py") for rule in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert in_source == law


def test_the_exceptions_of_the_law_are_explained() -> None:
    """Every exception code that the law lists has a reason, somebody who can solve it, and what to do."""
    listed = set(re.findall(r"EX\d\d", LAW.read_text(encoding="utf-8")))
    assert explanations().keys() == listed


@pytest.mark.parametrize("case", CASES)
def test_every_exception_is_listed_once(case: Case, runs: Mapping[int, Ran]) -> None:
    """With its place, its reason, who can solve it and what to do; what 2.0 refuses is named."""
    came = runs[case.number].came[case.number]
    failed = sorted(row["outcome"] for row in came.old.values() if row["outcome"].startswith("EX"))
    assert sorted(row["code"] for row in came.exceptions) == failed
    for row in came.exceptions:
        assert all(row[name] for name in ("zorgkantoor", "file", "client", "location", "reason", "who", "action"))
        assert bool(row["detail"]) == (row["code"] == "EX04")
