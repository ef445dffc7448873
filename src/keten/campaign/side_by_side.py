"""Zorgkantoren side by side: the table and the charts of a round, as comparison.yaml asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

import yaml

from keten.campaign.figures import measured, told

Figures = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column or a part of a chart shows: figures that are added up, those they are a share of, and how it looks."""

    title: str
    measure: Sequence[str]
    of: Sequence[str] = field(default=())
    colour: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum of figures, and their whole; None for what was not measured, or is a share of nothing in particular."""

    part: int | None
    whole: int | None
    bad: bool = False


@cache
def measures() -> Mapping[str, Sequence[Measure]]:
    """What is compared, by its place on the page: table, fates, shares, codes."""
    text = (files("keten.campaign") / "comparison.yaml").read_text(encoding="utf-8")
    given = yaml.load(text, Loader=yaml.CSafeLoader)
    return {place: tuple(Measure(**one) for one in some) for place, some in given.items()}


def cell(measure: Measure, figures: Figures) -> Cell:
    """What a measure is for these figures."""
    part = _sum(measure.measure, figures)
    return Cell(part, _sum(measure.of, figures), measure.bad and bool(part))


def by_code(measure: Measure, figures: Figures) -> list[tuple[str, int]]:
    """The figures of a measure by the codes that end their names, the largest first; those that are nothing are left out."""
    found = {name: figures[name] for name in _matching(measure.measure, figures) if figures[name]}
    return [
        (told(name.split(".", 2)[-1]), count)
        for name, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]


def _sum(names: Sequence[str], figures: Figures) -> int | None:
    """The sum of figures; None when none of them was measured."""
    matching = _matching(names, figures)
    known = matching or [name for name in names if measured(name, figures) is not None]
    return sum(figures.get(name, 0) for name in known) if known else None


def _matching(names: Sequence[str], figures: Figures) -> list[str]:
    return [figure for figure in figures if any(fnmatchcase(figure, name) for name in names)]
