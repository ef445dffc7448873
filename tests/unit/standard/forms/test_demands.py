"""The lines of rules as people read them."""

from typing import Any, get_args

import pytest

from keten.standard import release_ids, rules_of
from keten.standard.forms.demands import STATES, line_in_words
from keten.standard.rules import State, read_rules

LINES: dict[str, dict[str, Any]] = {
    "A is there.": {"then": {"A": "present"}},
    "A is not there and B is filled.": {"then": {"A": "absent", "B": "filled"}},
    "If A is 1, then B is filled; otherwise B is empty.": {
        "if": {"A": ["1"]},
        "then": {"B": "filled"},
        "else": {"B": "blank"},
    },
    "Where A is not 1, 2 or empty, unless B is filled, there is a C.": {
        "when": {"A": {"not": ["1", "2", ""]}},
        "unless": {"B": "filled"},
        "then": {"C": "some"},
    },
    "A is not before 2020-01-01.": {"then": {"A": "not before 2020-01-01"}},
    "A/B is after C of what it belongs to.": {"then": {"A/B": "after ../C"}},
    "A is equal to Dagtekening of the header.": {"then": {"A": "equal to /Header/BerichtIdentificatie/Dagtekening"}},
    "A matches [0-9]*.": {"then": {"A": {"matches": "[0-9]*"}}},
    "If A is there, then A is 1.": {"only": {"A": ["1"]}},
    "A is not 1.": {"never": {"A": ["1"]}},
}


@pytest.mark.parametrize(("words", "line"), LINES.items(), ids=LINES)
def test_a_line_in_words(words: str, line: dict[str, Any]) -> None:
    """One sentence that says what it asks of a row."""
    rules = read_rules({"rules": {"CD001": {"in": ["AW33"], "on": "X", **line}}, "structure": [], "unjudged": {}})
    assert [line_in_words(one) for one in rules.judged["CD001"].lines] == [words]


def test_every_state_has_words() -> None:
    """And every line of every release can be told."""
    assert set(STATES) == set(get_args(State))
    for release in release_ids():
        told = [line_in_words(line) for rule in rules_of(release).judged.values() for line in rule.lines]
        assert all(words.endswith(".") and "None" not in words for words in told)
