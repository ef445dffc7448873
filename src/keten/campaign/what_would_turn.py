"""What would turn a No-go into a Go: the figures that have to change, and by how much. None of them can be left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from keten.campaign.criteria import Criterion
from keten.campaign.deciding import PERCENTS, Answer, answer
from keten.campaign.questions import Figures, Leaf, Question, Trial, figures_of, questions


@dataclass(frozen=True, slots=True)
class Turn:
    """A figure of a zorgkantoor that has to change, from what it is `now` to what is `needed`, and the criteria it is for.

    Both are None for a figure that has to be measured first; `figure` is then the name in the criterion.
    """

    zorgkantoor: str
    figure: str
    now: int | None
    needed: int | None
    criteria: tuple[str, ...]


def what_would_turn(criteria: Sequence[Criterion], trials: Sequence[Trial]) -> list[Turn]:
    """The changes after which every blocking criterion is met, by zorgkantoor and figure; what is not measured comes last.

    Criteria that ask about few figures go first, for mending those often meets the wider ones too; of the figures of one
    criterion the largest are mended first. Changes that turn out to be needless are taken back.
    """
    asked = [one for one in questions([one for one in criteria if one.blocking], trials) if one.asked]
    measured = [one for one in asked if not one.missing]
    now = figures_of(trials)
    mended = now.copy()
    for question in sorted(measured, key=lambda one: len(one.parts)):
        _mend(question, mended)
    _take_back(measured, now, mended)
    changed = [leaf for leaf in mended if mended[leaf] != now[leaf]]
    open_now = [question for question in measured if answer(question, now).state == "not met"]
    turns = [Turn(*leaf, now[leaf], mended[leaf], _criteria(leaf, open_now)) for leaf in changed]
    return [*turns, *_to_measure(asked, now)]


def _mend(question: Question, figures: Figures) -> None:
    """Change as few figures as will meet the criterion."""
    given = answer(question, figures)
    if given.state != "not met":
        return
    for leaf, change in _changes(given, figures):
        figures[leaf] += change


def _changes(given: Answer, figures: Figures) -> list[tuple[Leaf, int]]:
    """How much to take from which figures, the largest first; or to add, where most is lacking first."""
    criterion, parts = given.question.criterion, given.question.parts
    assert given.part is not None
    bound = criterion.limit if given.whole is None else Fraction(criterion.limit * given.whole, PERCENTS)
    if criterion.bound == "most":
        room = {leaf: figures[leaf] for leaf in parts}
        return [(leaf, -less) for leaf, less in _spread(given.part - floor(bound), room)]
    lacking = ceil(bound) - given.part
    room = _lacking(given.question, figures) if given.whole is not None else {parts[0]: lacking}
    return _spread(lacking, room)


def _spread(change: int, room: dict[Leaf, int]) -> list[tuple[Leaf, int]]:
    """Spread a change over as few figures as have room for it."""
    spread: list[tuple[Leaf, int]] = []
    for leaf, most in sorted(room.items(), key=lambda item: -item[1]):
        spread.append((leaf, min(change, most)))
        change -= spread[-1][1]
    return spread


def _lacking(question: Question, figures: Figures) -> dict[Leaf, int]:
    """What each zorgkantoor lacks of its own whole, by the first of its figures that are added up."""
    firsts: dict[str, Leaf] = {}
    for leaf in question.parts:
        firsts.setdefault(leaf[0], leaf)
    lacking = dict.fromkeys(firsts.values(), 0)
    for sign, leaves in ((1, question.wholes), (-1, question.parts)):
        for leaf in leaves:
            lacking[firsts[leaf[0]]] += sign * figures[leaf]
    return {leaf: max(count, 0) for leaf, count in lacking.items()}


def _take_back(asked: Sequence[Question], now: Figures, mended: Figures) -> None:
    """Undo the changes without which all that is met stays met."""
    touching: dict[Leaf, list[Question]] = {}
    for question in asked:
        for leaf in (*question.parts, *question.wholes):
            touching.setdefault(leaf, []).append(question)
    for leaf in [leaf for leaf in mended if mended[leaf] != now[leaf]]:
        kept, mended[leaf] = mended[leaf], now[leaf]
        if any(answer(question, mended).state == "not met" for question in touching[leaf]):
            mended[leaf] = kept


def _criteria(leaf: Leaf, asked: Sequence[Question]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.criterion.id for one in asked if leaf in one.parts))


def _to_measure(asked: Sequence[Question], now: Figures) -> list[Turn]:
    """What has to be measured before there can be a verdict about it."""
    wanted: dict[Leaf, list[str]] = {}
    for question in asked:
        if answer(question, now).state == "not measured":
            for leaf in question.missing or question.wholes:
                wanted.setdefault(leaf, []).append(question.criterion.id)
    return [Turn(*leaf, None, None, tuple(dict.fromkeys(names))) for leaf, names in sorted(wanted.items())]
