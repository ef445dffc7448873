"""Scenarios as data: what is wrong with the deliveries of a trial, and the verdict that must come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from keten.campaign import Verdict
from keten.core import UsageError


class UnknownScenario(UsageError):
    """A scenario that there is not."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A trial to rehearse.

    `faults`: what is planted, at which rates; `zorgkantoren`: in the deliveries of how many (None: of all); `verdict`:
    what must come of it; `usual`: whether it is tried when none is asked for.
    """

    name: str
    words: str
    verdict: Verdict
    faults: Mapping[str, float] = field(default_factory=dict)
    zorgkantoren: int | None = None
    usual: bool = False


@cache
def every_scenario() -> Mapping[str, Scenario]:
    """The scenarios by name."""
    text = (files("keten.rehearsal") / "scenarios.yaml").read_text(encoding="utf-8")
    given = yaml.load(text, Loader=yaml.CSafeLoader)
    return {name: Scenario(name, **one) for name, one in given.items()}


def scenarios(names: Sequence[str]) -> list[Scenario]:
    """The scenarios of these names, in that order; the usual ones if none is named. Raises UnknownScenario."""
    known = every_scenario()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UnknownScenario(
            f"There is no scenario {', '.join(map(repr, unknown))}.", hint=f"There are: {', '.join(known)}."
        )
    return [known[name] for name in names] or [one for one in known.values() if one.usual]
