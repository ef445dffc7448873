"""This round against the former one: which figures became better and which worse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from keten.campaign.figures import Kind, kind_of, measured
from keten.campaign.questions import Trial

Turnout = Literal["better", "worse"]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that became better or worse: the zorgkantoor, the figure, what it was and what it is now."""

    zorgkantoor: str
    figure: str
    former: int
    now: int
    turnout: Turnout


def changes(former: Mapping[str, Mapping[str, int]], trials: Sequence[Trial]) -> list[Change]:
    """What changed for better or worse, in the order of the trials and their figures.

    Figures that are a share of another are compared as shares, for rounds may differ in size; a figure that was measured
    in one of the rounds only is not compared.
    """
    return [
        change
        for trial in trials
        for figure in sorted({*trial.figures, *former.get(trial.zorgkantoor, {})})
        if (change := _change(trial, figure, former.get(trial.zorgkantoor, {})))
    ]


def _change(trial: Trial, figure: str, figures: Mapping[str, int]) -> Change | None:
    """How a figure turned out; None if it is the same, not to be compared, or was not measured in both rounds."""
    kind, was, now = kind_of(figure), measured(figure, figures), measured(figure, trial.figures)
    if kind is None or kind.better is None or was is None or now is None:
        return None
    more = _worth(kind, now, trial.figures) - _worth(kind, was, figures)
    if not more:
        return None
    turnout: Turnout = "better" if (more > 0) == (kind.better == "more") else "worse"
    return Change(trial.zorgkantoor, figure, was, now, turnout)


def _worth(kind: Kind, count: int, figures: Mapping[str, int]) -> Fraction:
    """A figure as it is compared."""
    whole = figures.get(kind.of, 0) if kind.of else 0
    return Fraction(count, whole) if whole else Fraction(count)


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a figure in the country: in words, what it was, what it is, and where it is better and worse."""

    words: str
    former: int
    now: int
    better: tuple[str, ...]
    worse: tuple[str, ...]


def by_figure(listed: Sequence[Mapping[str, Any]]) -> list[Summary]:
    """Changes (as they stand in campaign.json) by figure, in their order; sums are of the zorgkantoren that changed."""
    together: dict[str, list[Mapping[str, Any]]] = {}
    for change in listed:
        together.setdefault(change["figure"], []).append(change)
    return [
        Summary(
            words=some[0]["words"],
            former=sum(one["former"] for one in some),
            now=sum(one["now"] for one in some),
            better=tuple(one["zorgkantoor"] for one in some if one["turnout"] == "better"),
            worse=tuple(one["zorgkantoor"] for one in some if one["turnout"] == "worse"),
        )
        for _, some in sorted(together.items())
    ]
