"""The verdict, and what would turn it: cases, and that doing what would turn it does."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from keten.campaign.criteria import Criterion, read_criteria
from keten.campaign.deciding import decide
from keten.campaign.questions import Trial
from keten.campaign.what_would_turn import Turn, what_would_turn

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/campaign/decisions.yaml").read_text(encoding="utf-8"))
TOLD = {"says": "It is right.", "source": "a case", "blocking": True}

NAMES = ("x.a", "x.b", "y.a", "y.b")
PATTERNS = st.lists(st.sampled_from([*NAMES, "x.*", "y.*", "*"]), min_size=1, max_size=2).map(tuple)
FIGURES = st.fixed_dictionaries(dict.fromkeys([*NAMES, "whole"], st.integers(0, 9)))
TRIALS = st.lists(FIGURES, min_size=1, max_size=3).map(
    lambda some: [Trial(str(5501 + number), "keten", figures) for number, figures in enumerate(some)]
)


def criteria_of(case: dict[str, Any]) -> tuple[Criterion, ...]:
    """The criteria of a case, with what they need but the case leaves out."""
    text = yaml.safe_dump({name: TOLD | one for name, one in case["criteria"].items()}, sort_keys=False)
    return read_criteria(text.encode(), "criteria.yaml")


def trials_of(case: dict[str, Any]) -> list[Trial]:
    makers = case.get("makers", {})
    return [Trial(code, makers.get(code, "keten"), figures) for code, figures in case["figures"].items()]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """States, verdict and turns are as the case has them."""
    criteria, trials = criteria_of(case), trials_of(case)
    decision = decide(criteria, trials)
    states: dict[str, dict[str, str]] = {}
    for answer in decision.answers:
        states.setdefault(answer.question.criterion.id, {})[answer.question.subject] = answer.state
    turns = what_would_turn(criteria, trials)
    assert states == case["states"]
    assert decision.verdict == case["verdict"]
    assert [[one.zorgkantoor, one.figure, one.now, one.needed] for one in turns if one.now is not None] == case.get(
        "turns", []
    )
    assert [[one.zorgkantoor, one.figure] for one in turns if one.now is None] == case.get("measure", [])


@st.composite
def at_most(draw: st.DrawFn) -> Criterion:
    """A criterion that counts figures, or holds them as a share."""
    return Criterion(
        id=draw(st.text("abc", min_size=3, max_size=3)),
        says="",
        measure=draw(PATTERNS),
        of=draw(st.sampled_from([(), ("whole",)])),
        scope=draw(st.sampled_from(["national", "zorgkantoor"])),
        bound="most",
        limit=Fraction(draw(st.integers(0, 60)), 10),
        blocking=True,
        asked_of=None,
        agreed_by=None,
        agreed_on=None,
        source="",
    )


def without_whole(criterion: Criterion) -> bool:
    """What is added up must not hold what it is a share of."""
    return "*" not in criterion.measure


CRITERIA = st.lists(at_most().filter(without_whole), min_size=1, max_size=4)


def after(turns: list[Turn], trials: list[Trial]) -> list[Trial]:
    """The trials when these figures have changed as they need to."""
    needed = {(turn.zorgkantoor, turn.figure): turn.needed for turn in turns if turn.needed is not None}
    return [
        Trial(one.zorgkantoor, one.made_by, {n: needed.get((one.zorgkantoor, n), v) for n, v in one.figures.items()})
        for one in trials
    ]


@given(criteria=CRITERIA, trials=TRIALS)
def test_what_would_turn_the_verdict_turns_it(criteria: list[Criterion], trials: list[Trial]) -> None:
    """With all changes made nothing but what is not measured blocks; without any one of them something else does too."""
    turns = [turn for turn in what_would_turn(criteria, trials) if turn.now is not None]
    assert {one.state for one in decide(criteria, after(turns, trials)).reasons} <= {"not measured"}
    for turn in turns:
        rest = [one for one in turns if one is not turn]
        assert "not met" in {one.state for one in decide(criteria, after(rest, trials)).reasons}


@given(criteria=CRITERIA, trials=TRIALS)
def test_a_go_has_no_turns(criteria: list[Criterion], trials: list[Trial]) -> None:
    """There is something to turn exactly when the verdict is No-go."""
    assert (decide(criteria, trials).verdict == "No-go") == bool(what_would_turn(criteria, trials))
