"""The practice cases that come with keten."""

import json

import pytest

from keten.calculation.shares.amounts import euros
from keten.calculation.shares.given import WrongInput, parse_json
from keten.calculation.shares.practice import Case, cases, find_case, mark


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases().items()])
def test_the_expected_answer_is_what_comes_out(case: Case) -> None:
    """By the table that comes with keten; and the answer is marked right."""
    found = case.solve()
    assert case.expected == {
        "budget": euros(found.budget),
        "cost": euros(found.cost),
        "doelmatig": found.doelmatig,
        "shares": {share.instelling: share.percentage for share in found.shares},
    }
    assert all(one.good for one in mark(case, parse_json(json.dumps(case.expected), "answer")))


def test_a_wrong_answer() -> None:
    """Each question on its own; what is not answered is not right."""
    case = find_case("three-providers")
    answer = {"cost": 1800, "doelmatig": False, "shares": {"00000101": 50, "00000102": 31}}
    marks = {one.question: one.good for one in mark(case, parse_json(json.dumps(answer), "answer"))}
    assert marks == {
        "budget": False,
        "cost": True,
        "doelmatig": False,
        "share of 00000101": True,
        "share of 00000102": False,
        "share of 00000103": False,
    }


def test_a_share_for_nobody() -> None:
    """A share for a provider that has none is wrong, however right the others are."""
    case = find_case("three-providers")
    answer = {**case.expected, "shares": {**case.expected["shares"], "00000999": 5}}
    wrong = [one for one in mark(case, parse_json(json.dumps(answer), "answer")) if not one.good]
    assert [(one.question, one.answered, one.right) for one in wrong] == [("share of 00000999", "5", "none")]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ('{"cost": "a lot"}', "cost: expected an amount"),
        ('{"cost": true}', "cost: expected an amount"),
        ('{"cost": 1e999999}', "cost: expected an amount"),
        ('{"shares": [50, 30, 20]}', "shares: expected an object"),
        ('{"doelmatig": "ja"}', "doelmatig: expected true or false"),
        ('{"percentages": {}}', "percentages: expected no such key"),
    ],
)
def test_what_is_no_answer(answer: str, says: str) -> None:
    """The error says what was expected."""
    with pytest.raises(WrongInput, match=says):
        mark(find_case("three-providers"), parse_json(answer, "answer"))


def test_a_case_that_is_not_there() -> None:
    """The error names those that are."""
    with pytest.raises(WrongInput, match="there are three-providers, "):
        find_case("four-providers")
