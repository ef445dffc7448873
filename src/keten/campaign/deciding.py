"""The Go/No-go: every criterion answered from the figures. What was not measured is never passed over in silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from keten.campaign.criteria import Criterion
from keten.campaign.questions import Figures, Leaf, Question, Trial, figures_of, questions

State = Literal["met", "not met", "not measured", "not asked"]
Verdict = Literal["Go", "No-go"]

PERCENTS = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """How a criterion turned out for its subject: the sum of its figures, of which whole, and the value to be judged.

    `value` is `part`, or its share of `whole` in percents; None when it was not measured.
    """

    question: Question
    state: State
    part: int | None = None
    whole: int | None = None
    value: Fraction | None = None

    @property
    def blocks(self) -> bool:
        """Whether there is no Go because of this."""
        return self.question.criterion.blocking and self.state in ("not met", "not measured")


@dataclass(frozen=True, slots=True)
class Decision:
    """All answers, in the order of the criteria."""

    answers: tuple[Answer, ...]

    @property
    def reasons(self) -> list[Answer]:
        """The answers that stand in the way of a Go."""
        return [answer for answer in self.answers if answer.blocks]

    @property
    def verdict(self) -> Verdict:
        """Go only if no blocking criterion is left open, and at least one was asked and met."""
        met = any(one.state == "met" and one.question.criterion.blocking for one in self.answers)
        return "Go" if met and not self.reasons else "No-go"


def decide(criteria: Sequence[Criterion], trials: Sequence[Trial]) -> Decision:
    """The Go/No-go of a round."""
    figures = figures_of(trials)
    return Decision(tuple(answer(question, figures) for question in questions(criteria, trials)))


def answer(question: Question, figures: Figures) -> Answer:
    """The answer to a question. Of nothing there is no part: that is at most any share, and no measure of a least one."""
    if not question.asked:
        return Answer(question, "not asked")
    if question.missing:
        return Answer(question, "not measured")
    part, whole = _sum(question.parts, figures), _sum(question.wholes, figures)
    if not question.criterion.of:
        return Answer(question, _state(question.criterion, Fraction(part)), part, None, Fraction(part))
    if not whole and (part or question.criterion.bound == "least"):
        return Answer(question, "not measured", part, whole)
    value = Fraction(PERCENTS * part, whole or 1)
    return Answer(question, _state(question.criterion, value), part, whole, value)


def _state(criterion: Criterion, value: Fraction) -> State:
    return "met" if criterion.holds(value) else "not met"


def _sum(leaves: Sequence[Leaf], figures: Figures) -> int:
    return sum(figures[leaf] for leaf in leaves)
