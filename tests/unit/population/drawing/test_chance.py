"""Chance: repeatable, independent of what else is asked, and fair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.population.drawing.chance import Draw

SEEDS, QUESTIONS = st.integers(0, 2**63), st.text(max_size=20)


@given(SEEDS, st.integers(0, 200), QUESTIONS, QUESTIONS)
def test_an_answer_does_not_depend_on_other_questions(seed: int, team: int, one: str, other: str) -> None:
    """Nor on the order in which they are asked, nor on how many answers are taken."""
    draw = Draw(seed, team)
    draw.unit(other, 10)
    assert draw.unit(one, 5).to_list() == Draw(seed, team).unit(one, 9).to_list()[:5]


@pytest.mark.parametrize(("seed", "team", "question"), [(1, 0, "other"), (2, 0, "this"), (1, 1, "this")])
def test_every_seed_team_and_question_has_its_own_chance(seed: int, team: int, question: str) -> None:
    """No two of them share a stream."""
    assert Draw(seed, team).unit(question, 5).to_list() != Draw(1, 0).unit("this", 5).to_list()


@given(st.integers(-50, 50), st.integers(0, 50))
def test_whole_numbers_stay_between_their_limits(low: int, span: int) -> None:
    """And reach both."""
    drawn = Draw(0, 0).whole("number", low, low + span, 2000)
    assert (drawn.min(), drawn.max()) == (low, low + span)


def test_choices_come_by_their_shares() -> None:
    """What has no share is never chosen."""
    chosen = Draw(0, 0).chosen("choice", [0.25, 0, 0.75, 0], 10_000)
    assert set(chosen.tolist()) == {0, 2}
    assert abs((chosen == 0).mean() - 0.25) < 0.02


def test_values_are_all_as_likely() -> None:
    """Each of them, within what chance allows."""
    counts = Draw(0, 0).one_of("letter", "abcd", 10_000).value_counts()["count"]
    assert counts.len() == 4
    assert counts.min() > 2_300  # type: ignore[operator]
