"""The catalogue of figures: what each counts, and whether less or more of it is better."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from keten.acceptance import codes
from keten.conversion.account.tracing import explanations


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of figure: what it counts, whether `less` or `more` is better (None: neither), and its whole (None: none)."""

    words: str
    better: Literal["less", "more"] | None = None
    of: str | None = None


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds by the names of their figures, in the order of the pages."""
    text = (files("keten.campaign") / "figures.yaml").read_text(encoding="utf-8")
    return {name: Kind(**given) for name, given in yaml.load(text, Loader=yaml.CSafeLoader).items()}


@cache
def kind_of(figure: str) -> Kind | None:
    """The kind of a figure, or of a pattern for several of one kind; None for a name that is in no catalogue."""
    return next((kind for name, kind in kinds().items() if fnmatchcase(figure, name)), None)


def measured(figure: str, figures: Mapping[str, int]) -> int | None:
    """A figure; what did not occur is nothing if the whole of its kind was measured, else None: it was not measured."""
    kind = kind_of(figure)
    return figures.get(figure, 0 if kind and kind.of in figures else None)


def words_of(figure: str) -> str:
    """What a figure, or a pattern for several, counts: with the code or name that its kind leaves open."""
    for name, kind in kinds().items():
        if fnmatchcase(figure, name):
            left = figure[name.index("*") :] if "*" in name else "*"
            return kind.words if left == "*" else f"{kind.words}: {told(left)}"
    return figure


def told(code: str) -> str:
    """A code of the judge or of an exception with its title; any other name as it is."""
    title = _titles().get(code)
    return f"{code} {title}" if title else code


@cache
def _titles() -> Mapping[str, str]:
    exceptions = {code: one["reason"].rstrip(".") for code, one in explanations().items()}
    return exceptions | {code: one.title for code, one in codes().items()}
