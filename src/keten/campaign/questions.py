"""A criterion as questions about figures: one for the country, or one for each zorgkantoor."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from keten.campaign.criteria import Criterion
from keten.campaign.figures import measured

NATIONAL = "national"

Leaf = tuple[str, str]
"""A figure: the zorgkantoor it is of, and its name."""

Figures = Counter[Leaf]
"""Figures; one that did not occur is nothing."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A zorgkantoor's delivery in a round of trial conversions: with which system it was made, and its figures by name.

    Figures are whole numbers that add up over zorgkantoren. One that is not there was not measured.
    """

    zorgkantoor: str
    made_by: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Question:
    """What a criterion asks of a subject: the figures to add up, those they are a share of, and what was not measured."""

    criterion: Criterion
    subject: str
    asked: bool
    parts: tuple[Leaf, ...] = ()
    wholes: tuple[Leaf, ...] = ()
    missing: tuple[Leaf, ...] = field(default=())


def figures_of(trials: Sequence[Trial]) -> Figures:
    """All figures of a round."""
    return Counter({(trial.zorgkantoor, name): count for trial in trials for name, count in trial.figures.items()})


def questions(criteria: Sequence[Criterion], trials: Sequence[Trial]) -> Iterator[Question]:
    """What the criteria ask of these trials, in the order of the criteria and then of the trials."""
    for criterion in criteria:
        asked = [trial for trial in trials if criterion.asked_of in (None, trial.made_by)]
        if criterion.scope == "national":
            yield _question(criterion, NATIONAL, asked)
        else:
            for trial in trials:
                yield _question(criterion, trial.zorgkantoor, [trial] if trial in asked else [])


def _question(criterion: Criterion, subject: str, trials: Sequence[Trial]) -> Question:
    if not trials:
        return Question(criterion, subject, asked=False)
    parts, lost = _leaves(criterion.measure, trials)
    wholes, lost_too = _leaves(criterion.of, trials)
    return Question(criterion, subject, asked=True, parts=parts, wholes=wholes, missing=(*lost, *lost_too))


def _leaves(names: Sequence[str], trials: Sequence[Trial]) -> tuple[tuple[Leaf, ...], tuple[Leaf, ...]]:
    """The figures that these names stand for, each once; and the names that stand for none, per zorgkantoor."""
    found: dict[Leaf, None] = {}
    missing: list[Leaf] = []
    for trial in trials:
        for name in names:
            matches = [(trial.zorgkantoor, figure) for figure in trial.figures if fnmatchcase(figure, name)]
            if not matches and measured(name, trial.figures) is None:
                missing.append((trial.zorgkantoor, name))
            else:
                found.update(dict.fromkeys(matches or [(trial.zorgkantoor, name)]))
    return tuple(found), tuple(missing)
